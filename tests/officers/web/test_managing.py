"""What a security administrator does on the pages, and how a new person gets in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from officers.actions import accounts, appointing
from officers.models import Account, Appointment
from officers.web.seen import seen_of
from tests import factories
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Quiet-River-77"


@pytest.fixture
def manager(client, security):
    client.force_login(security)
    return client


@pytest.fixture
def press(manager):
    """Press a button on the page of an account as it is now."""

    def post(account, path, said=(), **sent):
        seen = seen_of(Account.objects.get(pk=account.pk))
        return manager.post(path, {"seen": seen, **dict(said)}, **sent)

    return post


def test_a_new_person_changes_the_password_before_anything_else(manager, press, agency):
    page = manager.post("/accounts/new/", {"username": "chen", "name": "陈新"}).content.decode()
    given = re.search(r"<code>((\w{4}-){3}\w{4})</code>", page).group(1)
    account = Account.objects.get(username="chen")
    office = {"role": "clerk", "agency": agency.pk, "start": timezone.localdate()}
    assert press(account, f"/accounts/{account.pk}/appoint/", office).status_code == 302

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


def test_a_refused_appointment_says_why(press, auditor):
    page = press(
        auditor,
        f"/accounts/{auditor.pk}/appoint/",
        {"role": "administrator", "start": timezone.localdate()},
        headers={"Accept-Language": "en"},
    )
    assert page.status_code == 400
    assert "the same person must not be System administrator" in page.content.decode()
    assert not Appointment.objects.filter(role="administrator").exists()


def test_a_revoked_person_is_out_at_the_next_request(press, clerk):
    own = Client()
    own.force_login(clerk)
    assert own.get("/filings/").status_code == 200
    held = clerk.appointments.get()
    press(clerk, f"/appointments/{held.pk}/revoke/", {"reason": "调离"})
    assert own.get("/filings/").status_code == 403


def test_a_barred_person_is_out_and_may_come_back(press, clerk):
    own = Client()
    own.force_login(clerk)
    press(clerk, f"/accounts/{clerk.pk}/bar/", {"reason": ""})
    assert own.get("/filings/").status_code == 200
    press(clerk, f"/accounts/{clerk.pk}/bar/", {"reason": "离职"})
    assert own.get("/filings/").status_code == 302
    press(clerk, f"/accounts/{clerk.pk}/readmit/")
    assert own.get("/filings/").status_code == 200


def test_nobody_manages_the_own_account(manager, press, security):
    factories.appointment(factories.account("other"), "security")
    held = security.appointments.get()
    press(security, f"/appointments/{held.pk}/revoke/", {"reason": "x"})
    press(security, f"/accounts/{security.pk}/bar/", {"reason": "x"})
    press(security, f"/accounts/{security.pk}/password/")
    assert manager.get(f"/accounts/{security.pk}/").status_code == 200


class TestTwoAtOnce:
    """The second is told who changed what, does nothing unseen and loses nothing typed."""

    @pytest.fixture
    def stale(self, manager, security, clerk, authority, at):
        """The page as it was read before another administrator barred and readmitted the person."""
        seen = manager.get(f"/accounts/{clerk.pk}/").context["seen"]
        other = factories.account("other", name="另管")
        factories.appointment(other, "security")
        accounts.bar(clerk, by=authority(other), at=at, reason="核查")
        accounts.readmit(clerk, by=authority(other), at=at)
        appointing.appoint(
            clerk,
            appointing.Office("clerk", agency=clerk.appointments.get().agency, start=at.date()),
            by=authority(other),
            at=at,
        )
        return seen

    @pytest.mark.parametrize(
        ("verb", "said"),
        [
            ("appoint", {"role": "officer", "start": "2022-07-01"}),
            ("bar", {"reason": "离职离岗"}),
            ("match", {"subject": "zhang-san"}),
            ("password", {}),
            ("readmit", {}),
            ("no-second-factor", {"reason": "手机丢失"}),
        ],
    )
    def test_nothing_is_done_on_a_page_that_is_stale(self, manager, clerk, stale, verb, said):
        before = Account.objects.values().get(pk=clerk.pk)
        answer = manager.post(f"/accounts/{clerk.pk}/{verb}/", said | {"seen": stale})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "另管" in answer.context["stale"]
        assert Account.objects.values().get(pk=clerk.pk) == before
        if verb in ("appoint", "bar"):
            assert next(iter(said.values())) in page
        assert answer.context["seen"] != stale

    def test_an_office_is_not_ended_unseen_and_its_reason_stays(self, manager, clerk, stale):
        held = clerk.appointments.order_by("pk").first()
        answer = manager.post(
            f"/appointments/{held.pk}/revoke/", {"reason": "调离岗位", "seen": stale}
        )
        assert answer.status_code == 409
        assert 'value="调离岗位"' in answer.content.decode()
        held.refresh_from_db()
        assert held.valid_to is None
        said = {"reason": "调离岗位", "seen": answer.context["seen"]}
        assert manager.post(f"/appointments/{held.pk}/revoke/", said).status_code == 302
        held.refresh_from_db()
        assert held.valid_to is not None

    def test_without_a_version_nothing_is_done_either(self, manager, clerk):
        assert manager.post(f"/accounts/{clerk.pk}/bar/", {"reason": "离职"}).status_code == 409
        assert Account.objects.get(pk=clerk.pk).is_active
