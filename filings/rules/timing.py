"""How long each clock runs, from which day on and where: dated settings over the catalogue's."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from agencies.calendar import local_date, midnight
from agencies.models import Agency
from agencies.working_days import WorkingDays
from filings.models import RuleSetting, Severity
from filings.rules.catalogue import CATALOGUE
from filings.rules.catalogue.clocks import ENTRIES, code
from filings.rules.settings import Setting
from filings.terms import Clock, Term

CODES = [one.code for one in ENTRIES]


@dataclass(frozen=True)
class Terms:
    """Every setting of every clock, read once for many filings; the wider region comes first.

    `calendar` tells which days are worked.
    """

    rows: tuple[RuleSetting, ...] = ()
    calendar: WorkingDays = field(default_factory=WorkingDays)

    @classmethod
    def read(cls) -> Terms:
        """The settings as they stand now."""
        rows = RuleSetting.objects.filter(code__in=CODES).select_related("region")
        return cls(tuple(sorted(rows, key=_depth)), WorkingDays.read())

    def setting(self, clock: Clock, day: date, agency: Agency) -> Setting:
        """How the clock is set for `agency` on `day`; the innermost region around it wins."""
        entry = CATALOGUE[code(clock)]
        found = Setting(entry, entry.severity, entry.params, entry.source)
        for row in self.rows:
            if row.code == entry.code and _holds(row, day, agency):
                params = entry.params | row.params
                found = Setting(entry, row.severity, params, row.source, row)
        return found

    def ends(self, clock: Clock, start: datetime, agency: Agency) -> datetime:
        """When `clock`, started at `start`, has run out for `agency`."""
        params = self.setting(clock, local_date(start), agency).params
        term = Term(params["working_days"], params["days"], params.get("hours", 0))
        return term.end(start, self.calendar)

    def ends_on(self, clock: Clock, year: int, agency: Agency) -> datetime:
        """When the day of `year` is over on which `clock` runs out for `agency`."""
        params = self.setting(clock, date(year, 1, 1), agency).params
        return midnight(day_of(year, params) + timedelta(days=1))

    def provisional(self, clock: Clock, start: datetime, last: date, agency: Agency) -> bool:
        """Whether the working days up to `last` are counted through a year nobody has arranged."""
        params = self.setting(clock, local_date(start), agency).params
        return bool(params.get("working_days")) and not self.calendar.covers(last.year)

    def warned(self, clock: Clock, start: datetime, due: datetime, agency: Agency) -> datetime:
        """From when on `clock` is nearly due: so much of its time left, so many days at least."""
        params = self.setting(clock, local_date(start), agency).params
        share = (due - start) * params["yellow_percent"] / 100
        return due - max(share, timedelta(days=params["yellow_days"]))

    def last_day(self, clock: Clock, start: datetime, agency: Agency) -> date:
        """The last day on which what `clock` asks for, running from `start`, is in time."""
        return local_date(self.ends(clock, start, agency) - timedelta(microseconds=1))

    def reaches_supervisor(self, clock: Clock, due: date, agency: Agency) -> int:
        """How many working days after the last day `due` the supervisor hears of the delay."""
        return int(self.setting(clock, due, agency).params["supervisor_after"])

    def alerts(self, clock: Clock, due: date, agency: Agency) -> bool:
        """Whether its delay is told of at all."""
        return self.setting(clock, due, agency).severity != Severity.OFF


def day_of(year: int, params: Mapping[str, int]) -> date:
    """The day of `year` that a setting names by month and day; 31 February is its last day."""
    month = params["due_month"]
    return date(year, month, min(params["due_day"], monthrange(year, month)[1]))


def _depth(row: RuleSetting) -> int:
    return len(row.region.path) if row.region else 0


def _holds(row: RuleSetting, day: date, agency: Agency) -> bool:
    if row.valid_from > day or (row.valid_to is not None and row.valid_to <= day):
        return False
    return row.region is None or agency.region.path.startswith(row.region.path)
