"""Which instants make up a year, a day or a month of Asia/Shanghai, and which days are worked.

The register's clock is China Standard Time without daylight saving.  Years and days are half-open
intervals of instants, so that the last second of December is counted once (reliability M10).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

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


def is_working_day(day: date) -> bool:
    """Whether `day` is worked: the State Council's arrangement where the package covers the year.

    Years the package does not know fall back to Monday to Friday.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add_working_days(day: date, count: int) -> date:
    """The day that lies `count` working days after `day` (the clocks of domain D3)."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day
