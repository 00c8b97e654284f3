"""No figure tells a group of fewer than five ratings, by itself or beside another (P34)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies.calendar import midnight
from agencies.journal import Actor
from filings.models import Rating, SupervisionCase
from reports import actions, exports
from reports.compiler import compile_figures
from reports.facts import KEPT
from reports.models import Compilation
from reports.opinions import Opinions, opinions
from reports.periods import of_year, parse
from tests import factories

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")
TODAY = date(2023, 3, 1)
JUNE = date(2022, 6, 14)


@pytest.fixture
def rated(agency):
    """Ratings of an agency, of one day."""

    def do(*levels, on=JUNE, of=agency):
        for level in levels:
            Rating.objects.create(agency=of, level=level, rated_on=on)

    return do


@pytest.fixture
def told(city):
    """The ratings that a period tells, by level."""

    def do(key="2022", region=city, today=TODAY):
        return list(opinions(region, parse(key, last_year=2030), today).counts)

    return do


@pytest.fixture
def compiled(city, at):
    def do():
        ordered = actions.order(of_year(2022), city, by=BY, at=at)
        return actions.run(ordered.job_id, clock=lambda: at)

    return do


class TestGroups:
    @pytest.mark.parametrize("count", range(12))
    def test_are_told_whole(self, count, rated, told):
        rated(*[4] * count)

        assert told() == [0, 0, 0, count // 5 * 5, 0]

    def test_are_of_one_agency(self, rated, told, district):
        rated(4, 4, 4, 4)
        rated(5, 5, 5, 5, of=factories.agency(district))

        assert told() == [0] * 5

    def test_are_of_one_year(self, rated, told):
        rated(4, 4, 4, on=date(2022, 12, 31))
        rated(4, 4, on=date(2023, 1, 1))

        assert told("2022-12-01_2023-01-31") == [0] * 5

    def test_wait_until_the_day_is_over(self, rated, told):
        rated(4, 4, 4, 4, on=JUNE)
        rated(4, on=date(2022, 6, 15))

        assert told(today=date(2022, 6, 15)) == [0] * 5
        assert told(today=date(2022, 6, 16)) == [0, 0, 0, 5, 0]

    def test_lie_in_the_period_whole_or_not_at_all(self, rated, told):
        """From no two periods can one rating be had by subtraction."""
        levels = [1, 5, 2, 4, 3, 5, 5, 1, 2, 4, 3, 3]
        for day, level in enumerate(levels, 1):
            rated(level, on=date(2022, 6, day))
        periods = [
            f"2022-06-{first:02}_2022-06-{last:02}"
            for first in range(1, 13)
            for last in range(first, 13)
        ]
        found = {tuple(told(key)) for key in periods}

        assert found == {(0,) * 5, (1,) * 5, (1, 1, 0, 1, 2), (2, 2, 1, 2, 3)}

    def test_of_a_region_and_its_districts_are_the_same(self, rated, told, city, district):
        other = factories.agency(factories.region("220203", "龙潭区", parent=city))
        rated(1, 2, 3, 4, 5, 1)
        rated(5, 5, 5, of=other)

        assert told(region=city) == told(region=district) == [1, 1, 1, 1, 1]

    def test_are_asked_for_at_once(self, rated, city, django_assert_max_num_queries):
        rated(*[4] * 40)
        with django_assert_max_num_queries(2):
            opinions(city, of_year(2022), TODAY)


class TestCases:
    def test_of_bad_ratings_are_told_in_groups_too(self, agency, city, at):
        for number in range(9):
            answered = (
                {"answered_at": at, "outcome": "upheld", "answer": "是"} if number < 2 else {}
            )
            SupervisionCase.objects.create(
                kind="bad_rating",
                level=1,
                office="justice",
                reference=str(number),
                agency=agency,
                opened_at=midnight(JUNE),
                due_at=at,
                answered_by=factories.account(f"a{number}") if answered else None,
                **answered,
            )
        numbers = opinions(city, of_year(2022), TODAY).numbers()

        assert (numbers["bad_rating_checked"], numbers["bad_rating_case"]) == (2, 5)


class TestSmallCells:
    def test_hide_every_level(self):
        few = Opinions((1, 0, 0, 9, 0))
        assert [row["count"] for row in few.rows()] == [None] * 5
        assert (few.rated, few.mean()) == (10, "3.70")

    def test_hide_nothing_when_there_are_none(self):
        assert [row["count"] for row in Opinions((0, 0, 5, 0, 10)).rows()] == [0, 0, 5, 0, 10]

    @pytest.mark.parametrize(
        ("counts", "bad"),
        [
            ((1, 0, 0, 9, 0), None),
            ((3, 2, 0, 9, 6), 5),
            ((0, 0, 0, 5, 5), 0),
            ((5, 2, 0, 0, 3), None),
        ],
    )
    def test_hide_the_bad_ones_when_they_or_the_others_are_few(self, counts, bad):
        assert Opinions(counts).bad == bad


class TestDoors:
    """Nothing of four ratings, nor of a fifth among nine, leaves by any door."""

    @pytest.fixture
    def year(self, rated, compiled):
        rated(1, 1, 5, 5, 5, 1, 1, 1, 1)
        return compiled()

    @pytest.mark.parametrize("who", ["reviewer", "clerk", "auditor", "supervisor"])
    def test_pages_and_api_of_the_district(self, who, request, client, year, district, at):
        ordered = actions.order(of_year(2022), district, by=BY, at=at)
        own = actions.run(ordered.job_id, clock=lambda: at)
        client.force_login(request.getfixturevalue(who))
        with time_machine.travel(at, tick=False):
            url = reverse("reports:table", args=["2022", district.code, own.pk, "by_rating"])
            page = client.get(url, headers={"Accept-Language": "en"})
            said = client.get(f"/api/v1/years/{own.pk}/").json()
            behind = [
                client.get(
                    f"/api/v1/years/{own.pk}/filings/",
                    {"table": table, "row": row, "column": column},
                ).status_code
                for table, row, column in [
                    ("by_rating", "1", "count"),
                    ("totals", "rated_visits", "count"),
                    ("indicators", "bad_ratings", "numerator"),
                    ("indicators", "bad_ratings", "denominator"),
                    ("indicators", "bad_ratings_checked", "numerator"),
                    ("cases", "bad_rating", "count"),
                ]
            ]

        assert page.status_code == 200
        assert page.content.decode().count("—") >= 6
        table = next(one for one in said["tables"] if one["name"] == "by_rating")
        totals = {one["name"]: one["value"] for one in said["totals"]}
        bad = next(one for one in said["indicators"] if one["name"] == "bad_ratings")
        assert [row["count"] for row in table["rows"]] == [None] * 5
        assert (totals["rated_visits"], totals["mean_rating"]) == (5, "3.40")
        assert (bad["numerator"], bad["denominator"], bad["value"]) == (None, 5, None)
        assert behind == [404] * 6

    def test_exports(self, year):
        text = exports.as_csv(year).decode("utf-8-sig")
        assert "1,1,—" in text
        assert "5,5,—" in text
        assert '"code":"1","count":null' in exports.as_json(year).decode()
        assert exports.as_xlsx(year)

    def test_kept_facts(self):
        assert "level" not in KEPT.names

    def test_difference_of_two_compiles(self, year, rated, city):
        before = year.found()["totals"]
        assert before["rated_visits"] == 5
        rated(5, on=date(2022, 6, 15))
        after = compile_figures(of_year(2022), city).figures
        assert after["totals"]["rated_visits"] == 10
        assert Compilation.objects.count() == 1
