"""Accounts and appointments are changed by security administrators, apart, and in the book."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor, breaks
from agencies.models import Event
from officers.actions.accounts import bar, create_account, issue_password, readmit
from officers.actions.appointing import Office, appoint, revoke
from officers.authority import Authority
from officers.models import Account
from officers.policy import LastHolder, SeparationOfDuties
from tests import factories

START = date(2022, 6, 15)


@pytest.fixture
def by(security, authority):
    return authority(security)


def verbs():
    return list(Event.objects.filter(chain="system").order_by("seq").values_list("verb", flat=True))


class TestAppointing:
    def test_holds_at_once_and_is_in_the_book(self, by, clerk, agency, at, authority):
        appoint(clerk, Office("officer", START, agency=agency), by=by, at=at)
        assert authority(clerk).roles() == {"clerk", "officer"}
        event = Event.objects.get(verb="appoint")
        assert (event.actor, event.role) == ("何安", "security")
        assert '"office":"officer"' in event.payload
        assert '"place":"CYSJ"' in event.payload
        assert list(breaks("system")) == []

    @pytest.mark.parametrize("watched", ["auditor", "supervisor"])
    def test_keeps_administration_apart_from_watching_it(self, by, city, at, watched):
        clerk = factories.account("nobody")
        appoint(clerk, Office(watched, START, date(2023, 1, 1), region=city), by=by, at=at)
        with pytest.raises(SeparationOfDuties):
            appoint(clerk, Office("administrator", START), by=by, at=at)
        with pytest.raises(SeparationOfDuties):
            appoint(clerk, Office("administrator", date(2022, 12, 31)), by=by, at=at)
        appoint(clerk, Office("administrator", date(2023, 1, 1)), by=by, at=at)
        with pytest.raises(SeparationOfDuties):
            appoint(clerk, Office(watched, START, region=city), by=by, at=at)

    def test_is_never_done_to_oneself(self, by, security, agency, at):
        with pytest.raises(NotAuthorised):
            appoint(security, Office("clerk", START, agency=agency), by=by, at=at)
        assert verbs() == []

    @pytest.mark.parametrize(
        "role", ["inspector", "reviewer", "clerk", "supervisor", "auditor", "administrator"]
    )
    def test_is_for_security_administrators(self, role, request, partner, agency, at, authority):
        held = authority(request.getfixturevalue(role))
        with pytest.raises(NotAuthorised):
            appoint(partner, Office("approver", START, agency=agency), by=held, at=at)

    @pytest.mark.parametrize("role", ["officer", "supervisor", "administrator"])
    def test_refuses_a_place_the_role_does_not_have(self, by, agency, city, at, role):
        clerk = factories.account("nobody")
        wrong = {"region": city} if role == "officer" else {"agency": agency}
        with pytest.raises(ValidationError):
            appoint(clerk, Office(role, START, **wrong), by=by, at=at)


class TestRevoking:
    def test_holds_at_once(self, by, clerk, at):
        revoke(clerk.appointments.get(), by=by, at=at, reason="调离")
        assert Authority.of(clerk, local_date(at)).roles() == set()
        assert Event.objects.get(verb="revoke").reason == "调离"

    @pytest.mark.parametrize("days", [0, 5])
    def test_undoes_what_began_today_or_later(self, by, clerk, agency, at, days):
        office = Office("approver", START + timedelta(days=days), agency=agency)
        made = appoint(clerk, office, by=by, at=at)
        assert made.is_waiting()
        revoke(made, by=by, at=at, reason="误")
        later = Authority.of(clerk, START + timedelta(days=30))
        assert later.roles() == {"clerk"}

    @pytest.mark.parametrize("who", ["administrator", "security", "auditor"])
    def test_leaves_the_last_of_each_administration(self, request, who, at):
        console = Actor("console")
        last = request.getfixturevalue(who)
        held = last.appointments.get()
        with pytest.raises(LastHolder):
            revoke(held, by=console, at=at, reason="x")
        with pytest.raises(LastHolder):
            bar(last, by=console, at=at, reason="x")
        factories.appointment(factories.account("other"), who, region=held.region)
        revoke(held, by=console, at=at, reason="x")
        assert verbs() == ["revoke"]

    def test_never_lengthens_an_office_that_is_over(self, by, clerk, at):
        over = START - timedelta(days=30)
        clerk.appointments.update(valid_to=over)
        revoke(clerk.appointments.get(), by=by, at=at, reason="x")
        assert clerk.appointments.get().valid_to == over


class TestAccounts:
    def test_begin_with_a_password_that_must_be_changed(self, by, at):
        account, password = create_account("new", "新人", by=by, at=at)
        assert account.check_password(password)
        assert account.must_change_password
        assert password not in Event.objects.get(verb="create_account").payload

    def test_are_unique(self, by, clerk, at):
        with pytest.raises(ValidationError):
            create_account("clerk", "重名", by=by, at=at)

    def test_are_barred_and_readmitted(self, by, clerk, at):
        bar(clerk, by=by, at=at, reason="离职")
        assert not Account.objects.get(pk=clerk.pk).is_active
        readmit(clerk, by=by, at=at)
        assert Account.objects.get(pk=clerk.pk).is_active
        assert verbs() == ["bar_account", "readmit_account"]

    def test_lose_their_old_password(self, by, clerk, at):
        password = issue_password(clerk, by=by, at=at)
        assert Account.objects.get(pk=clerk.pk).check_password(password)

    def test_are_not_made_by_others(self, clerk, authority, at):
        with pytest.raises(NotAuthorised):
            create_account("new", "新人", by=authority(clerk), at=at)


class TestCommand:
    def run(self, capsys, *args):
        call_command("create_account", *args)
        return capsys.readouterr().out

    def test_prints_a_password_that_works_once(self, capsys, agency):
        out = self.run(capsys, "chen", "--name", "陈", "--role", "approver", "--agency", "CYSJ")
        account = Account.objects.get(username="chen")
        password = re.search(r"(\w{4}-){3}\w{4}", out).group()
        assert account.check_password(password)
        assert account.appointments.get().agency == agency
        assert verbs() == ["create_account", "appoint"]

    @pytest.mark.parametrize(
        "args",
        [
            ["--role", "approver"],
            ["--role", "approver", "--agency", "NONE"],
            ["--role", "supervisor", "--agency", "CYSJ"],
            ["--role", "administrator", "--region", "220202"],
        ],
    )
    def test_says_what_is_wrong_and_makes_nothing(self, agency, args):
        with pytest.raises(CommandError) as refused:
            call_command("create_account", "chen", *args)
        assert refused.value.returncode == 2
        assert not Account.objects.exists()
