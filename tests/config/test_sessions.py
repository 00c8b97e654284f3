"""A session ends by itself, changes its key at sign-in, and carries no stale authority."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(answer):
    return "/sign-in/" not in answer.headers.get("Location", "")


def test_ends_after_half_an_hour_without_a_request(client, clerk):
    client.force_login(clerk)
    now = timezone.now()
    with travel(now + timedelta(minutes=29), tick=False):
        assert signed_in(client.get("/filings/"))
    with travel(now + timedelta(minutes=58), tick=False):
        assert signed_in(client.get("/filings/"))
    with travel(now + timedelta(minutes=89), tick=False):
        assert not signed_in(client.get("/filings/"))
    assert not signed_in(client.get("/filings/"))


def test_ends_after_twelve_hours_however_busy(client, clerk):
    client.force_login(clerk)
    now = timezone.now()
    for minutes in range(20, 12 * 60, 20):
        with travel(now + timedelta(minutes=minutes), tick=False):
            assert signed_in(client.get("/accounts/"))
    with travel(now + timedelta(hours=12, seconds=1), tick=False):
        assert not signed_in(client.get("/accounts/"))


def test_gets_a_new_key_at_sign_in(client, clerk):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sid"] = planted = session.session_key
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert client.session.session_key != planted
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_a_barred_account_is_out_at_the_next_request(client, clerk):
    client.force_login(clerk)
    assert client.get("/filings/").status_code == 200
    clerk.is_active = False
    clerk.save()
    assert not signed_in(client.get("/filings/"))


def test_an_ended_appointment_is_felt_at_the_next_request(client, clerk):
    client.force_login(clerk)
    assert client.get("/filings/").status_code == 200
    clerk.appointments.update(valid_to=timezone.localdate())
    assert client.get("/filings/").status_code == 403
