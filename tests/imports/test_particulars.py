"""Identity and phone numbers of officers from a file: enciphered, told by their ends only."""

import csv

import pytest
from django.db import connection

from agencies.models import Event
from officers.actions.particulars import Particulars, find_officer
from officers.imports import Officers
from officers.models import Officer
from tests.factories import NOW
from tests.imports.conftest import rules_broken

pytestmark = pytest.mark.django_db
HEAD = "agency,code,name,identity_number,phone,joined_on\n"
IDENTITY, PHONE = "110101199003070011", "13812345678"
WRONG = "110101199003070012"
GOOD = f"CYSJ,0901,李明,{IDENTITY},{PHONE},2020-01-01\n"


def told(account):
    """All that the account of an import says of its rows."""
    return "\n".join(account.lines())


def lying():
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number, phone FROM officers_officer")
        return str(cursor.fetchall())


@pytest.fixture(autouse=True)
def _agency(agency):
    """The agency that the rows name."""


def test_they_are_taken_enciphered_and_found_again(take, clerk, authority):
    assert take(Officers(), HEAD + GOOD).accepted == 1
    officer = Officer.objects.get()
    assert Particulars.of(officer) == Particulars(IDENTITY, PHONE)
    assert (str(officer.identity_number), str(officer.phone)) == (
        "1****************1",
        "138******78",
    )
    assert IDENTITY not in lying()
    assert PHONE not in lying()
    by = {"by": authority(clerk), "at": NOW, "reason": "核对"}
    assert find_officer({"phone": PHONE}, **by) == officer
    assert find_officer({"identity_number": IDENTITY}, **by) == officer


def test_they_may_be_left_out(take):
    assert take(Officers(), HEAD + "CYSJ,0901,李明,,,2020-01-01\n").accepted == 1
    assert Particulars.of(Officer.objects.get()) == Particulars("", "")


def test_the_same_row_again_is_present(take):
    take(Officers(), HEAD + GOOD)
    assert take(Officers(), HEAD + GOOD).present == 1
    spaced = GOOD.replace(PHONE, "138 1234 5678")
    assert take(Officers(), HEAD + spaced).present == 1


@pytest.mark.parametrize(
    ("wrong", "code", "masked"),
    [
        (GOOD.replace(IDENTITY, WRONG), "identity_number", "1****************2"),
        (GOOD.replace(PHONE, "13812x45678"), "phone", "138******78"),
        (GOOD.replace(IDENTITY, "１" + IDENTITY[1:]), "full_width", "１****************1"),
        (GOOD.replace(IDENTITY, "1.10101E+17"), "lost_digits", "1.1******17"),
        (GOOD.replace(PHONE, PHONE + "\u200b"), "forbidden_character", "138*******8"),
    ],
)
def test_a_wrong_one_is_named_by_its_ends(take, wrong, code, masked):
    account = take(Officers(), HEAD + wrong)
    assert rules_broken(account) == {2: [code]}
    assert account.first[0].faults[0].value.startswith(masked[:3])
    assert "*" in account.first[0].faults[0].value
    given = wrong.split(",")
    for number in (given[3], given[4]):
        assert number not in told(account)
    assert not Officer.objects.exists()


def test_one_that_differs_from_what_is_stored_tells_neither(take):
    take(Officers(), HEAD + GOOD)
    account = take(Officers(), HEAD + GOOD.replace(PHONE, "13900000000"))
    assert rules_broken(account) == {2: ["conflict"]}
    assert "139******00" in told(account)
    assert "138******78" in told(account)
    assert PHONE not in told(account)
    assert "13900000000" not in told(account)


def test_columns_by_another_name_and_composed_ones_are_concealed_too(take):
    head = "agency,code,name,身份证,电话,joined_on\n"
    rules = '[columns]\nidentity_number = "身份证"\nphone = "电话"\n'
    account = take(Officers(), head + GOOD.replace(IDENTITY, WRONG), rules=rules)
    assert rules_broken(account) == {2: ["identity_number"]}
    assert WRONG not in told(account)


def test_the_file_of_refused_rows_can_be_corrected_and_its_reasons_repeat_nothing(take, tmp_path):
    path = tmp_path / "refused.csv"
    take(Officers(), HEAD + GOOD.replace(IDENTITY, WRONG), refused=path)
    with path.open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert row["identity_number"] == WRONG
    assert WRONG not in row["refused_value"] + row["refused_rule"] + row["refused_mend"]


def test_the_book_tells_that_they_came_and_not_what_they_are(take, client, clerk):
    take(Officers(), HEAD + GOOD)
    client.force_login(clerk)
    sent = {"agency": "CYSJ", "code": "0902", "name": "王芳", "joined_on": "2020-01-01"}
    sent |= {"identity_number": IDENTITY, "phone": PHONE}
    answer = client.post("/api/v1/officers/", sent, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["phone"] == "138******78"
    assert Particulars.of(Officer.objects.get(code="0902")) == Particulars(IDENTITY, PHONE)
    books = " ".join(Event.objects.values_list("payload", flat=True))
    assert PHONE not in books
    assert IDENTITY not in books
    assert '"columns":["identity_number","phone"]' in books


def test_over_http_a_wrong_one_is_named_by_its_ends(client, clerk):
    client.force_login(clerk)
    sent = {"agency": "CYSJ", "code": "0902", "name": "王芳", "joined_on": "2020-01-01"}
    answer = client.post(
        "/api/v1/officers/", sent | {"identity_number": WRONG}, content_type="application/json"
    )
    assert [one["pointer"] for one in answer.json()["problems"]] == ["/identity_number"]
    assert WRONG not in answer.content.decode()
    page = client.post("/registers/officers/new/", sent | {"phone": "1381234567890123456789"})
    assert page.status_code == 400
    assert page.content.decode().count("1381234567890123456789") <= 1


def test_nothing_else_is_concealed(take):
    """The control: a wrong staff number is told as it stands."""
    account = take(Officers(), HEAD + GOOD.replace("CYSJ", "NONE"))
    assert "NONE" in told(account)
