"""What a security administrator does on the pages, and how a new person gets in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from officers.models import Account, Appointment
from tests import factories
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Quiet-River-77"


@pytest.fixture
def manager(client, security):
    client.force_login(security)
    return client


def test_a_new_person_changes_the_password_before_anything_else(manager, agency):
    page = manager.post("/accounts/new/", {"username": "chen", "name": "陈新"}).content.decode()
    given = re.search(r"<code>((\w{4}-){3}\w{4})</code>", page).group(1)
    account = Account.objects.get(username="chen")
    office = {"role": "clerk", "agency": agency.pk, "start": timezone.localdate()}
    assert manager.post(f"/accounts/{account.pk}/appoint/", office).status_code == 302

    own = Client()
    own.post("/sign-in/", {"username": "chen", "password": given})
    assert own.get("/filings/").headers["Location"].startswith("/account/password/")
    assert own.get("/api/schema/").status_code == 403
    passwords = {"old_password": given, "new_password1": NEW, "new_password2": NEW}
    own.post("/account/password/", passwords)
    assert own.get("/filings/").status_code == 200


def test_a_weak_new_password_is_refused_with_the_rule(client, clerk):
    client.force_login(clerk)
    weak = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    page = client.post("/account/password/", weak, headers={"Accept-Language": "en"})
    assert "12 characters" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_a_password_must_be_is_said_in_our_own_words(client, clerk, language):
    client.force_login(clerk)
    wrong = {"old_password": "x", "new_password1": NEW, "new_password2": NEW}
    for page in (client.get, lambda place, **how: client.post(place, wrong, **how)):
        told = page("/account/password/", headers={"Accept-Language": language}).content.decode()
        assert not {"你", "Your"} & set(re.findall(r"你|Your", told))


def test_the_present_password_cannot_be_guessed_here(client, clerk):
    client.force_login(clerk)
    wrong = {"old_password": "x", "new_password1": NEW, "new_password2": NEW}
    found = [client.post("/account/password/", wrong).status_code for _ in range(6)]
    assert found == [200] * 5 + [429]


def test_a_changed_password_ends_the_other_sessions(client, clerk):
    other = Client()
    client.force_login(clerk)
    other.force_login(clerk)
    passwords = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/account/password/", passwords)
    assert client.get("/filings/").status_code == 200
    assert other.get("/filings/").status_code == 302


def test_a_refused_appointment_says_why(manager, auditor):
    page = manager.post(
        f"/accounts/{auditor.pk}/appoint/",
        {"role": "administrator", "start": timezone.localdate()},
        headers={"Accept-Language": "en"},
    )
    assert page.status_code == 400
    assert "the same person must not be System administrator" in page.content.decode()
    assert not Appointment.objects.filter(role="administrator").exists()


def test_a_revoked_person_is_out_at_the_next_request(manager, clerk):
    own = Client()
    own.force_login(clerk)
    assert own.get("/filings/").status_code == 200
    held = clerk.appointments.get()
    manager.post(f"/appointments/{held.pk}/revoke/", {"reason": "调离"})
    assert own.get("/filings/").status_code == 403


def test_a_barred_person_is_out_and_may_come_back(manager, clerk):
    own = Client()
    own.force_login(clerk)
    manager.post(f"/accounts/{clerk.pk}/bar/", {"reason": ""})
    assert own.get("/filings/").status_code == 200
    manager.post(f"/accounts/{clerk.pk}/bar/", {"reason": "离职"})
    assert own.get("/filings/").status_code == 302
    manager.post(f"/accounts/{clerk.pk}/readmit/")
    assert own.get("/filings/").status_code == 200


def test_nobody_manages_the_own_account(manager, security):
    factories.appointment(factories.account("other"), "security")
    held = security.appointments.get()
    manager.post(f"/appointments/{held.pk}/revoke/", {"reason": "x"})
    manager.post(f"/accounts/{security.pk}/bar/", {"reason": "x"})
    manager.post(f"/accounts/{security.pk}/password/")
    assert manager.get(f"/accounts/{security.pk}/").status_code == 200
