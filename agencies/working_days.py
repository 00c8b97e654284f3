"""Which days are worked, and when so many working days are over (the clocks of domain D3).

The State Council arranges each year anew.  A kept package knows the years up to its release; what
is entered in the register (`CalendarDay`) stands over it, and is all there is for later years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar

from agencies.models import CalendarDay

# The notice of a year names New Year first and National Day last: whoever entered both, entered it.
OF_A_NOTICE = ((1, 1), (10, 1))


@dataclass(frozen=True)
class WorkingDays:
    """The arrangement of every year as far as it is known; `entered` tells what the register says.

    Without `entered` it is what the package knows.
    """

    entered: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def read(cls) -> WorkingDays:
        """The arrangement as it stands now: one query."""
        return cls(dict(CalendarDay.objects.values_list("day", "worked")))

    def worked(self, day: date) -> bool:
        """Whether `day` is worked; Monday to Friday in a year that nobody has arranged."""
        if day in self.entered:
            return self.entered[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def covers(self, year: int) -> bool:
        """Whether the arrangement of `year` is known; otherwise a count through it is a guess."""
        if all(date(year, *one) in self.entered for one in OF_A_NOTICE):
            return True
        try:
            chinese_calendar.is_workday(date(year, 1, 1))
        except NotImplementedError:
            return False
        return True

    def add(self, day: date, count: int) -> date:
        """The day that lies `count` working days after `day`."""
        while count > 0:
            day += timedelta(days=1)
            if self.worked(day):
                count -= 1
        return day
