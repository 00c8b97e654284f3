"""Agencies and supervisors nominate, security administrators decide: two persons (c.3 row 3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from time_machine import travel

from agencies.authority import NotAuthorised
from agencies.models import Event
from agencies.refusals import RegisterRefused
from officers.actions import nominating
from officers.actions.appointing import Office
from officers.actions.nominating import (
    NominationClosed,
    NoSuchPerson,
    Person,
    decline_nomination,
    grant_nomination,
    nominate,
    withdraw_nomination,
)
from officers.models import Appointment, Nomination
from officers.policy import SeparationOfDuties
from officers.roles import AT_AGENCY, IN_REGION, MAY_NOMINATE, Role
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2022, 7, 1)
LIMING = Person("liming", "李明", "新入职")


@pytest.fixture
def office(agency):
    return Office("officer", START, agency=agency)


@pytest.fixture
def liming(db):
    return factories.account("liming", name="李明")


@pytest.fixture
def named(office, clerk, authority, at):
    return nominate(LIMING, office, by=authority(clerk), at=at)


class TestNominate:
    @pytest.mark.parametrize("who", ["clerk", "reviewer", "supervisor"])
    def test_waits_for_a_security_administrator(self, who, office, request, authority, at):
        account = request.getfixturevalue(who)
        made = nominate(LIMING, office, by=authority(account), at=at)
        assert (made.state, made.nominated_by) == ("waiting", account)
        assert Event.objects.get(verb="nominate").reason == "新入职"
        assert not Appointment.objects.filter(account__username="liming").exists()

    def test_gives_the_one_that_waits_again(self, named, office, clerk, authority, at):
        assert nominate(LIMING, office, by=authority(clerk), at=at) == named
        assert Event.objects.filter(verb="nominate").count() == 1

    def test_says_the_same_of_a_name_that_nobody_bears(self, office, clerk, authority, liming, at):
        known = nominate(LIMING, office, by=authority(clerk), at=at)
        unknown = nominate(replace(LIMING, username="nobody"), office, by=authority(clerk), at=at)
        assert known.state == unknown.state == "waiting"

    @pytest.mark.parametrize("who", ["inspector", "auditor", "administrator", "security"])
    def test_is_for_those_who_answer_for_a_place(self, who, office, request, authority, at):
        with pytest.raises(NotAuthorised):
            nominate(LIMING, office, by=authority(request.getfixturevalue(who)), at=at)
        assert not Nomination.objects.exists()

    def test_stays_within_ones_own_place(
        self, clerk, supervisor, stranger_agency, city, authority, at
    ):
        there = Office("officer", START, agency=stranger_agency)
        above = Office("auditor", START, region=city)
        for who, where in ((clerk, there), (supervisor, there), (supervisor, above)):
            with pytest.raises(NotAuthorised):
                nominate(LIMING, where, by=authority(who), at=at)
        assert not Nomination.objects.exists()

    def test_names_no_office_that_a_clerk_does_not_answer_for(self, clerk, district, authority, at):
        with pytest.raises(NotAuthorised):
            nominate(LIMING, Office("auditor", START, region=district), by=authority(clerk), at=at)

    def test_names_every_value_that_is_wrong(self, office, clerk, authority, at):
        wrong = Person("clerk", " ", "")
        ended = replace(office, end=START)
        with pytest.raises(RegisterRefused) as refused:
            nominate(wrong, ended, by=authority(clerk), at=at)
        pointers = {one.pointer for one in refused.value.problems}
        assert pointers == {"/end", "/username", "/name", "/reason"}
        assert not Nomination.objects.exists()

    @pytest.mark.parametrize(
        ("role", "places", "pointer"),
        [
            ("officer", (), "/agency"),
            ("auditor", (), "/region"),
            ("officer", ("agency", "region"), "/region"),
            ("security", (), "/role"),
        ],
    )
    def test_says_where_the_office_is_held(
        self, role, places, pointer, agency, district, supervisor, authority, at
    ):
        held = {"agency": agency, "region": district}
        office = Office(role, START, **{name: held[name] for name in places})
        with pytest.raises(RegisterRefused) as refused:
            nominate(LIMING, office, by=authority(supervisor), at=at)
        assert [one.pointer for one in refused.value.problems] == [pointer]

    def test_is_never_for_the_administrations(self):
        assert set().union(*MAY_NOMINATE.values()) == AT_AGENCY | IN_REGION
        assert not {Role.ADMINISTRATOR, Role.SECURITY} & (AT_AGENCY | IN_REGION)


class TestGrant:
    def test_appoints_and_records_both_persons(self, named, liming, security, authority, at):
        done = grant_nomination(named, by=authority(security), at=at)
        assert done.state == "granted"
        assert (done.appointment.account, done.appointment.granted_by) == (liming, security)
        told = Event.objects.filter(object_type="officers.nomination").values_list("verb", "actor")
        assert list(told) == [("nominate", "孙册"), ("grant_nomination", "何安")]

    def test_of_a_sensitive_office_waits_for_the_second_administrator(
        self, office, liming, reviewer, security, authority, at
    ):
        wanted = replace(office, role="approver")
        named = nominate(LIMING, wanted, by=authority(reviewer), at=at)
        done = grant_nomination(named, by=authority(security), at=at)
        assert done.appointment.is_waiting()
        assert not authority(liming, START).roles()

    def test_begins_no_earlier_than_today(self, named, liming, security, authority, at):
        later = at + timedelta(days=60)
        done = grant_nomination(named, by=authority(security, later.date()), at=later)
        assert done.appointment.valid_from == later.date()

    @pytest.mark.parametrize("who", ["clerk", "reviewer", "supervisor", "administrator", "auditor"])
    def test_is_for_security_administrators(self, who, named, liming, request, authority, at):
        with pytest.raises(NotAuthorised):
            grant_nomination(named, by=authority(request.getfixturevalue(who)), at=at)
        assert Nomination.objects.get().state == "waiting"
        assert not liming.appointments.exists()

    def test_refuses_a_name_of_nobody_and_of_somebody_else(self, named, security, authority, at):
        with pytest.raises(NoSuchPerson):
            grant_nomination(named, by=authority(security), at=at)
        factories.account("liming", name="李鸣")
        with pytest.raises(NoSuchPerson):
            grant_nomination(named, by=authority(security), at=at)

    def test_refuses_one_that_was_decided_taken_back_or_is_too_late(
        self, office, named, liming, clerk, security, authority, at
    ):
        withdraw_nomination(named, by=authority(clerk), at=at)
        with pytest.raises(NominationClosed):
            grant_nomination(named, by=authority(security), at=at)
        short = nominate(
            LIMING, replace(office, end=START + timedelta(days=3)), by=authority(clerk), at=at
        )
        later = at + timedelta(days=60)
        with pytest.raises(NominationClosed):
            grant_nomination(short, by=authority(security, later.date()), at=later)
        again = grant_nomination(short, by=authority(security), at=at)
        with pytest.raises(NominationClosed):
            grant_nomination(again, by=authority(security), at=at)

    def test_keeps_the_administrations_apart(
        self, office, clerk, security, second_security, authority, at
    ):
        person = Person(second_security.username, second_security.name, "x")
        named = nominate(person, office, by=authority(clerk), at=at)
        with pytest.raises(SeparationOfDuties):
            grant_nomination(named, by=authority(security), at=at)
        assert Nomination.objects.get().state == "waiting"

    def test_leaves_nothing_when_it_cannot_be_told(
        self, named, liming, security, authority, at, monkeypatch
    ):
        def broken(*args, **kwargs):
            raise RuntimeError("book")

        monkeypatch.setattr(nominating, "_tell", broken)
        with pytest.raises(RuntimeError, match="book"):
            grant_nomination(named, by=authority(security), at=at)
        assert not liming.appointments.exists()
        assert Nomination.objects.get().state == "waiting"


class TestDecline:
    def test_says_why(self, named, security, authority, at):
        done = decline_nomination(named, by=authority(security), at=at, reason="编制已满")
        assert (done.state, done.answer) == ("declined", "编制已满")
        assert Event.objects.get(verb="decline_nomination").reason == "编制已满"

    def test_is_for_security_administrators(self, named, clerk, authority, at):
        with pytest.raises(NotAuthorised):
            decline_nomination(named, by=authority(clerk), at=at, reason="x")


class TestWithdraw:
    def test_is_the_nominators_own(self, named, clerk, reviewer, authority, at):
        with pytest.raises(NotAuthorised):
            withdraw_nomination(named, by=authority(reviewer), at=at)
        assert withdraw_nomination(named, by=authority(clerk), at=at).state == "withdrawn"
        with pytest.raises(NominationClosed):
            withdraw_nomination(named, by=authority(clerk), at=at)


def test_the_database_takes_no_decision_of_the_nominator(named, clerk, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.update(decided_by=clerk, decided_at=at)


class TestOverHttp:
    @pytest.fixture(autouse=True)
    def _now(self, at):
        with travel(at, tick=False):
            yield

    def test_the_page_names_and_decides(self, client, agency, clerk, security, liming):
        client.force_login(clerk)
        sent = {"username": "liming", "name": "李明", "role": "officer", "agency": agency.pk}
        page = client.post("/nominations/", sent | {"start": "2022-07-01", "reason": ""})
        assert (page.status_code, Nomination.objects.count()) == (400, 0)
        client.post("/nominations/", sent | {"start": "2022-07-01", "reason": "新入职"})
        here = f"/nominations/{Nomination.objects.get().pk}/"
        client.force_login(security)
        assert "李明" in client.get("/nominations/").content.decode()
        client.post(f"{here}decline/", {"reason": ""})
        assert Nomination.objects.get().state == "waiting"
        client.post(f"{here}grant/")
        assert liming.appointments.get().agency == agency
        assert client.post(f"{here}steal/").status_code == 404

    def test_a_clerk_is_offered_the_own_agency_and_must_say_it(self, client, agency, clerk):
        client.force_login(clerk)
        form = client.get("/nominations/").context["form"]
        assert list(form.fields["agency"].queryset) == [agency]
        assert "region" not in form.fields
        sent = {"username": "liming", "name": "李明", "role": "officer", "start": "2022-07-01"}
        page = client.post("/nominations/", sent | {"reason": "新入职"})
        assert page.status_code == 400
        assert list(page.context["form"].errors) == ["agency"]

    def test_the_api_does_the_same(
        self, client, agency, supervisor, security, liming, post_seen, stranger_agency
    ):
        client.force_login(supervisor)
        sent = {"username": "liming", "name": "李明", "role": "officer", "start": "2022-07-01"}
        here = "/api/v1/nominations/"
        for code, status in (("TXSJ", 400), ("NOWHERE", 400), ("CYSJ", 201)):
            body = sent | {"agency": code, "reason": "新入职"}
            answer = client.post(here, body, content_type="application/json")
            assert answer.status_code == status
        one = f"{here}{answer.json()['id']}/"
        assert post_seen(f"{one}grant/", {}).status_code == 403
        client.force_login(security)
        assert post_seen(f"{one}grant/", {}).json()["state"] == "granted"
        assert post_seen(f"{one}decline/", {"reason": "x"}).status_code == 409
        assert liming.appointments.get().role == "officer"

    def test_another_agency_knows_nothing_of_it(self, client, named, outsider, stranger_agency):
        factories.appointment(outsider, "clerk", agency=stranger_agency)
        client.force_login(outsider)
        assert "李明" not in client.get("/nominations/").content.decode()
        assert client.get("/api/v1/nominations/").json()["results"] == []
        assert client.post(f"/nominations/{named.pk}/withdraw/").status_code == 404
