"""Working days: the kept package, what the register enters over it, and years nobody knows."""

from datetime import date

import pytest

from agencies.models import CalendarDay
from agencies.working_days import WorkingDays

NOTICE = "国办发明电〔2026〕20号"


def entered(*days, worked=False):
    for day in days:
        CalendarDay.objects.create(day=day, worked=worked, name="节日", source=NOTICE)


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not():
    assert WorkingDays().worked(date(2022, 1, 29))
    assert not WorkingDays().worked(date(2022, 10, 3))


def test_working_days_are_counted_over_a_holiday():
    assert WorkingDays().add(date(2022, 9, 30), 1) == date(2022, 10, 8)


def test_the_package_knows_its_years_and_no_later_one():
    known = WorkingDays()
    assert known.covers(2022)
    assert not known.covers(2099)
    assert known.add(date(2099, 10, 1), 1) == date(2099, 10, 2)


@pytest.mark.django_db
class TestTheRegister:
    def test_stands_over_the_package(self):
        entered(date(2022, 6, 16))
        assert WorkingDays.read().add(date(2022, 6, 15), 1) == date(2022, 6, 17)

    def test_makes_a_saturday_a_working_day(self):
        entered(date(2099, 10, 10), worked=True)
        assert WorkingDays.read().add(date(2099, 10, 9), 1) == date(2099, 10, 10)

    def test_covers_a_year_once_its_whole_notice_is_entered(self):
        entered(date(2099, 1, 1))
        assert not WorkingDays.read().covers(2099)
        entered(date(2099, 10, 1))
        assert WorkingDays.read().covers(2099)
