"""The days and instants of a synthetic year, as whole numbers that numpy can add.

A day is its number since 1970; an instant is in seconds since 1970, UTC.  China keeps UTC+8 without
daylight saving in every year that a plan allows.
"""

from datetime import date, timedelta

import numpy as np

from agencies.working_days import WorkingDays

DAY = 86_400
OFFSET = 8 * 3600
NONE = np.int64(np.iinfo(np.int64).min)
MONTHS = (0.55, 0.5, 0.9, 1.05, 1.15, 1.2, 1.05, 1.0, 1.25, 1.1, 1.15, 1.1)
WEEKDAYS = (1.0, 1.15, 1.15, 1.1, 0.85, 0.6, 0.5)
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def instant(day, second):
    """The UTC instant of a local second of a local day."""
    return day * DAY + second - OFFSET


def local_day(moment):
    """The local day of a UTC instant."""
    return (moment + OFFSET) // DAY


def texts(moments: np.ndarray) -> list[str | None]:
    """Instants as `2022-01-31 08:00:00` in UTC, None where there is none."""
    return _texts(moments, "s", 19)


def day_texts(days: np.ndarray) -> list[str | None]:
    """Days as `2022-01-31`, None where there is none."""
    return _texts(days, "D", 10)


def _texts(numbers: np.ndarray, unit: str, width: int) -> list[str | None]:
    missing = numbers == NONE
    stamps = np.where(missing, 0, numbers).astype(f"datetime64[{unit}]")
    written = np.datetime_as_string(stamps).astype(f"U{width}")
    if width > 10:
        written.view("U1").reshape(-1, width)[:, 10] = " "
    listed = written.tolist()
    for index in np.flatnonzero(missing).tolist():
        listed[index] = None
    return listed


class YearClock:
    """The days of one year, those worked, and how busy each is."""

    def __init__(self, year: int):
        self.first = day_number(date(year, 1, 1))
        self.after = day_number(date(year + 1, 1, 1))
        start = date(year, 1, 1) - timedelta(days=60)
        span = [start + timedelta(days=n) for n in range(60 + 366 + 180)]
        arranged = WorkingDays()
        self.worked = np.array([day_number(day) for day in span if arranged.worked(day)])
        self.days = np.arange(self.first, self.after)
        self.is_worked = np.isin(self.days, self.worked)
        dates = [EPOCH + timedelta(days=int(n)) for n in self.days]
        season = np.array([MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in dates])
        self.weights = np.where(self.is_worked, season, 0.004)

    def later(self, day, count):
        """The day `count` working days after `day`; 0 gives the last one worked up to it."""
        place = np.searchsorted(self.worked, day, side="right") - 1
        return self.worked[place + count]

    def spread(self, rows: int, rng: np.random.Generator) -> np.ndarray:
        """How many of `rows` filings are dated on each day; at least one on the first and last."""
        shares = self.weights * (0.75 + 0.5 * rng.random(len(self.days)))
        exact = shares / shares.sum() * (rows - 2)
        counts = np.floor(exact).astype(np.int64)
        left = rows - 2 - int(counts.sum())
        counts[np.argsort(counts - exact, kind="stable")[:left]] += 1
        counts[0] += 1
        counts[-1] += 1
        return counts
