"""Until when must last year's data be published, and is it? (domain F1: by 31 January)"""

from dataclasses import dataclass
from datetime import date, datetime

from agencies import walls
from agencies.calendar import local_date
from filings.models import Filing
from filings.rules.catalogue.clocks import code
from filings.rules.settings import Settings
from filings.rules.timing import day_of
from filings.terms import Clock
from reports.models import Seal
from reports.periods import of_year
from reports.registers import whole_register


@dataclass(frozen=True, slots=True)
class Due:
    """The year that is to be published, by which day, and how many days are left until then."""

    year: int
    by: date
    days_left: int

    @property
    def late(self) -> bool:
        return self.days_left < 0


@walls.opened()
def unpublished(at: datetime) -> Due | None:
    """Last year's data while they are not sealed for the whole register; None when they are.

    None as well when no filing of that year was made.
    """
    today = local_date(at)
    region = whole_register(today)
    year = today.year - 1
    filed = Filing.objects.counted().dated_between(*of_year(year).bounds)
    if region is None or not filed.exists():
        return None
    if Seal.objects.of(region, f"{year}").published().exists():
        return None
    set_so = Settings.on(today, region).by_code[code(Clock.ANNUAL_DATA)].params
    by = day_of(today.year, set_so)
    return Due(year, by, (by - today).days)
