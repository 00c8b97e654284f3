"""Times as people say them."""

from datetime import date, datetime

import pytest
from django.utils import translation

from agencies.calendar import SHANGHAI
from config import spoken

NOW = datetime(2022, 6, 15, 10, 0, tzinfo=SHANGHAI)


def at(*when):
    return datetime(*when, tzinfo=SHANGHAI)


def test_a_day_in_full_has_its_year_and_its_name():
    assert spoken.full(date(2026, 11, 27)) == "Friday 27 November 2026"
    with translation.override("zh-hans"):
        assert spoken.full(date(2026, 11, 27)) == "2026年11月27日 星期五"


class TestMoment:
    @pytest.mark.parametrize(
        ("instant", "english", "chinese"),
        [
            (at(2022, 6, 15, 14, 5), "today 14:05", "今天 14:05"),
            (at(2022, 6, 14, 23, 59), "yesterday 23:59", "昨天 23:59"),
            (at(2022, 6, 16, 0, 0), "tomorrow 00:00", "明天 00:00"),
            (at(2022, 3, 1, 9, 0), "Tue 1 March 09:00", "3月1日 09:00"),
            (at(2021, 12, 31, 9, 0), "2021-12-31 09:00", "2021-12-31 09:00"),
        ],
    )
    def test_is_near_by_name_and_far_by_date(self, instant, english, chinese):
        assert spoken.moment(instant, NOW) == english
        with translation.override("zh-hans"):
            assert spoken.moment(instant, NOW) == chinese

    def test_counts_days_in_shanghai(self):
        late_in_london = at(2022, 6, 16, 1, 0)
        assert spoken.moment(late_in_london, at(2022, 6, 16, 7, 0)) == "today 01:00"

    def test_of_a_window_says_the_day_once(self):
        said = spoken.window(at(2022, 6, 15, 9, 0), at(2022, 6, 15, 17, 0), NOW)
        assert said == ("today 09:00", "17:00")


class TestUntil:
    @pytest.mark.parametrize(
        ("due", "english", "chinese"),
        [
            (at(2022, 6, 15, 13, 0), "in 3 hours", "3小时后"),
            (at(2022, 6, 13, 10, 0), "2 days late", "已逾期2天"),
            (at(2022, 6, 25, 9, 0), "in 9 days", "9天后"),
            (at(2017, 7, 20, 10, 0), "4 years late", "已逾期4年"),
            (at(2022, 6, 15, 9, 59), "1 minute late", "已逾期1分钟"),
        ],
    )
    def test_says_what_is_left_or_how_late_it_is(self, due, english, chinese):
        assert spoken.until(due, NOW) == english
        with translation.override("zh-hans"):
            assert spoken.until(due, NOW) == chinese


def test_a_day_is_said_like_its_instants():
    assert spoken.day(date(2022, 6, 16), NOW) == "tomorrow"
