"""Each rule: silent on a good filing, and says what to mend on a bad one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from filings import actions, rules
from filings.models import Conflict
from tests import factories


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
    assert judged(said) == {"certificate_expiring"}


def test_a_certificate_must_last_to_the_end_of_the_window(judged, said, at):
    said.officers[0].certificates.update(valid_to=date(2022, 6, 15))
    assert judged(said, planned_end=at + timedelta(days=2)) == {"certificate_not_valid"}


def test_a_certificate_that_lasts_a_month_longer_is_no_worry(judged, said):
    said.officers[0].certificates.update(valid_to=date(2022, 7, 16))
    assert judged(said) == set()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"last_checked_on": date(2021, 6, 14)}, set()),
        ({"last_checked_on": date(2021, 6, 13)}, {"annual_check_overdue"}),
        ({"last_checked_on": None}, {"annual_check_overdue"}),
        ({"last_checked_on": None, "valid_from": date(2022, 1, 1)}, set()),
    ],
)
def test_a_certificate_is_checked_every_year(judged, said, changes, found):
    said.officers[0].certificates.update(**changes)
    assert judged(said) == found


def test_an_officer_is_barred_by_any_certificate_until_its_day(judged, said):
    old = factories.certificate(said.officers[1], status="revoked")
    for until, found in ((date(2022, 6, 16), {"officer_barred"}), (date(2022, 6, 15), set())):
        old.barred_until = until
        old.save()
        assert judged(said) == found


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"valid_from": date(2022, 6, 15)}, {"officer_in_conflict"}),
        ({"valid_from": date(2022, 6, 16)}, set()),
        ({"valid_from": date(2022, 1, 1), "valid_to": date(2022, 6, 15)}, set()),
    ],
)
def test_an_officer_with_a_conflict_stays_away(judged, said, dates, found):
    Conflict.objects.create(
        officer=said.officers[0], subject=said.subject, kind="interest", **dates
    )
    assert judged(said) == found


def test_a_conflict_with_another_subject_is_none_here(judged, said, district):
    other = factories.subject(district)
    Conflict.objects.create(
        officer=said.officers[0], subject=other, kind="party", valid_from=date(2022, 1, 1)
    )
    assert judged(said) == set()


def test_an_entrusted_body_keeps_to_what_its_principal_claims(judged, said, agency, district):
    principal = factories.agency(district)
    agency.kind, agency.principal = "entrusted", principal
    agency.save()
    letter = agency.entrustments.create(
        number="WT-1", published_on=date(2022, 1, 1), valid_from=date(2022, 1, 1)
    )
    letter.items.add(said.items[0].item)
    assert judged(said) == {"item_not_of_principal"}
    claim = principal.claims.create(item=said.items[0].item, valid_from=date(2020, 1, 1))
    assert judged(said) == set()
    claim.valid_to = date(2022, 6, 15)
    claim.save()
    assert judged(said) == {"item_not_of_principal"}


@pytest.mark.parametrize(
    ("level", "found"),
    [("township", {"level_not_assigned"}), ("county", set()), ("city", set()), ("state", set())],
)
def test_an_agency_leaves_an_item_to_the_level_below(judged, said, agency, level, found):
    item = factories.item(claimed_by=[agency], level=level)
    assert judged(said, items=(item,)) == found


def test_a_township_inspects_under_its_county(judged, said, agency, district):
    street = factories.region("220202001000", "某街道", parent=district, kind="township")
    agency.region = said.subject.business_region = street
    agency.save()
    said.subject.save()
    assert judged(said) == {"township_without_county"}
    agency.parent = factories.agency(district)
    agency.save()
    assert judged(said) == set()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, {"off_site_possible"}),
        ({"on_site_reason": "须查看现场"}, set()),
        ({"method": "documents"}, set()),
    ],
)
def test_what_can_be_seen_from_afar_is_not_entered_for(judged, said, agency, changes, found):
    item = factories.item(claimed_by=[agency], off_site_possible=True)
    assert judged(said, items=(item,), **changes) == found


def test_a_visit_before_a_permit_names_its_provision(judged, said, ruled):
    assert judged(said, trigger="permit") == {"permit_without_provision"}
    assert judged(said, trigger="permit", trigger_source="食品生产许可管理办法第二十一条") == set()


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


@pytest.mark.parametrize(
    "changes",
    [
        {"rank": "document"},
        {"valid_to": date(2022, 6, 15)},
        {"valid_from": date(2022, 6, 16)},
    ],
)
def test_an_item_rests_on_a_law_in_force(judged, said, changes):
    said.items[0].bases.update(**changes)
    assert judged(said) == {"no_lawful_basis"}


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


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"plan_number": " "}, {"daily_without_plan"}),
        ({"plan_number": "", "trigger": "complaint"}, set()),
        ({"plan_number": "", "check_type": "case"}, set()),
        ({"plan_number": "", "check_type": "special"}, {"special_without_approval"}),
        ({"plan_number": "ZX-1", "check_type": "special"}, {"plan_not_published"}),
    ],
)
def test_an_inspection_follows_its_plan(judged, said, changes, found):
    assert judged(said, **changes) == found


def test_an_inspection_is_filed_ahead_where_that_is_asked(judged, said, at, ruled):
    # 15 June 2022 is a Wednesday; two working days later is Friday.
    ruled("lead_time_short", params={"working_days": 2})
    assert judged(said) == {"lead_time_short"}
    assert judged(said, trigger="media") == set()
    friday = at + timedelta(days=2)
    assert judged(said, planned_start=friday, planned_end=friday + timedelta(hours=1)) == set()


def test_a_quiet_day_is_left_free(judged, said, ruled):
    ruled("quiet_day", params={"days": [14, 15]})
    assert judged(said) == {"quiet_day"}
    assert judged(said, trigger="emergency") == set()
    ruled("quiet_day", params={"days": [14, 16]})
    assert judged(said) == set()


def test_an_agency_stays_within_its_region(judged, said, elsewhere, agency, district):
    away = factories.subject(elsewhere)
    assert judged(said, subject=away) == {"outside_jurisdiction"}
    street = factories.region("220202001000", "某街道", parent=district, kind="township")
    assert judged(said, subject=factories.subject(street)) == set()


def test_the_rules_cost_a_fixed_number_of_queries(
    said, agency, inspector, authority, at, django_assert_max_num_queries
):
    many = tuple(factories.item(claimed_by=[agency]) for _ in range(6))
    filing = actions.draft(agency, replace(said, items=many), by=authority(inspector), at=at)
    with django_assert_max_num_queries(13):
        assert rules.problems(filing, at) == []
