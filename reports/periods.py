"""Which days and instants a compile covers: a year, a quarter, a month, or days of one's own."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from agencies.calendar import midnight

FIRST_YEAR = 1990
LONGEST = timedelta(days=366)
_FORMS = re.compile(
    r"(?P<year>[0-9]{4})(?:Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2}))?"
    r"|(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})_(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)


class BadPeriod(ValueError):
    """The text names no period that can be compiled."""

    code = "year_out_of_range"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.problems = [{"pointer": "/year", "code": self.code, "rule": "", "message": message}]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, under the `key` by which they are known."""

    key: str
    first: date
    last: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first instant and the first one after it."""
        return midnight(self.first), midnight(self.last + timedelta(days=1))

    @property
    def is_year(self) -> bool:
        return self.key == f"{self.first.year}"

    @property
    def months(self) -> list[str]:
        """The months that the period touches, as YYYY-MM; a year calls them 01 to 12."""
        months = []
        walk = self.first.replace(day=1)
        while walk <= self.last:
            months.append(f"{walk:%m}" if self.is_year else f"{walk:%Y-%m}")
            walk = _next_month(walk)
        return months

    def month_ends(self) -> list[datetime]:
        """The instants at which the months of the period end, the last one excepted."""
        ends = []
        walk = _next_month(self.first.replace(day=1))
        while walk <= self.last:
            ends.append(midnight(walk))
            walk = _next_month(walk)
        return ends


def of_year(year: int) -> Period:
    """The calendar year."""
    return Period(f"{year}", date(year, 1, 1), date(year, 12, 31))


def parse(text: str, *, last_year: int) -> Period:
    """2022, 2022Q1, 2022-05 or 2022-01-10_2022-03-05.  Raises BadPeriod."""
    found = _FORMS.fullmatch(text) if text.isascii() else None
    if found is None:
        raise BadPeriod(
            _(
                "“%(value)s” is no period. Write a year (2022), a quarter (2022Q1), a month "
                "(2022-05) or two days (2022-01-10_2022-03-05)."
            )
            % {"value": text[:40]}
        )
    period = _days(found) if found["first"] else _calendar(found)
    if not FIRST_YEAR <= period.first.year <= period.last.year <= last_year:
        raise BadPeriod(
            _("“%(value)s” is not within the years from %(first)d to %(last)d.")
            % {"value": text, "first": FIRST_YEAR, "last": last_year}
        )
    return period


def _days(found: re.Match[str]) -> Period:
    try:
        first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    except ValueError as error:
        message = _("“%(value)s” has a day that does not exist.") % {"value": found[0]}
        raise BadPeriod(message) from error
    if not first <= last < first + LONGEST:
        raise BadPeriod(
            _("“%(value)s” must end after it begins and last at most 366 days.")
            % {"value": found[0]}
        )
    return Period(found[0], first, last)


def _calendar(found: re.Match[str]) -> Period:
    year, quarter, month = int(found["year"]), found["quarter"], found["month"]
    if year < 1:
        raise BadPeriod(_("“%(value)s” is no year.") % {"value": found[0]})
    if quarter:
        start, months = int(quarter) * 3 - 2, 3
    elif month:
        start, months = int(month), 1
    else:
        start, months = 1, 12
    if not 1 <= start <= 12:
        raise BadPeriod(_("“%(value)s” has a month that does not exist.") % {"value": found[0]})
    beyond = date(year, start, 1)
    for _month in range(months):
        beyond = _next_month(beyond)
    return Period(found[0], date(year, start, 1), beyond - timedelta(days=1))


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
