"""Which instants make up a year, a day or a month of Asia/Shanghai.

The register's clock is China Standard Time without daylight saving.  Years and days are half-open
intervals of instants, so that the last second of December is counted once (reliability M10).
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def midnight(day: date) -> datetime:
    """The instant at which `day` begins in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI).astimezone(UTC)


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """The first instant of `year` and the first instant after it."""
    return midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))


def month_bounds(year: int) -> list[datetime]:
    """The thirteen instants that part the twelve months of `year`."""
    return [midnight(date(year, month, 1)) for month in range(1, 13)] + [year_bounds(year)[1]]


def local_date(instant: datetime) -> date:
    """The calendar day of an instant in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()
