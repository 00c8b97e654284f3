"""Subjects, and inspections made elsewhere: they enter as imported and stay apart."""

from datetime import UTC, date, datetime

import pytest

from agencies.spelling import search_text
from filings.imports.history import History
from filings.imports.subjects import Subjects
from filings.models import Filing, FilingOfficer, Finding, Result, Subject
from tests import factories
from tests.factories import NOW
from tests.imports.conftest import rules_broken

pytestmark = pytest.mark.django_db

SUBJECTS = "kind,name,uscc,source,source_id,business_region,business_address\n"
KNOWN = "enterprise,松花江食品,91110000600037341L,chicago,30790,220202,松江路1号\n"


def test_a_subject_is_taken_with_its_pinyin(take, district):
    account = take(Subjects(), SUBJECTS + KNOWN)
    assert account.accepted == 1
    subject = Subject.objects.called("shjsp").get()
    assert subject.uscc == "91110000600037341L"
    assert take(Subjects(), SUBJECTS + KNOWN).present == 1


def test_a_long_name_still_fits_its_search_text():
    assert len(search_text("创" * 200)) <= 400
    assert search_text("Lou's BAR") == "lou's bar"


def test_subjects_without_a_code_are_known_by_source_or_by_name_and_address(take, district):
    row = "place,夜市,,,,220202,松江路1号\n"
    other = row.replace("1号", "2号")
    sourced = "place,夜市,,chicago,7,220202,\n"
    assert take(Subjects(), SUBJECTS + row + other + sourced).accepted == 3
    assert take(Subjects(), SUBJECTS + row + other + sourced).present == 3


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("松花江食品", "松花湖食品", "conflict"),
        ("91110000600037341L", "", "conflict"),
        ("30790", "30791", "conflict"),
        ("chicago", "", "source"),
        ("91110000600037341L,chicago,30790,220202,松江路1号", ",,,220202,", "unidentified"),
        ("220202", "229999", "unknown_reference"),
        ("91110000600037341L", "9.111E+17", "lost_digits"),
        ("91110000600037341L", "91110000600037341M", "check"),
        ("松花江", "松\u202e花江", "forbidden_character"),
    ],
)
def test_subjects_refused(take, district, old, new, code):
    take(Subjects(), SUBJECTS + KNOWN)
    account = take(Subjects(), SUBJECTS + KNOWN.replace(old, new))
    assert rules_broken(account) == {2: [code]}


def test_one_source_identifier_under_two_credit_codes_is_refused(take, district):
    second = KNOWN.replace("91110000600037341L", "12220200412750000D")
    account = take(Subjects(), SUBJECTS + KNOWN + second)
    assert rules_broken(account) == {3: ["held_by_another"]}


HISTORY = (
    "source,source_id,agency,subject_source_id,inspected_on,items,officers,"
    "outcome,source_outcome,critical,minor\n"
)


@pytest.fixture
def past(district):
    """A row of history whose references all stand in the register."""
    agency = factories.agency(district, code="CITYHALL")
    factories.item(code="FOOD", claimed_by=[agency], valid_from=date(2005, 1, 1))
    factories.officer(agency, code="green", certified=False)
    factories.officer(agency, code="blue", certified=False)
    factories.subject(district, source="chicago", source_id="30790")
    return "chicago,269961,CITYHALL,30790,2012-12-31,FOOD,green;blue,pending,Fail,1,3\n"


def test_history_enters_as_an_imported_filing(take, past):
    assert take(History(), HISTORY + past).accepted == 1
    filing = Filing.objects.get()
    assert (filing.origin, filing.status, filing.source_id) == ("imported", "closed", "269961")
    assert filing.raw["source_outcome"] == "Fail"
    assert filing.dated_at == datetime(2012, 12, 30, 16, tzinfo=UTC)
    assert filing.created_at == NOW
    assert filing.number is None
    assert filing.submitted_at is None
    assert filing.approved_at is None
    assert filing.code_digest is None
    assert not Filing.objects.counted().exists()


def test_its_result_findings_and_officers_enter_with_it(take, past):
    take(History(), HISTORY + past)
    result = Result.objects.get()
    assert (result.outcome, result.source_outcome) == ("pending", "Fail")
    found = Finding.objects.values_list(
        "severity", "count", "filing_item__item_version__item__code"
    )
    assert set(found) == {("critical", 1, "FOOD"), ("minor", 3, "FOOD")}
    members = FilingOfficer.objects.values_list("officer__code", "lead")
    assert set(members) == {("green", True), ("blue", False)}


def test_an_inspection_without_an_officer_is_taken(take, past):
    assert take(History(), HISTORY + past.replace("green;blue", "")).accepted == 1
    assert not FilingOfficer.objects.exists()


def test_the_same_row_again_is_present_and_a_changed_one_a_conflict(take, past):
    take(History(), HISTORY + past)
    assert take(History(), HISTORY + past).present == 1
    account = take(History(), HISTORY + past.replace("Fail", "Failed"))
    fault = account.first[0].faults[0]
    assert (fault.code, fault.field, fault.value) == ("conflict", "source_outcome", "Failed")
    assert "“Fail”" in fault.rule


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("CITYHALL", "TOWNHALL", ["unknown_reference"] * 3),
        ("30790", "30791", ["unknown_reference"]),
        (",30790,", ",,", ["subject"]),
        ("FOOD", "FUEL", ["unknown_reference"]),
        ("2012-12-31", "2004-12-31", ["not_in_force"]),
        ("2012-12-31", "2022-06-16", ["future"]),
        ("green;blue", "green;red", ["unknown_reference"]),
        ("green;blue", "green;green", ["repeated"]),
        ("pending", "Fail", ["choice"]),
        (",1,3", ",１,-3", ["whole_number"] * 2),
        ("269961", "2.69961E+05", ["lost_digits"]),
        ("Fail", "#REF!", ["cell_error"]),
    ],
)
def test_history_refused(take, past, old, new, codes):
    account = take(History(), HISTORY + past.replace(old, new))
    assert rules_broken(account) == {2: codes}
    assert not Filing.objects.exists()


def test_no_follow_up_where_no_problem_was_found(take, past):
    header = HISTORY.replace("minor", "minor,follow_up")
    row = past.replace("\n", ",rectification\n")
    assert rules_broken(take(History(), header + row)) == {2: ["required"]}
    row = row.replace("pending", "no_problem")
    assert rules_broken(take(History(), header + row)) == {2: ["follow_up", "required"]}
