"""What the database itself refuses, whoever writes it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Agency, Claim, ImportBatch, ItemVersion, Job, Region
from filings.models import (
    Correction,
    Filing,
    FilingOfficer,
    Rating,
    Rectification,
    Result,
    Subject,
    SupervisionCase,
    Transfer,
    Visit,
)
from officers.models import Appointment, Certificate, Officer
from tests import factories


def refused(name):
    """The write inside is refused by the constraint `name`."""
    return pytest.raises(IntegrityError, match=name)


@pytest.fixture
def result(filing_at):
    return filing_at("recorded").result


@pytest.mark.parametrize(
    ("model", "change", "name"),
    [
        (Region, {"code": "22020X"}, "region_code_is_digits"),
        (Region, {"valid_to": date(2019, 1, 1)}, "region_ends_after_it_begins"),
        (Agency, {"kind": "entrusted"}, "entrusted_agency_has_a_principal"),
        (Agency, {"valid_to": date(2019, 1, 1)}, "agency_ends_after_it_begins"),
        (Agency, {"qualified_to": date(2019, 1, 1)}, "qualification_ends_after_it_begins"),
        (Agency, {"code": "局"}, "agency_code_is_plain"),
        (ItemVersion, {"valid_to": date(2019, 1, 1)}, "item_version_ends_after_it_begins"),
        (Claim, {"valid_to": date(2019, 1, 1)}, "claim_ends_after_it_begins"),
        (Appointment, {"agency": None}, "appointment_stands_where_its_role_does"),
        (Appointment, {"valid_to": date(2019, 1, 1)}, "appointment_ends_no_earlier_than_it_begins"),
        (Officer, {"left_on": date(2019, 1, 1)}, "officer_leaves_after_joining"),
        (Certificate, {"number": "吉"}, "certificate_number_is_plain"),
        (Certificate, {"valid_to": date(2019, 1, 1)}, "certificate_ends_after_it_begins"),
        (Subject, {"uscc": "B1220202MA0Y0A11XR"}, "subject_code_has_the_form_of_gb32100"),
        (Subject, {"uscc": None, "business_address": ""}, "subject_can_be_identified"),
        (Filing, {"raw": {"a": 1}}, "imported_filing_keeps_its_source"),
        (Filing, {"submitted_at": None}, "filing_past_draft_is_submitted"),
        (Filing, {"number": None}, "approved_filing_has_number_and_code"),
        (Filing, {"status": "closed"}, "closed_filing_is_stamped"),
        (Filing, {"emergency": True}, "emergency_says_why_and_is_approved_afterwards"),
        (
            Filing,
            {"emergency": True, "back_fill_reason": "火情", "approval_kind": "after"},
            "numbered_emergency_is_back_filed",
        ),
        (Visit, {"recorded_at": None}, "arrival_is_recorded"),
        (Result, {"follow_up": "copied"}, "no_problem_needs_no_follow_up"),
        (
            Result,
            {"published_on": date(2022, 6, 15), "publication_withheld": "商业秘密"},
            "result_is_published_or_withheld",
        ),
        (Result, {"outcome": "pending", "follow_up": "rectification"}, "has_a_deadline"),
    ],
)
def test_an_unlawful_change_is_refused(model, change, name, result):
    with refused(name), transaction.atomic():
        model.objects.filter(pk=model.objects.last().pk).update(**change)


def test_a_window_has_a_length(filing_at):
    filing = filing_at("draft")
    with refused("planned_window_has_a_length"), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(planned_end=filing.planned_start)


def test_a_visit_ends_after_arrival(filing_at, at):
    filing_at("on_site")
    with refused("visit_ends_after_arrival"), transaction.atomic():
        Visit.objects.update(left_at=at - timedelta(days=1))


def test_a_filing_has_one_lead(filing_at):
    filing_at("draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingOfficer.objects.update(lead=True)


def test_an_agency_has_one_open_claim_of_an_item(agency, item):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(agency=agency, item=item.item, valid_from=date(2021, 1, 1))


def test_an_item_has_one_open_version(item):
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.create(
            item=item.item, version=2, name="新版", level="county", valid_from=date(2022, 1, 1)
        )


def test_a_subject_is_known_once_per_code(subject, district):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.subject(district, uscc=subject.uscc)


def test_a_rating_has_one_of_five_levels(agency):
    with refused("rating_has_one_of_five_levels"), transaction.atomic():
        Rating.objects.create(agency=agency, level=6, rated_on=date(2022, 6, 16))


def test_only_a_bad_rating_may_name_no_filing(agency, at):
    case = {"agency": agency, "office": "justice", "opened_at": at, "due_at": at}
    with refused("only_a_bad_rating_may_name_no_filing"), transaction.atomic():
        SupervisionCase.objects.create(kind="complaint", reference="1", **case)
    SupervisionCase.objects.create(kind="bad_rating", level=1, reference="2", **case)


def test_an_import_accounts_for_every_row(db, at):
    with refused("import_accounts_for_every_row"), transaction.atomic():
        ImportBatch.objects.create(
            kind="filings",
            file_name="a.csv",
            file_digest="0" * 64,
            rows_read=3,
            accepted=1,
            present=1,
            refused=0,
            at=at,
            by="孙册",
        )


def test_a_running_job_has_a_lease(db, at):
    with refused("running_job_has_a_lease"), transaction.atomic():
        Job.objects.create(kind="k", key="1", state="running", ordered_by="x", ordered_at=at)


def test_a_receipt_says_by_whom_and_when(followed_at, at):
    followed_at("transferred", handed=True)
    with refused("receipt_says_by_whom_and_when"), transaction.atomic():
        Transfer.objects.update(received_at=at + timedelta(days=1))


def test_a_recheck_says_whether_it_passed(followed_at, at):
    followed_at("rectification", reported=True)
    with refused("recheck_says_whether_it_passed"), transaction.atomic():
        Rectification.objects.update(rechecked_at=at + timedelta(days=1))


def test_a_correction_changes_something(result, inspector, at):
    with refused("correction_changes_something"), transaction.atomic():
        Correction.objects.create(
            result=result,
            before={"a": 1},
            after={"a": 1},
            reason="无",
            corrected_at=at,
            corrected_by=inspector,
        )
