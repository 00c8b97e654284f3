"""Three hundred edge cases come to what was reckoned on paper, in both counts."""

import pytest

from filings.models import Filing
from reports.compiler import compile_figures
from reports.periods import parse
from tests.oracle.by_hand import GROUPS, SECTIONS, Handmade
from tests.oracle.test_recount import assert_agree

pytestmark = pytest.mark.django_db
MONTHS = [19, 25, 25, 24, 13, 15, 31, 7, 26, 19, 23, 32]


@pytest.fixture
def made():
    return Handmade()


@pytest.fixture
def figures(made):
    return assert_agree(made.city)


def counts(figures, table, column="count"):
    return {row["code"]: row[column] for row in figures["tables"][table]}


def test_there_are_three_hundred(made):
    assert Filing.objects.count() == 300
    assert sum(int(group.__name__.rsplit("_", 1)[1]) for group in GROUPS) == 300


def test_the_sums_of_the_year(figures):
    expected = {
        "filings": 259,
        "statutory": 23,
        "imported": 8,
        "withdrawn": 3,
        "voided": 5,
        "unnumbered": 7,
        "visits": 56,
        "joint_visits": 10,
        "visited_subjects": 53,
    }
    assert {name: figures["totals"][name] for name in expected} == expected


def test_every_filing_stands_where_it_should(figures):
    assert counts(figures, "reconciliation") == {
        "imported": 8,
        "unnumbered": 7,
        "withdrawn": 3,
        "voided": 5,
        "waiting": 135,
        "expired": 1,
        "refused": 1,
        "terminated": 1,
        "unrecorded": 73,
        "incomplete": 14,
        "enforced": 11,
        "statutory": 23,
    }


def test_months_agencies_and_regions(figures):
    assert [row["count"] for row in figures["tables"]["by_month"]] == MONTHS
    assert counts(figures, "by_agency") == {
        "A01": 237,
        "A02": 9,
        "A03": 4,
        "A04": 4,
        "A05": 5,
        "A06": 0,
    }
    assert counts(figures, "by_region") == {"220200": 18, "220202": 241, "220221": None}


def test_kinds_and_industries(figures):
    assert counts(figures, "by_type") == {"daily": 257, "case": 1, "special": 1}
    triggers = counts(figures, "by_trigger")
    assert (triggers.pop("annual_plan"), triggers.pop("complaint")) == (243, 5)
    assert set(triggers.values()) == {1}
    methods = counts(figures, "by_method")
    assert methods.pop("on_site") == 254
    assert set(methods.values()) == {1}
    assert counts(figures, "by_industry") == dict.fromkeys(SECTIONS, 1) | {"none": 239}


def test_timings_and_repetitions(figures):
    assert counts(figures, "by_timing") == {
        "before": 227,
        "on_site": 16,
        "after": 12,
        "late": 4,
        "open": 0,
    }
    assert counts(figures, "by_times") == {"1": 234, "2": 4, "3": 6, "4": 4, "5+": 11}
    assert counts(figures, "by_times", "pairs") == {"1": 234, "2": 2, "3": 2, "4": 1, "5+": 2}


def test_items_are_announced_and_counted_once(figures):
    assert counts(figures, "by_item") == {"I1": 15, "I2": 10, "I4": 5, "none": 0}
    assert counts(figures, "by_item", "once") == {"I1": 15, "I2": 0, "I4": 0, "none": 244}


def test_outcomes(figures):
    found = counts(figures, "by_outcome")
    assert (found.pop("no_problem"), found.pop("corrected"), found.pop("none")) == (20, 8, 211)
    assert set(found.values()) == {4}


def test_caps(figures):
    assert figures["tables"]["caps"] == [
        {
            "code": "visit_cap_reached",
            "visits": 65,
            "exempt": 4,
            "bound": 62,
            "reached": 1,
            "exceeded": 1,
        }
    ]


def test_indicators_and_what_is_missing(figures):
    found = {row["code"]: (row["numerator"], row["denominator"]) for row in figures["indicators"]}
    expected = {
        "planned_share": (244, 259),
        "code_shown": (20, 56),
        "scanned": (20, 56),
        "completion": (8, 256),
        "publication": (8, 48),
        "publication_in_time": (4, 44),
        "finishing": (8, 8),
        "joint_share": (10, 56),
        "joint_of_shareable": (10, 10),
        "off_site_share": (5, 259),
        "problem_rate": (12, 48),
        "correction_rate": (12, 12),
        "visits_per_subject": (56, 53),
        "filed_before": (227, 259),
        "filing_rate": (259, 263),
    }
    assert {name: found[name] for name in expected} == expected
    missing = {row["code"]: row["count"] for row in figures["missing"]}
    expected = {"planless": 4, "to_enter": 208, "unfiled": 4, "scans_unfiled": 2}
    assert {name: missing[name] for name in expected} == expected
    assert missing["agencies_idle"] == 1


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2021", 1),
        ("2022", 259),
        ("2023", 1),
        ("2022Q1", 69),
        ("2022Q2", 52),
        ("2022Q3", 64),
        ("2022Q4", 74),
        ("2022-01", 19),
        ("2022-12", 32),
        ("2022-02-01_2022-03-31", 50),
        ("2022-01-01_2022-01-01", 2),
        ("2022-12-31_2023-01-01", 2),
        ("2024", 4),
        ("2024-02", 3),
        ("2024-02-29_2024-02-29", 2),
        ("2024-03", 1),
    ],
)
def test_every_kind_of_period_ends_where_it_should(made, key, expected):
    figures = compile_figures(parse(key, last_year=2030), made.city).figures
    assert figures["totals"]["filings"] == expected


def test_the_province_counts_the_other_city_too(made):
    assert assert_agree(made.province)["totals"]["filings"] == 269
