"""Writes take no field that is not theirs (P30), lists no parameter that is not theirs (P31)."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from agencies.models import Event
from tests.walls import asking, bodies, table
from tests.walls import world as worlds

pytestmark = pytest.mark.django_db
APPS = ("agencies", "officers", "filings", "reports")
LINES = table.lines()
WRITES = [
    key
    for key, line in LINES.items()
    if key.startswith("POST /api/") and key not in bodies.FILES and key not in bodies.RAW
]
LISTS = [
    key
    for key, line in LINES.items()
    if key.startswith("GET /api/v1/") and not line.of and key != "GET /api/v1/"
]
NOBODYS = {"_method", "__proto__", "approved_by_id", "is_staff", "is_superuser", "role", "csrf"}
STRANGE = [
    "agency_idd=5",
    "status__regex=draft",
    "agency__region__path=22",
    "id__gt=0",
    "ordering=password",
    "ordering=-agency__code",
    "ordering=?",
    "limit=0",
    "limit=-1",
    "limit=1000000000",
    "limit=１０",
    "page_size=100000",
    "offset=100000000000000000000",
    "cursor=x",
    "cursor=a&cursor=b",
    "fields=password",
    "fields=id&fields=id",
    "%00=1",
    "a%0ab=1",
    "format=csv",
    "q[]=1",
    "status[ne]=draft",
    "_=1",
    "page=1",
]


def every_field():
    """The name of every field of every model of ours, and some that are nobody's."""
    found = set(NOBODYS)
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.get_fields():
                found |= {field.name, getattr(field, "attname", field.name)}
    return found


def may(line):
    """Somebody who gets past the wall."""
    by_word = {word: person for person, word in reversed(line.answers.items())}
    return by_word.get("may") or by_word["hidden"]


@pytest.mark.parametrize("key", WRITES)
def test_a_write_refuses_every_field_that_is_not_its_own(key, world):
    line = LINES[key]
    person = may(line)
    good = bodies.SENT.get(line.method_and_route, lambda world: {})(world)
    path = line.method_and_route.split()[1].format(**line.address(world, "own"))
    world.client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[person]
    with transaction.atomic():
        headers = {
            "Idempotency-Key": "walls-walls-walls",
            "If-Match": asking._tag(world, person, path),
        }
        before = Event.objects.count()
        sent = dict.fromkeys(every_field(), "x") | good
        answer = world.client.post(
            path, json.dumps(sent), content_type="application/json", headers=headers, secure=True
        )
        left = Event.objects.count() - before
        transaction.set_rollback(True)
    assert (answer.status_code, left) == (400, 0), answer.content.decode()[:300]
    refused = [one for one in answer.json()["problems"] if one["code"] == "unknown_field"]
    known = set(refused[0]["message"].rstrip(".").split(": ")[1].split(", "))
    named = {one["pointer"].lstrip("/") for one in refused}
    assert named == {one[:60] for one in sent} - known


@pytest.mark.parametrize("key", LISTS)
def test_a_list_refuses_every_parameter_that_is_not_its_own(key, world):
    line = LINES[key]
    person = next(one for one in worlds.PERSONS if line.answers[one] == "may")
    world.client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[person]
    path = line.method_and_route.split()[1]
    taken = []
    for query in STRANGE:
        answer = world.client.get(f"{path}?{query}", secure=True)
        # An unknown form of the answer is what the framework calls not found.
        if answer.status_code != (404 if query.startswith("format=") else 400):
            taken.append(f"{query}: {answer.status_code}")
    assert taken == []
