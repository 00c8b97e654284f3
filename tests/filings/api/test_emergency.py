"""An emergency over HTTP: begun at the door, filed in full afterwards."""

from uuid import uuid4

import pytest

from filings.editing import CHANGES
from filings.models import Filing
from filings.workflow import Verb
from tests.filings.api.conftest import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def sudden(wording):
    """What is said at the door; nothing was planned, so there is no planned start."""
    del wording["planned_start"]
    return wording | {
        "arrived_at": "2022-06-15T11:30:00+08:00",
        "reason": "燃气泄漏",
        "reported_to": "赵批",
        "code_shown": True,
    }


@pytest.fixture
def open_(client, inspector):
    def post(body, **headers):
        client.force_login(inspector)
        headers = {"Idempotency-Key": uuid4().hex} | headers
        place = "/api/v1/filings/open_emergency/"
        return client.post(place, body, content_type="application/json", headers=headers)

    return post


def test_begins_on_site_without_a_number(open_, sudden):
    answer = open_(sudden)
    assert answer.status_code == 201, answer.json()
    shown = answer.json()
    assert (shown["status"], shown["number"], shown["emergency"]) == ("on_site", None, True)
    assert shown["reported_to"] == "赵批"
    assert shown["visit"]["code_shown"] is True
    assert shown["planned_start"] == "2022-06-15T11:30:00+08:00"
    assert [one["clock"] for one in shown["clocks"]] == ["back_file", "result"]


def test_names_every_thing_that_is_missing(open_, sudden):
    answer = open_(sudden | {"arrived_at": "2022-06-15T23:00:00+08:00", "reported_to": " "})
    assert answer.status_code == 400
    assert {pointer for pointer, _code in codes(answer)} == {"/reported_to"}
    answer = open_(sudden | {"arrived_at": "2022-06-15T17:00:00+08:00"})
    assert codes(answer) == {("arrived_at", "arrival_in_future")}


def test_is_done_once_and_needs_a_key(open_, sudden, client):
    first = open_(sudden, **{"Idempotency-Key": "emergency-1"})
    assert open_(sudden, **{"Idempotency-Key": "emergency-1"}).json() == first.json()
    assert Filing.objects.count() == 1
    bare = client.post("/api/v1/filings/open_emergency/", sudden, "application/json")
    assert (bare.status_code, bare.json()["code"]) == (400, "key_missing")


def test_is_filed_in_full_afterwards(open_, sudden, wording, call, inspector, reviewer):
    begun = open_(sudden | {"officers": [], "items": []}).json()
    filing = Filing.objects.get(pk=begun["id"])
    full = {k: v for k, v in wording.items() if k not in ("arrived_at", "reason", "reported_to")}
    full.pop("code_shown", None)
    said = full | {"planned_start": "2022-06-15T11:30:00+08:00", "fault": ""}
    answer = call(inspector, filing, Verb.BACK_FILE, said)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["back_filed_at"]
    filing.refresh_from_db()
    approved = call(reviewer, filing, Verb.APPROVE_AFTERWARDS, {"opinion": "属实"})
    assert approved.json()["number"]
    assert approved.json()["approval_kind"] == "after"


def test_the_fields_that_can_be_written_anew_are_named(open_, sudden):
    shown = open_(sudden).json()
    assert "back_file" in shown["can"]
    assert set(shown["editable"]) == CHANGES[Verb.BACK_FILE]
