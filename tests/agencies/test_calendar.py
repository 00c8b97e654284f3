from datetime import UTC, date, datetime

from agencies import calendar


def test_a_year_begins_at_midnight_in_shanghai():
    start, end = calendar.year_bounds(2022)
    assert start == datetime(2021, 12, 31, 16, tzinfo=UTC)
    assert end == datetime(2022, 12, 31, 16, tzinfo=UTC)


def test_twelve_months_fill_the_year():
    bounds = calendar.month_bounds(2022)
    assert (bounds[0], bounds[-1]) == calendar.year_bounds(2022)
    assert len(bounds) == 13


def test_the_last_second_of_december_belongs_to_its_year():
    last = datetime(2022, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert calendar.local_date(last) == date(2022, 12, 31)


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not():
    assert calendar.is_working_day(date(2022, 1, 29))
    assert not calendar.is_working_day(date(2022, 10, 3))


def test_working_days_are_counted_over_a_holiday():
    assert calendar.add_working_days(date(2022, 9, 30), 1) == date(2022, 10, 8)
