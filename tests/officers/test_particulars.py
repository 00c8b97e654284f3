"""Identity and phone numbers of officers: enciphered, masked, read with a reason."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import breaks
from agencies.models import Event
from agencies.refusals import RegisterRefused
from officers.actions.particulars import find_officer, read_particulars, set_particulars
from officers.authority import Authority
from officers.models import Officer
from tests import factories

IDENTITY, PHONE = "11010519491231002X", "13812345678"
BOTH = {"identity_number": IDENTITY, "phone": PHONE}


@pytest.fixture
def keeper(clerk, authority):
    return authority(clerk)


@pytest.fixture
def officer(inspector, keeper, at):
    return set_particulars(inspector.officer, BOTH, by=keeper, at=at, reason="入职")


def column(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM officers_officer ORDER BY id LIMIT 1")
        names = [one[0] for one in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))[name]


class TestSetting:
    def test_enciphers_them_and_tells_the_book_only_that(self, officer):
        assert (str(officer.identity_number), str(officer.phone)) == (
            "1****************X",
            "138******78",
        )
        for name, value in BOTH.items():
            assert value not in column(name)
            assert value not in column(f"{name}_found_by")
        event = Event.objects.get(verb="set_particulars")
        assert event.reason == "入职"
        assert IDENTITY not in event.payload
        assert PHONE not in event.payload

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("identity_number", "110105194912310021"),
            ("identity_number", "11010519491331002X"),
            ("identity_number", "１１０１０５19491231002X"),
            ("phone", "138"),
            ("phone", "电话13812345678"),
        ],
    )
    def test_refuses_what_is_none_without_repeating_it(self, inspector, keeper, at, name, value):
        with pytest.raises(RegisterRefused) as refused:
            set_particulars(inspector.officer, {name: value}, by=keeper, at=at, reason="x")
        (problem,) = refused.value.problems
        assert problem.pointer == f"/{name}"
        assert value not in problem.message
        assert not Event.objects.exists()

    def test_is_the_clerks(self, inspector, supervisor, outsider, authority, at):
        for other in (inspector, supervisor, outsider):
            with pytest.raises(NotAuthorised):
                set_particulars(inspector.officer, BOTH, by=authority(other), at=at, reason="x")
        assert column("phone") == ""


class TestReading:
    @pytest.mark.parametrize("who", ["clerk", "supervisor"])
    def test_in_full_is_an_event_with_its_reason(self, who, request, officer, authority, at):
        by = authority(request.getfixturevalue(who))
        found = read_particulars(officer, by=by, at=at, reason="核对身份")
        assert (found.identity_number, found.phone) == (IDENTITY, PHONE)
        event = Event.objects.get(verb="read_particulars")
        assert (event.actor, event.reason) == (by.account.name, "核对身份")
        assert list(breaks(officer.agency.code)) == []

    @pytest.mark.parametrize(
        "who", ["reviewer", "inspector", "auditor", "administrator", "security", "outsider"]
    )
    def test_is_closed_to(self, who, request, officer, authority, at):
        with pytest.raises(NotAuthorised):
            read_particulars(officer, by=authority(request.getfixturevalue(who)), at=at, reason="x")
        assert not Event.objects.filter(verb="read_particulars").exists()

    def test_needs_a_reason(self, officer, keeper, at):
        with pytest.raises(RegisterRefused):
            read_particulars(officer, by=keeper, at=at, reason=" ")


class TestFinding:
    @pytest.mark.parametrize("said", [{"phone": "138 1234 5678"}, {"identity_number": IDENTITY}])
    def test_takes_the_exact_number(self, officer, keeper, at, said):
        assert find_officer(said, by=keeper, at=at, reason="来电") == officer
        event = Event.objects.get(verb="find_by_number")
        assert PHONE not in event.payload
        assert IDENTITY not in event.payload

    def test_finds_nobody_by_a_part(self, officer, keeper, at):
        assert find_officer({"phone": PHONE[:-1]}, by=keeper, at=at, reason="来电") is None

    def test_stays_inside_the_own_agency(self, officer, stranger_agency, at):
        other = factories.account("other-clerk")
        factories.appointment(other, "clerk", agency=stranger_agency)
        by = Authority.of(other, local_date(at))
        assert find_officer({"phone": PHONE}, by=by, at=at, reason="x") is None

    def test_goes_on_while_keys_are_changed(self, officer, keeper, at, settings, capsys):
        before = column("phone")
        settings.FIELD_KEYS = ["k" * 40, settings.SECRET_KEY]
        assert find_officer({"phone": PHONE}, by=keeper, at=at, reason="x") == officer
        call_command("reencipher")
        assert "1 rows" in capsys.readouterr().out
        settings.FIELD_KEYS = ["k" * 40]
        assert column("phone") != before
        assert find_officer({"phone": PHONE}, by=keeper, at=at, reason="x") == officer
        call_command("reencipher")
        assert "Officer: 0 rows" in capsys.readouterr().out


class TestPages:
    def test_show_the_ends_and_in_full_for_a_reason(self, client, officer, clerk):
        client.force_login(clerk)
        here = f"/people/{officer.pk}/"
        assert here in client.get(f"/registers/officers/{officer.pk}/").content.decode()
        page = client.get(here).content.decode()
        assert "1****************X" in page
        assert IDENTITY not in page
        assert client.post(f"{here}read/", {"reason": ""}).status_code == 400
        assert IDENTITY in client.post(f"{here}read/", {"reason": "核对"}).content.decode()

    def test_set_and_find(self, client, inspector, clerk):
        client.force_login(clerk)
        here = f"/people/{inspector.officer.pk}/"
        wrong = client.post(f"{here}keep/", {"phone": "1", "reason": "入职"})
        assert wrong.status_code == 400
        assert client.post(f"{here}keep/", {"phone": PHONE, "reason": "入职"}).status_code == 302
        found = client.post("/people/find/", {"phone": PHONE, "reason": "来电"})
        assert found.headers["Location"] == here
        none = client.post("/people/find/", {"phone": "13900000000", "reason": "来电"})
        assert none.status_code == 400

    @pytest.mark.parametrize(
        ("who", "status"), [("inspector", 403), ("administrator", 403), ("outsider", 403)]
    )
    def test_are_closed_to(self, client, officer, request, who, status):
        client.force_login(request.getfixturevalue(who))
        assert client.get(f"/people/{officer.pk}/").status_code == status
        assert client.get("/people/find/").status_code == status

    def test_hide_officers_of_another_agency(self, client, officer, stranger_agency):
        other = factories.account("other-clerk")
        factories.appointment(other, "clerk", agency=stranger_agency)
        client.force_login(other)
        assert client.get(f"/people/{officer.pk}/").status_code == 404
        answer = client.post(f"/people/{officer.pk}/read/", {"reason": "x"})
        assert answer.status_code == 404


class TestApi:
    def test_masks_in_lists_and_reads_with_a_reason(self, client, officer, clerk):
        client.force_login(clerk)
        here = f"/api/v1/officers/{officer.pk}/"
        shown = client.get("/api/v1/officers/").json()["results"][0]
        assert (shown["identity_number"], shown["phone"]) == ("1****************X", "138******78")
        json = "application/json"
        assert client.post(f"{here}read/", {}, json).status_code == 400
        full = client.post(f"{here}read/", {"reason": "核对"}, json).json()
        assert full == BOTH
        found = client.post("/api/v1/officers/find/", {"phone": PHONE, "reason": "来电"}, json)
        assert found.json()["id"] == officer.pk

    def test_sets_them(self, client, inspector, clerk):
        client.force_login(clerk)
        officer = f"/api/v1/officers/{inspector.officer.pk}/"
        here = f"{officer}particulars/"
        seen = {"If-Match": client.get(officer).headers["ETag"]}
        body = {"phone": PHONE, "reason": "入职"}
        answer = client.post(here, body, "application/json", headers=seen)
        assert answer.json()["phone"] == "138******78"
        seen = {"If-Match": answer.headers["ETag"]}
        body = {"phone": "1", "reason": "入职"}
        wrong = client.post(here, body, "application/json", headers=seen)
        assert wrong.json()["problems"][0]["pointer"] == "/phone"
        assert Officer.objects.get(pk=inspector.officer.pk).phone.reveal() == PHONE

    def test_hides_others(self, client, officer, outsider):
        client.force_login(outsider)
        body = {"reason": "x"}
        here = f"/api/v1/officers/{officer.pk}/read/"
        assert client.post(here, body, "application/json").status_code == 404


def test_a_barred_clerk_reads_nothing(client, officer, clerk):
    client.force_login(clerk)
    clerk.appointments.update(valid_to=timezone.localdate())
    assert client.post(f"/people/{officer.pk}/read/", {"reason": "x"}).status_code == 403
