"""One filing over HTTP says what may be done to it, what runs out and what the rules find."""

import pytest

from filings.editing import CHANGES, DRAFTED, EDITABLE
from filings.workflow import STEPS, Status, Verb
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    def get(who, filing, rest=""):
        client.force_login(who)
        return client.get(f"/api/v1/filings/{filing.pk}/{rest}").json()

    return get


def test_names_what_the_caller_may_do(read, filing_at, inspector, reviewer, auditor):
    filing = filing_at("submitted")
    assert read(inspector, filing)["can"] == ["withdraw"]
    assert read(reviewer, filing)["can"] == ["approve", "return"]
    assert read(auditor, filing)["can"] == []


def test_names_the_fields_open_to_the_caller(read, filing_at, inspector, reviewer):
    filing = filing_at("draft")
    assert set(read(inspector, filing)["editable"]) == DRAFTED
    assert read(reviewer, filing)["editable"] == []


def test_every_state_says_which_fields_can_be_changed():
    assert EDITABLE[Status.DRAFT] == EDITABLE[Status.RETURNED] == DRAFTED
    assert EDITABLE[Status.WITHDRAWN] == EDITABLE[Status.VOIDED] == frozenset()
    for verb, fields in CHANGES.items():
        for source in STEPS[verb].sources:
            assert fields <= EDITABLE[source]


def test_tells_what_the_rules_find(read, filing_at, inspector):
    filing = filing_at("draft")
    filing.members.all().delete()
    found = read(inspector, filing, "problems/")
    assert ("officers", "too_few_officers", "hard", True) in {
        (one["pointer"], one["code"], one["severity"], one["stops"]) for one in found
    }


def test_shows_how_a_result_came_to_its_end(read, followed_at, inspector):
    filing = followed_at("copied", "confirmed", handed=True)
    shown = read(inspector, filing)
    assert shown["result"]["transfers"][0]["receiver"] == "昌邑区公安分局"
    assert {one["clock"] for one in shown["clocks"]} == {"deliver", "publish", "receipt"}


def test_shows_what_a_correction_changed(read, call, filing_at, inspector):
    filing = filing_at("recorded")
    body = {"outcome": "no_activity", "reason": "录入有误"}
    call(inspector, filing, Verb.CORRECT, body)
    (made,) = read(inspector, filing)["result"]["corrections"]
    assert (made["before"]["outcome"], made["after"]["outcome"]) == ("no_problem", "no_activity")
    assert made["reason"] == "录入有误"


def test_the_agency_of_a_filing_cannot_be_changed(
    call, wording, filing_at, inspector, agency, stranger_agency
):
    factories.appointment(inspector, "officer", agency=stranger_agency)
    answer = call(inspector, filing_at("draft"), Verb.REVISE, wording | {"agency": "TXSJ"})
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["code"] == "agency_fixed"
