"""The compiler and a second count written from the definitions agree to the last figure."""

from datetime import UTC, datetime

import pytest

from agencies.models import Region
from config.synthesis import Plan, load
from reports.compiler import compile_figures
from reports.definitions import SUMS_TO_FILINGS, TABLES, TOTALS
from tests.oracle import years
from tests.oracle.export import export
from tests.oracle.recount import recount

pytestmark = pytest.mark.django_db


def assert_agree(region, year=2022):
    figures = compile_figures(year, region).figures
    expected = recount(export(), year, region.code)
    assert figures["totals"] == expected["totals"]
    assert figures["tables"] == expected["tables"]
    return figures


def test_the_year_made_by_hand_is_counted_as_defined():
    made = years.handmade()
    figures = assert_agree(made.city)
    assert figures["totals"] == {
        "agencies": 2,
        "items": 2,
        "items_claimed": 1,
        "officers": 3,
        "filings": 11,
        "imported": 2,
        "withdrawn": 3,
        "unnumbered": 3,
        "rated_visits": 3,
        "mean_rating": "3.33",
    }
    tables = figures["tables"]
    assert {row["code"]: row["count"] for row in tables["by_agency"]} == {
        "A01": 4,
        "A02": 5,
        "A03": 0,
        "A05": 1,
        "A06": 1,
    }
    assert {row["code"]: row["count"] for row in tables["by_region"]} == {
        "220200": 7,
        "220202": 4,
        "220221": 0,
    }
    assert [row["count"] for row in tables["by_month"]] == [2, 2, 1, 0, 0, 5, 0, 0, 0, 0, 0, 1]
    assert tables["by_item"][0] == {"code": "I1", "name": "新名", "count": 3}


@pytest.mark.parametrize("place", ["province", "city", "district", "empty_county", "elsewhere"])
def test_every_region_of_a_random_year_agrees(place):
    made = years.scattered(seed=22)
    for year in (2021, 2022, 2023):
        figures = assert_agree(getattr(made, place), year)
        for table in SUMS_TO_FILINGS:
            rows = figures["tables"][table]
            assert sum(row["count"] for row in rows) == figures["totals"]["filings"], table


def test_every_figure_and_table_is_defined():
    figures = compile_figures(2022, years.Year().city).figures
    assert set(figures["totals"]) == {definition.name for definition in TOTALS}
    assert set(figures["tables"]) == {definition.name for definition in TABLES}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_synthetic_year_agrees(seed):
    plan = Plan(agencies=20, items=60, officers=80, subjects=150, filings=400, seed=seed)
    load(plan, at=datetime(2023, 5, 1, tzinfo=UTC))
    figures = assert_agree(Region.objects.get(code="220200"))
    assert figures["totals"]["filings"] == 400
