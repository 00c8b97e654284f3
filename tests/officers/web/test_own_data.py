"""Everybody may see and take away what is held of him or her, and only that."""

import pytest
from django.utils import timezone

from agencies.models import Event
from officers.actions.particulars import set_particulars

pytestmark = pytest.mark.django_db
NUMBERS = {"identity_number": "11010519491231002X", "phone": "13812345678"}


@pytest.fixture
def officer(inspector, clerk, authority, at):
    said = {"by": authority(clerk), "at": at, "reason": "入职"}
    return set_particulars(inspector.officer, NUMBERS, **said)


def test_an_officer_downloads_his_own_data(client, officer, inspector):
    client.force_login(inspector)
    page = client.get("/account/data/").content.decode()
    assert "1****************X" in page
    assert NUMBERS["phone"] not in page
    answer = client.post("/account/data/download/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = answer.json()
    assert found["account"]["user_name"] == "inspector"
    assert found["officer"]["identity_number"] == NUMBERS["identity_number"]
    assert found["officer"]["phone"] == NUMBERS["phone"]
    assert [one["role"] for one in found["appointments"]] == ["officer"]
    assert {"verb": "set_particulars", "reason": "入职"}.items() <= found["events"][0].items()


def test_the_download_is_an_event_without_the_numbers(client, officer, inspector):
    client.force_login(inspector)
    client.post("/account/data/download/")
    event = Event.objects.get(verb="export_own_data")
    assert (event.actor, event.object_id) == ("王检", str(inspector.pk))
    assert not any(number in event.payload for number in NUMBERS.values())


def test_it_holds_nothing_of_others(client, officer, partner, clerk):
    client.force_login(partner)
    text = client.post("/account/data/download/").content.decode()
    assert not any(value in text for value in (*NUMBERS.values(), "王检", clerk.name))


def test_one_who_is_no_officer_has_an_account(client, administrator):
    client.force_login(administrator)
    assert client.get("/account/data/").status_code == 200
    assert client.post("/account/data/download/").json()["officer"] is None


def test_a_barred_person_takes_nothing_away(client, inspector):
    client.force_login(inspector)
    inspector.is_active = False
    inspector.save()
    assert client.post("/account/data/download/").status_code == 302
    assert not Event.objects.filter(verb="export_own_data", at__lte=timezone.now()).exists()
