"""P40: numbers, passwords and tokens that go in come out nowhere but where the documents say.

Canaries are driven through every page and endpoint, through refusals, jobs, exports and commands;
then the whole database, the log, and every answer is searched for them.
"""

import json
import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies import jobs
from agencies.models import Job
from filings import letters
from filings.models import OwnEntry
from officers.actions.particulars import set_particulars
from tests import factories
from tests.conftest import PASSWORD

IDENTITY, PHONE, CONTACT = "11010519491231002X", "13812345678", "15987654321"
WRONG, TYPED = "Canary-Wrong-Password-1", "Canary-Typed-Password-2"
TOKEN = "jb_canary0000000000000000000000000000000000000"
MAIL = "canary-box@example.com"
CANARIES = (IDENTITY, PHONE, CONTACT, MAIL, WRONG, TYPED, TOKEN, PASSWORD)
ARGUMENTS = {"pk": None, "code": "CYSJ", "name": "officers", "year": 2022}


def paths(patterns=None, before=""):
    """Every address that can be made with the numbers and words at hand."""
    for one in patterns or get_resolver().url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from paths(one.url_patterns, path)
        elif isinstance(one, URLPattern):
            yield path


def address(path, pk):
    plain = path.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\Z", "")
    plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", plain)
    found = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ARGUMENTS.get(m[1]) or pk), plain)
    return "/" + found.replace("/?", "/")


@pytest.fixture
def told(caplog):
    """The log of everything, at its most talkative."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    return caplog


@pytest.fixture
def officer(inspector, clerk, authority, at):
    said = {"identity_number": IDENTITY, "phone": PHONE}
    return set_particulars(inspector.officer, said, by=authority(clerk), at=at, reason="入职")


@pytest.fixture
def people(inspector, clerk, supervisor, auditor, administrator, security):
    return [inspector, clerk, supervisor, auditor, administrator, security]


def dump():
    """Every value of every table, beside the name of its column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if value is not None:
                        text = (
                            bytes(value).decode("utf-8", "replace")
                            if isinstance(value, bytes | memoryview)
                            else str(value)
                        )
                        yield f"{table}.{name}", text


def lying():
    """Where a canary lies in plain text."""
    return {column for column, text in dump() if any(one in text for one in CANARIES)}


def test_the_search_finds_a_canary_that_lies_open(officer, agency):
    factories.officer(agency, name="x", post=PHONE)
    assert lying() == {"officers_officer.post"}


def test_no_page_and_no_endpoint_shows_one(client, officer, people, filing_at, told):
    filing = filing_at("submitted")
    shown = 0
    for who in people:
        client.force_login(who)
        for path in paths():
            of_people = re.search("officer|people|registers|account", path)
            answer = client.get(address(path, officer.pk if of_people else filing.pk))
            shown += answer.status_code == 200
            body = b"".join(answer) if answer.streaming else answer.content
            text = body.decode("utf-8", "replace")
            assert not [one for one in CANARIES if one in text], (who.username, path)
    assert shown > 150
    assert not [one for one in CANARIES if one in told.text]
    assert lying() == set()


def test_what_is_refused_is_not_repeated(client, officer, clerk, inspector, told):
    strange = Client()
    strange.post("/sign-in/", {"username": "clerk", "password": WRONG})
    strange.post("/sign-in/", {"username": "nobody", "password": WRONG})
    strange.get("/api/v1/officers/", headers={"Authorization": f"Bearer {TOKEN}"})
    strange.post("/sign-in/", {"username": "inspector", "password": PASSWORD})
    client.force_login(clerk)
    passwords = {"old_password": WRONG, "new_password1": TYPED, "new_password2": TYPED + "x"}
    here = f"/people/{officer.pk}/"
    texts = [
        client.post("/account/password/", passwords),
        client.post(f"{here}read/", {"reason": f"电话{PHONE}"}),
        client.post("/api/v1/officers/find/", {"phone": PHONE + "00000"}, "application/json"),
        client.post("/api/v1/officers/find/", {"phone": PHONE, "x": 1}, "application/json"),
        client.post(f"/api/v1/officers/{officer.pk}/read/", "{", "application/json"),
    ]
    assert {one.status_code for one in texts} <= {200, 400}
    assert not [c for one in texts for c in CANARIES if c in one.content.decode()]
    assert not [one for one in CANARIES if one in told.text]
    assert lying() == set()


def test_what_is_taken_leaves_no_trace_beside_its_column(client, officer, clerk, inspector, told):
    client.force_login(clerk)
    here = f"/people/{officer.pk}/"
    client.post(f"{here}keep/", {"phone": CONTACT, "reason": "变更"})
    client.post("/people/find/", {"phone": CONTACT, "reason": "来电"})
    full = client.post(f"{here}read/", {"reason": "核对"}).content.decode()
    assert CONTACT in full
    client.force_login(inspector)
    assert IDENTITY in client.post("/account/data/download/").content.decode()
    assert not [one for one in CANARIES if one in told.text]
    assert lying() == set()


def test_the_contact_of_an_enterprise_lies_sealed(client, clerk, subject, told):
    client.force_login(clerk)
    here = reverse("registers:contact", args=[subject.pk])
    said = {"email": MAIL, "phone": CONTACT, "reason": "出示执照"}
    assert client.post(here, said).status_code == 302
    page = client.get(here).content.decode()
    assert "c***@example.com · 159******21" in page
    assert not [one for one in CANARIES if one in page + told.text]
    assert lying() == set()
    for known in (MAIL.upper(), CONTACT):
        strange = Client()
        strange.post("/own/", {"uscc": subject.uscc, "contact": known})
    assert OwnEntry.objects.filter(subject=subject).count() == 2
    letters.settle()
    assert not [one for one in CANARIES if one in told.text]
    assert lying() == set()


def test_jobs_commands_and_exports_carry_none(officer, at, tmp_path, told, capsys):
    for kind in ("officers.forget_keys", "filings.watch_clocks"):
        jobs.order(kind, "canary", params={}, by="test", at=at)
    assert not [one for one in CANARIES if one in json.dumps(list(Job.objects.values("params")))]
    file = tmp_path / "events.jsonl"
    call_command("export_events", output=file)
    call_command("verify_events")
    said = capsys.readouterr()
    assert not [c for c in CANARIES if c in file.read_text() + said.out + said.err + told.text]
