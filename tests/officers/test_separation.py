"""P43: twenty ways to bring two administrations into one hand, and what each comes to.

Half of them go through the verbs and pages, half straight at the database.
"""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agencies import guards as event_guards
from agencies.authority import NotAuthorised
from agencies.journal import Actor, breaks
from agencies.models import Event
from officers import guards
from officers.actions.accounts import create_account
from officers.actions.appointing import Office, appoint, confirm
from officers.authority import Authority
from officers.models import Account, Appointment
from officers.policy import NothingToConfirm, SeparationOfDuties
from officers.roles import APART, GRANTS, Permission, Role
from tests import factories

START = date(2022, 6, 15)
TRIES = [
    ("administrator", "security"),
    ("administrator", "auditor"),
    ("security", "auditor"),
    ("security", "supervisor"),
    ("administrator", "approver"),
    ("security", "officer"),
]


@pytest.fixture
def places(agency, city):
    return {
        role: {"agency": agency} if role in ("officer", "approver", "clerk") else {"region": city}
        for role in ("officer", "approver", "clerk", "supervisor", "auditor")
    }


@pytest.fixture
def guarded(db):
    guards.OFFICES_STAFFED.install(connection)
    guards.HOLDERS_ADMITTED.install(connection)


def refused():
    return pytest.raises(DatabaseError, match=r"two offices|last holder|never changed")


class TestTwoAdministrations:
    @pytest.mark.parametrize(("one", "other"), TRIES)
    def test_are_refused_by_the_verb(self, one, other, places, security, authority, at):
        person = factories.account("both")
        factories.appointment(person, one, **places.get(one, {}))
        office = Office(other, START, **places.get(other, {}))
        with pytest.raises(SeparationOfDuties):
            appoint(person, office, by=authority(security), at=at)
        assert Authority.of(person, START).roles() == {one}
        assert not Event.objects.exists()

    @pytest.mark.parametrize(("one", "other"), TRIES)
    @pytest.mark.parametrize("order", [1, -1])
    def test_are_refused_by_the_database(self, one, other, order, places, db):
        person = factories.account("both")
        first, second = (one, other)[::order]
        factories.appointment(person, first, **places.get(first, {}))
        with refused(), transaction.atomic():
            factories.appointment(person, second, **places.get(second, {}))
        with refused(), transaction.atomic():
            factories.appointment(
                person, second, valid_to=date(2021, 1, 1), **places.get(second, {})
            )

    def test_are_refused_when_an_office_is_moved_or_lengthened(self, administrator, city):
        other = factories.account("other")
        factories.appointment(other, "auditor", region=city)
        with refused(), transaction.atomic():
            other.appointments.update(account=administrator)
        ended = factories.appointment(
            administrator,
            "auditor",
            region=city,
            valid_from=date(2019, 1, 1),
            valid_to=date(2020, 1, 1),
        )
        with refused(), transaction.atomic():
            Appointment.objects.filter(pk=ended.pk).update(valid_to=date(2020, 1, 2))

    def test_may_follow_one_another(self, security, authority, city, at):
        person = factories.account("mover")
        factories.appointment(person, "auditor", region=city, valid_to=START)
        made = appoint(person, Office("administrator", START), by=authority(security), at=at)
        assert made.pk

    def test_names_every_pair_of_the_three(self):
        three = (Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR)
        assert {frozenset({a, b}) for a in three for b in three if a != b} <= APART


class TestEachAdministration:
    def test_of_the_system_and_of_security_reads_no_filing(
        self, client, administrator, security, filing_at
    ):
        filing = filing_at("submitted")
        for who in (administrator, security):
            client.force_login(who)
            paths = (f"/filings/{filing.pk}/", f"/api/v1/filings/{filing.pk}/", "/filings/")
            assert {client.get(path).status_code for path in paths} <= {403, 404}
            assert filing.subject.name not in client.get("/", follow=True).content.decode()

    def test_of_the_system_grants_nothing(self, administrator, clerk, authority, at):
        with pytest.raises(NotAuthorised):
            appoint(clerk, Office("administrator", START), by=authority(administrator), at=at)
        with pytest.raises(NotAuthorised):
            create_account("new", "新人", by=authority(administrator), at=at)

    def test_of_audit_grants_itself_nothing(self, auditor, authority, at):
        with pytest.raises(NotAuthorised):
            appoint(auditor, Office("security", START), by=authority(auditor), at=at)
        assert authority(auditor).roles() == {"auditor"}

    def test_of_security_changes_no_event(self, agency, security, at):
        with transaction.atomic():
            appoint(
                factories.account("x"),
                Office("clerk", START, agency=agency),
                by=Actor("console"),
                at=at,
            )
        event_guards.install(connection)
        with refused(), transaction.atomic():
            Event.objects.update(actor="别人")
        assert list(breaks("system")) == []

    @pytest.mark.parametrize("role", ["administrator", "security"])
    def test_has_no_permission_over_filings(self, role):
        over = {one for one in Permission if one.startswith(("filing.", "year.", "register."))}
        assert not GRANTS[Role(role)] & over


class TestASecondPerson:
    @pytest.fixture
    def granted(self, clerk, agency, security, authority, at):
        office = Office("approver", START, agency=agency)
        return appoint(clerk, office, by=authority(security), at=at)

    def test_brings_a_sensitive_office_into_force(
        self, granted, clerk, second_security, authority, at
    ):
        assert authority(clerk).roles() == {"clerk"}
        confirm(granted, by=authority(second_security), at=at)
        assert authority(clerk).roles() == {"clerk", "approver"}
        event = Event.objects.get(verb="confirm_appointment")
        assert (event.actor, event.role) == ("许安", "security")
        with pytest.raises(NothingToConfirm):
            confirm(granted, by=authority(second_security), at=at)

    def test_is_another_one_than_the_first(self, granted, security, authority, at):
        with pytest.raises(NotAuthorised):
            confirm(granted, by=authority(security), at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=granted.pk).update(confirmed_by=security, confirmed_at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=granted.pk).update(confirmed_at=at)

    def test_is_not_the_appointed_one(self, clerk, second_security, security, authority, at):
        made = factories.appointment(
            second_security, "security", valid_from=START + timedelta(days=1), confirmed_at=None
        )
        with pytest.raises(NotAuthorised):
            confirm(made, by=authority(second_security), at=at)
        for column in ("granted_by", "confirmed_by"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Appointment.objects.filter(pk=made.pk).update(**{column: second_security})

    def test_is_a_security_administrator(self, granted, administrator, auditor, authority, at):
        for other in (administrator, auditor):
            with pytest.raises(NotAuthorised):
                confirm(granted, by=authority(other), at=at)

    def test_confirms_on_the_page(self, client, granted, clerk, second_security):
        client.force_login(second_security)
        page = client.get("/accounts/")
        assert clerk.name in page.content.decode()
        (waiting,) = page.context["waiting"]
        answer = client.post(f"/appointments/{granted.pk}/confirm/", {"seen": waiting.seen})
        assert answer.headers["Location"] == f"/accounts/{clerk.pk}/"
        assert Appointment.objects.get(pk=granted.pk).confirmed_by == second_security


class TestTheLastOfEach:
    @pytest.fixture(params=["security", "auditor", "administrator"])
    def last(self, request, guarded):
        return request.getfixturevalue(request.param)

    def test_is_neither_ended_nor_deleted_nor_barred(self, last):
        held = last.appointments
        with refused(), transaction.atomic():
            held.update(valid_to=date(2022, 1, 1))
        with refused(), transaction.atomic():
            held.update(confirmed_at=None)
        with refused(), transaction.atomic():
            held.all()._raw_delete("default")
        with refused(), transaction.atomic():
            Account.objects.filter(pk=last.pk).update(is_active=False)

    def test_leaves_when_another_one_is_there(self, last):
        held = last.appointments.get()
        other = factories.account("other")
        factories.appointment(other, held.role, region=held.region)
        Account.objects.filter(pk=last.pk).update(is_active=False)
        with refused(), transaction.atomic():
            Account.objects.filter(pk=other.pk).update(is_active=False)
        last.appointments.update(valid_to=date(2022, 1, 1))
        assert last.appointments.get().valid_to == date(2022, 1, 1)
