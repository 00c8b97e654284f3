"""Each rule: silent on a good filing, and says what to mend on a bad one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from filings import actions, rules
from tests import factories


@pytest.fixture
def judged(agency, inspector, authority, at):
    """The codes of every problem of what is said, at the moment of the tests."""

    def judge(said, **changes):
        filing = actions.draft(agency, replace(said, **changes), by=authority(inspector), at=at)
        found = rules.problems(filing, at)
        assert all(one.message and one.pointer and one.rule for one in found)
        return {one.code for one in found}

    return judge


def test_a_good_filing_has_no_problem(judged, said):
    assert judged(said) == set()


def test_an_unqualified_agency_may_not_inspect(judged, said, agency):
    agency.qualified_to = date(2022, 6, 15)
    agency.save()
    assert judged(said) == {"agency_not_qualified"}


def test_one_officer_is_too_few(judged, said):
    assert judged(said, officers=said.officers[:1]) == {"too_few_officers"}


def test_an_auxiliary_is_no_officer(judged, said, agency):
    helper = factories.officer(agency, category="auxiliary")
    assert judged(said, officers=(said.officers[0], helper)) == {
        "too_few_officers",
        "auxiliary_as_officer",
    }


def test_an_officer_of_another_agency_does_not_count(judged, said, stranger_agency):
    guest = factories.officer(stranger_agency)
    assert judged(said, officers=(*said.officers, guest)) == {"officer_of_another_agency"}


@pytest.mark.parametrize(
    "dates", [{"left_on": date(2022, 6, 15)}, {"joined_on": date(2022, 6, 16)}]
)
def test_an_officer_must_be_in_service(judged, said, agency, dates):
    away = factories.officer(agency, **dates)
    assert judged(said, officers=(*said.officers, away)) == {"officer_not_in_service"}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "suspended"},
        {"status": "revoked"},
        {"valid_to": date(2022, 6, 14)},
        {"valid_from": date(2022, 6, 16)},
    ],
)
def test_a_certificate_must_be_valid(judged, said, changes):
    said.officers[0].certificates.update(**changes)
    assert judged(said) == {"certificate_not_valid"}


def test_a_certificate_is_valid_on_its_last_day(judged, said):
    said.officers[0].certificates.update(valid_to=date(2022, 6, 15))
    assert judged(said) == set()


def test_a_certificate_must_last_to_the_end_of_the_window(judged, said, at):
    said.officers[0].certificates.update(valid_to=date(2022, 6, 15))
    assert judged(said, planned_end=at + timedelta(days=2)) == {"certificate_not_valid"}


def test_a_filing_names_an_item(judged, said):
    assert judged(said, items=()) == {"no_item"}


@pytest.mark.parametrize(
    "changes",
    [
        {"published_on": None},
        {"published_on": date(2022, 6, 16)},
        {"valid_to": date(2022, 6, 15)},
        {"valid_from": date(2022, 6, 16)},
    ],
)
def test_an_item_must_be_published_and_in_force(judged, said, agency, changes):
    item = factories.item(claimed_by=[agency], **changes)
    assert judged(said, items=(item,)) == {"item_not_published"}


def test_an_item_must_be_claimed(judged, said):
    assert judged(said, items=(factories.item(),)) == {"item_not_claimed"}


def test_an_ended_claim_no_longer_counts(judged, said, agency):
    agency.claims.update(valid_to=date(2022, 6, 15))
    assert judged(said) == {"item_not_claimed"}


def test_an_item_must_fit_the_kind_of_subject(judged, said, agency):
    item = factories.item(claimed_by=[agency], subject_kinds=["place"])
    assert judged(said, items=(item,)) == {"item_not_for_this_kind"}


@pytest.mark.parametrize("registration", ["cancelled", "moved"])
def test_a_subject_that_is_gone_is_not_inspected(judged, said, registration):
    said.subject.registration = registration
    said.subject.save()
    assert judged(said) == {"subject_gone"}


def test_a_window_is_no_longer_than_thirty_days(judged, said, at):
    assert judged(said, planned_end=said.planned_start + timedelta(days=30)) == set()
    assert judged(said, planned_end=said.planned_start + timedelta(days=31)) == {"window_too_long"}


def test_a_window_that_has_passed_cannot_be_filed(judged, said, at):
    past = {"planned_start": at - timedelta(hours=2), "planned_end": at}
    assert judged(said, **past) == {"window_passed"}


def test_the_rules_cost_a_fixed_number_of_queries(
    said, agency, inspector, authority, at, django_assert_max_num_queries
):
    many = tuple(factories.item(claimed_by=[agency]) for _ in range(6))
    filing = actions.draft(agency, replace(said, items=many), by=authority(inspector), at=at)
    with django_assert_max_num_queries(5):
        assert rules.problems(filing, at) == []
