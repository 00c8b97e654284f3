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
