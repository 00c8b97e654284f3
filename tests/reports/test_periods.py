"""Which days a period covers, and how it is written."""

from datetime import UTC, date, datetime

import pytest

from reports.periods import BadPeriod, parse


def of(text):
    return parse(text, last_year=2030)


class TestParse:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2022", date(2022, 1, 1), date(2022, 12, 31)),
            ("2022Q1", date(2022, 1, 1), date(2022, 3, 31)),
            ("2022Q4", date(2022, 10, 1), date(2022, 12, 31)),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
            ("2022-06-15_2022-06-15", date(2022, 6, 15), date(2022, 6, 15)),
            ("2022-12-20_2023-01-05", date(2022, 12, 20), date(2023, 1, 5)),
        ],
    )
    def test_reads_years_quarters_months_and_days(self, text, first, last):
        assert (of(text).first, of(text).last) == (first, last)

    @pytest.mark.parametrize(
        "text",
        [
            "", "22", "2022Q5", "2022-13", "2022-00", "2022-02-30_2022-03-01", "0000",
            "2022-03-02_2022-03-01", "2020-01-01_2022-01-01", "1989", "2031", "２０２２", "2022 ",
            "9" * 400,
        ],
    )  # fmt: skip
    def test_refuses_what_is_no_period(self, text):
        with pytest.raises(BadPeriod) as refused:
            of(text)
        assert refused.value.problems[0]["pointer"] == "/year"


class TestBounds:
    def test_are_the_first_instant_and_the_first_one_after(self):
        start, end = of("2022-12-20_2022-12-31").bounds
        assert start == datetime(2022, 12, 19, 16, tzinfo=UTC)
        assert end == datetime(2022, 12, 31, 16, tzinfo=UTC)

    def test_months_are_those_touched(self):
        assert of("2022-12-20_2023-01-05").months == ["2022-12", "2023-01"]
        assert of("2022").months[0] == "01"
        assert len(of("2022").month_ends()) == 11
