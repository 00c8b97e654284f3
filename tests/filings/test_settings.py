"""How severe a rule is: the catalogue, and the dated settings over it."""

import ast
import inspect
from datetime import date

import pytest

from filings import rules
from filings.rules import capped, door, often, planned, swept, what, when, who
from filings.rules.catalogue import CATALOGUE, Asked
from filings.rules.settings import Settings

DAY = date(2022, 6, 15)
MARKED_K_OR_I = {
    "level_not_assigned",
    "certificate_expiring",
    "annual_check_overdue",
    "window_too_long",
    "special_without_approval",
    "visit_cap_reached",
    "checked_for_permit",
}


def test_every_problem_a_rule_can_find_is_in_the_catalogue():
    named = {
        node.value
        for module in (who, what, when, often, planned, capped, door, swept)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and node.value in CATALOGUE
    }
    judged = {code for code, entry in CATALOGUE.items() if entry.asked != Asked.CLOCK}
    assert named == judged
    assert len(rules.RULES) <= len(CATALOGUE)


def test_what_is_only_common_knowledge_or_judgement_is_never_hard():
    assert not {code for code in MARKED_K_OR_I if CATALOGUE[code].severity == "hard"}
    assert all(entry.source and str(entry.title) for entry in CATALOGUE.values())


@pytest.mark.django_db
def test_an_empty_table_means_the_catalogue():
    found = Settings.on(DAY, None)
    assert {code: one.severity for code, one in found.by_code.items()} == {
        code: entry.severity for code, entry in CATALOGUE.items()
    }
    assert found.param("visit_cap_reached", "visits") == 2


def test_a_setting_holds_between_its_days(ruled):
    ruled("visits_crowded", severity="off", since=date(2022, 6, 1), until=DAY)
    assert Settings.on(date(2022, 5, 31), None).severity("visits_crowded") == "warn"
    assert Settings.on(date(2022, 6, 14), None).severity("visits_crowded") == "off"
    assert Settings.on(DAY, None).severity("visits_crowded") == "warn"


def test_the_innermost_region_wins_and_unnamed_thresholds_stay(ruled, city, district, elsewhere):
    ruled("visit_cap_reached", params={"visits": 9})
    ruled("visit_cap_reached", params={"visits": 4}, region=city)
    ruled("visit_cap_reached", params={"visits": 3}, region=district)
    caps = [
        Settings.on(DAY, region).param("visit_cap_reached", "visits")
        for region in (district, city, elsewhere, None)
    ]
    assert caps == [3, 4, 9, 9]
    assert Settings.on(DAY, city).param("visit_cap_reached", "methods") == ["on_site"]


def test_a_rule_that_is_off_says_nothing(judged, said, ruled):
    ruled("daily_without_plan", severity="off")
    assert judged(said, plan_number="") == set()
