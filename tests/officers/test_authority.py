"""What an appointment lets one do and see, and for how long."""

from datetime import date

import pytest

from agencies.calendar import midnight
from agencies.models import Agency
from officers.authority import Authority
from officers.models import Officer
from officers.roles import GRANTS, Permission, Role
from tests import factories

DAY = date(2022, 6, 15)
MOMENT = midnight(DAY)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_grants_what_the_table_says(role, permission, agency, city):
    place = {"agency": agency} if role in ("officer", "approver", "clerk") else {}
    place = {"region": city} if role in ("supervisor", "environment", "auditor") else place
    account = factories.account("someone")
    factories.appointment(account, role, **place)
    assert Authority.of(account, DAY).may(permission) == (permission in GRANTS[role])


def test_an_appointment_ends_on_its_day(agency):
    account = factories.account("someone")
    factories.appointment(account, "clerk", agency=agency, valid_to=date(2022, 6, 15))
    assert Authority.of(account, date(2022, 6, 14)).may(Permission.REGISTER_WRITE)
    assert not Authority.of(account, DAY).may(Permission.REGISTER_WRITE)


def test_an_account_switched_off_may_nothing(inspector):
    inspector.is_active = False
    assert Authority.of(inspector, DAY).roles() == set()


def test_an_agency_role_ends_at_its_agency(inspector, agency, stranger_agency, authority):
    held = authority(inspector)
    assert held.may(Permission.FILING_DRAFT, agency)
    assert not held.may(Permission.FILING_DRAFT, stranger_agency)
    assert held.agencies(Permission.FILING_DRAFT) == [agency]


def test_a_supervisor_covers_the_divisions_below(auditor, agency, stranger_agency, authority):
    held = authority(auditor)
    assert held.may(Permission.FILING_READ, agency)
    assert not held.may(Permission.FILING_READ, stranger_agency)


def test_the_book_records_the_role_that_acted(inspector, agency, authority):
    factories.appointment(inspector, "clerk", agency=agency)
    actor = authority(inspector).actor(Permission.REGISTER_WRITE, agency)
    assert (actor.name, actor.role) == ("王检", "clerk")


def test_one_sees_only_ones_own(inspector, supervisor, administrator, outsider, authority):
    officers = Officer.objects.all()
    assert set(officers.visible_to(authority(inspector))) == {inspector.officer}
    assert set(officers.visible_to(authority(supervisor))) == {inspector.officer}
    assert not officers.visible_to(authority(administrator)).exists()
    assert not officers.visible_to(authority(outsider)).exists()
    assert Agency.objects.count() == 2


def test_a_certified_officer_holds_a_valid_certificate(inspector, agency):
    factories.officer(agency, certified=False)
    assert list(Officer.objects.certified(DAY)) == [inspector.officer]
    inspector.officer.certificates.update(status="revoked")
    assert not Officer.objects.certified(DAY).exists()


class TestSignedIn:
    def test_reads_every_appointment_of_the_day_in_one_question(
        self, inspector, agency, django_assert_num_queries
    ):
        factories.appointment(inspector, "clerk", agency=agency)
        factories.appointment(inspector, "approver", agency=agency, valid_to=DAY)
        with django_assert_num_queries(1):
            held = Authority.signed_in(inspector.pk, MOMENT)
            places = {(one.role, one.agency.region.path) for one in held.appointments}
        assert places == {(role, agency.region.path) for role in ("officer", "clerk")}
        assert held.account == inspector

    def test_knows_one_of_whom_nothing_is_in_force(self, db):
        account = factories.account("someone")
        held = Authority.signed_in(account.pk, MOMENT)
        assert (held.account, held.appointments) == (account, ())

    def test_gives_nothing_to_a_barred_account(self, inspector):
        inspector.is_active = False
        inspector.save()
        assert Authority.signed_in(inspector.pk, MOMENT).appointments == ()

    def test_knows_no_account_that_is_not_there(self, db):
        assert Authority.signed_in(4711, MOMENT) is None
