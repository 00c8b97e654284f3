"""How long each clock runs, from which day on and where: dated settings over the catalogue's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from agencies.calendar import local_date
from agencies.models import Agency
from filings.models import RuleSetting, Severity
from filings.rules.catalogue import CATALOGUE
from filings.rules.catalogue.clocks import ENTRIES, code
from filings.rules.settings import Setting
from filings.terms import Clock, Term

CODES = [one.code for one in ENTRIES]


@dataclass(frozen=True)
class Terms:
    """Every setting of every clock, read once for many filings; the wider region comes first."""

    rows: tuple[RuleSetting, ...] = ()

    @classmethod
    def read(cls) -> Terms:
        """The settings as they stand now."""
        rows = RuleSetting.objects.filter(code__in=CODES).select_related("region")
        return cls(tuple(sorted(rows, key=_depth)))

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
        return Term(params["working_days"], params["days"], params.get("hours", 0)).end(start)

    def reaches_supervisor(self, clock: Clock, due: date, agency: Agency) -> int:
        """How many working days after the last day `due` the supervisor hears of the delay."""
        return int(self.setting(clock, due, agency).params["supervisor_after"])

    def alerts(self, clock: Clock, due: date, agency: Agency) -> bool:
        """Whether its delay is told of at all."""
        return self.setting(clock, due, agency).severity != Severity.OFF


def _depth(row: RuleSetting) -> int:
    return len(row.region.path) if row.region else 0


def _holds(row: RuleSetting, day: date, agency: Agency) -> bool:
    if row.valid_from > day or (row.valid_to is not None and row.valid_to <= day):
        return False
    return row.region is None or agency.region.path.startswith(row.region.path)
