"""Which filings one may know of, and which make up the year."""

from datetime import date, timedelta

import pytest

from agencies.calendar import year_bounds
from filings.models import Filing, Subject
from tests import factories


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("inspector", True),
        ("reviewer", True),
        ("clerk", True),
        ("supervisor", True),
        ("auditor", True),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_a_filing_is_visible_where_the_appointment_reaches(
    request, filing_at, authority, who, sees
):
    filing_at("submitted")
    account = request.getfixturevalue(who)
    assert Filing.objects.visible_to(authority(account)).exists() == sees


@pytest.mark.parametrize(
    ("who", "sees"),
    [("inspector", True), ("reviewer", True), ("supervisor", False), ("auditor", False)],
)
@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_draft_is_visible_to_its_agency_alone(
    request, filing_at, authority, at, who, sees, status
):
    filing = filing_at("draft")
    if status == "withdrawn":
        Filing.objects.filter(pk=filing.pk).update(status=status)
    account = request.getfixturevalue(who)
    assert Filing.objects.visible_to(authority(account)).exists() == sees


def test_an_emergency_is_visible_to_the_supervisor_at_once(emergency_at, authority, supervisor):
    emergency_at()
    assert Filing.objects.visible_to(authority(supervisor)).exists()


def test_nothing_is_visible_after_the_appointment(filing_at, inspector, authority):
    filing_at("draft")
    inspector.appointments.update(valid_to=date(2022, 6, 15))
    assert not Filing.objects.visible_to(authority(inspector)).exists()


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("draft", False),
        ("submitted", False),
        ("returned", False),
        ("withdrawn", False),
        ("voided", False),
        ("approved", True),
        ("on_site", True),
        ("closed", True),
        ("expired", True),
        ("refused", True),
        ("terminated", True),
    ],
)
def test_what_has_a_number_counts(filing_at, status, counts):
    filing_at(status)
    assert Filing.objects.counted().exists() == counts


def test_a_year_is_half_open(filing_at):
    filing = filing_at("approved")
    start, end = year_bounds(2022)
    year = Filing.objects.dated_between(start, end)
    for dated_at, counts in [
        (start, True),
        (start - timedelta(microseconds=1), False),
        (end, False),
        (end - timedelta(microseconds=1), True),
    ]:
        Filing.objects.filter(pk=filing.pk).update(dated_at=dated_at)
        assert year.exists() == counts


def test_what_has_passed_without_a_result_is_overdue(filing_at, at):
    filing_at("approved")
    filing_at("closed")
    assert Filing.objects.overdue(at + timedelta(days=1)).count() == 1
    assert not Filing.objects.overdue(at).exists()


def test_a_filing_is_found_by_its_officer(filing_at, inspector, stranger_agency):
    filing_at("draft")
    assert Filing.objects.of_officer(inspector.officer).count() == 1
    assert not Filing.objects.of_officer(factories.officer(stranger_agency)).exists()


@pytest.mark.parametrize("text", ["松花江", "91220202ma0y0a11xr", "shj", " 食品有限 "])
def test_a_subject_is_found_by_name_code_or_pinyin(subject, text):
    subject.search = "songhuajiangshipinyouxiangongsi shjspyxgs"
    subject.save()
    assert Subject.objects.called(text).get() == subject
