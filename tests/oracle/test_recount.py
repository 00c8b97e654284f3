"""The compiler and a second count written from the definitions agree to the last figure."""

import os
from datetime import UTC, datetime

import pytest

from agencies.models import Region
from config.synthesis import Plan, load
from reports.compiler import compile_figures
from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS
from reports.periods import of_year, parse
from tests.oracle import years
from tests.oracle.export import export
from tests.oracle.recount import recount

pytestmark = pytest.mark.django_db


def assert_agree(region, period=None):
    period = period or of_year(2022)
    figures = compile_figures(period, region).figures
    expected = recount(export(), region.code, first=period.first, last=period.last)
    for name in ("totals", "indicators", "missing"):
        assert figures[name] == expected[name]
    for name, rows in expected["tables"].items():
        assert figures["tables"][name] == rows, name
    assert all(check["sum"] == check["total"] for check in figures["checks"])
    return figures


def test_the_year_made_by_hand_is_counted_as_defined():
    made = years.handmade()
    figures = assert_agree(made.city)
    assert figures["totals"] == {
        "agencies": 2,
        "items": 2,
        "items_claimed": 1,
        "officers": 3,
        "officers_certified": 2,
        "filings": 11,
        "statutory": 2,
        "imported": 2,
        "withdrawn": 3,
        "voided": 0,
        "unnumbered": 3,
        "visits": 0,
        "joint_visits": 0,
        "visited_subjects": 0,
        "rated_visits": 0,
        "mean_rating": None,
    }
    tables = figures["tables"]
    assert {row["code"]: row["count"] for row in tables["by_agency"]} == {
        "A01": 4,
        "A02": 5,
        "A03": None,
        "A05": 1,
        "A06": 1,
    }
    assert {row["code"]: row["count"] for row in tables["by_region"]} == {
        "220200": 7,
        "220202": 4,
        "220221": None,
    }
    assert [row["count"] for row in tables["by_month"]] == [2, 2, 1, 0, 0, 5, 0, 0, 0, 0, 0, 1]
    assert tables["by_item"][0] == {
        "code": "I1",
        "name": "新名",
        "count": 3,
        "once": 2,
        "statutory": 0,
    }


@pytest.mark.parametrize("place", ["province", "city", "district", "empty_county", "elsewhere"])
def test_every_region_of_a_random_year_agrees(place):
    made = years.scattered(seed=22)
    for key in ("2021", "2022", "2023", "2022Q2", "2022-12", "2021-12-20_2022-02-03"):
        assert_agree(getattr(made, place), parse(key, last_year=2030))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_hundred_edge_cases_agree(seed):
    made = years.edges(seed)
    for region in (made.province, made.city, made.district):
        assert_agree(region)


def test_every_figure_and_table_is_defined():
    figures = compile_figures(of_year(2022), years.Year().city).figures
    assert set(figures["totals"]) == {definition.name for definition in TOTALS}
    assert set(figures["tables"]) == {definition.name for definition in TABLES}
    assert [row["code"] for row in figures["indicators"]] == [one.name for one in INDICATORS]
    assert [row["code"] for row in figures["missing"]] == [one.name for one in MISSING]


# The scales of every day; SCALES=200000 adds one, as `make long` does.
SCALES = [40, 400, 4000, *map(int, os.environ.get("SCALES", "").split())]


@pytest.mark.parametrize("filings", SCALES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_synthetic_year_agrees(filings, seed):
    plan = Plan(
        agencies=20, items=60, officers=80, subjects=filings // 2 + 60, filings=filings, seed=seed
    )
    load(plan, at=datetime(2023, 5, 1, tzinfo=UTC))
    figures = assert_agree(Region.objects.get(code="220200"))
    assert figures["totals"]["filings"] == filings
