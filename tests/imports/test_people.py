"""Accounts and offices from a file: nobody can sign in by it, nobody watches over himself."""

import pytest
from django.core.management import call_command

from officers.authority import Authority
from officers.imports import Accounts, Appointments
from officers.models import Account, Appointment
from tests.factories import NOW
from tests.imports.conftest import rules_broken

ACCOUNTS = "username,name\n"
OFFICES = "username,role,agency,region,valid_from,valid_to\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(take):
    assert take(Accounts(), ACCOUNTS + "liming,李明\nzhouwei,周伟\n").accepted == 2


class TestAccounts:
    def test_have_no_password(self, people, client):
        account = Account.objects.get(username="liming")
        assert account.must_change_password
        assert not account.has_usable_password()
        assert not client.login(username="liming", password="")

    def test_are_taken_once(self, people, take):
        again = take(Accounts(), ACCOUNTS + "liming,李明\nzhouwei,周卫\n")
        assert again.present == 1
        assert rules_broken(again) == {3: ["conflict"]}

    @pytest.mark.parametrize("name", ["li ming", "李/明", "'; drop"])
    def test_of_strange_names_are_refused(self, take, name):
        assert rules_broken(take(Accounts(), ACCOUNTS + f"{name},李明\n")) == {2: ["pattern"]}


class TestAppointments:
    def test_give_what_the_role_grants(self, people, take, agency, district):
        rows = "liming,clerk,CYSJ,,2022-01-01,\nzhouwei,监督员,,220202,2022-01-01,\n"
        rows = rows.replace("监督员", "supervisor")
        account = take(Appointments(), OFFICES + rows)
        assert (account.accepted, take(Appointments(), OFFICES + rows).present) == (2, 2)
        held = Authority.of(Account.objects.get(username="liming"), NOW.date())
        assert held.may("register.write", agency)

    @pytest.mark.parametrize(
        ("row", "codes"),
        [
            ("nobody,clerk,CYSJ,,2022-01-01,", ["unknown_reference"]),
            ("liming,clerk,NONE,,2022-01-01,", ["unknown_reference"]),
            ("liming,auditor,,229999,2022-01-01,", ["unknown_reference"]),
            ("liming,clerk,,220202,2022-01-01,", ["place"]),
            ("liming,supervisor,CYSJ,,2022-01-01,", ["place"]),
            ("liming,administrator,CYSJ,,2022-01-01,", ["place"]),
            ("liming,king,CYSJ,,2022-01-01,", ["choice"]),
            ("liming,clerk,CYSJ,,2022-01-01,2021-01-01", ["period"]),
        ],
    )
    def test_refused(self, people, take, agency, row, codes):
        assert rules_broken(take(Appointments(), OFFICES + row + "\n")) == {2: codes}
        assert not Appointment.objects.exists()

    def test_keep_administration_apart_from_watching_it(self, people, take, district):
        rows = "liming,auditor,,220202,2022-01-01,2023-01-01\nliming,administrator,,,2022-06-01,\n"
        account = take(Appointments(), OFFICES + rows)
        assert rules_broken(account) == {3: ["separation_of_duties"]}
        later = rows.replace("2022-06-01", "2023-01-01")
        assert take(Appointments(), OFFICES + later).accepted == 2


def test_the_command_brings_them(write, db, capsys):
    call_command("import_records", "accounts", str(write(ACCOUNTS + "liming,李明\n")))
    assert Account.objects.get().name == "李明"
