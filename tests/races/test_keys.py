"""Fifty equal requests at once, on real connections: one filing, one event, one answer."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from agencies.models import Event
from filings.models import Filing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer at a time; its in-memory test database one connection",
    ),
]
MANY = 50


@pytest.fixture
def body(wording):
    return wording


def at_once(inspector, count, path, bodies, **headers):
    """The answers to `count` posts begun together by one signed-in account."""
    clients = [Client() for _ in range(count)]
    for client in clients:
        client.force_login(inspector)
    gate = Barrier(count)

    def post(number):
        try:
            gate.wait(30)
            said = bodies[number % len(bodies)]
            return clients[number].post(path, said, "application/json", headers=headers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(post, range(count)))


def test_equal_requests_with_one_key_make_one_filing(inspector, body):
    key = {"Idempotency-Key": "fifty-at-once"}
    answers = at_once(inspector, MANY, "/api/v1/filings/", [body], **key)
    counts = Counter(answer.status_code for answer in answers)
    assert set(counts) <= {201, 409}
    assert counts[201] >= 1
    made = [answer.content for answer in answers if answer.status_code == 201]
    assert len(set(made)) == 1
    assert Filing.objects.count() == Event.objects.filter(verb="draft").count() == 1
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert all(answer["Retry-After"] == "1" for answer in waiting)
    assert all(answer.json()["code"] == "key_in_use" for answer in waiting)


def test_of_two_bodies_under_one_key_one_is_refused(inspector, body):
    key = {"Idempotency-Key": "two-bodies"}
    other = body | {"place": "别处"}
    answers = at_once(inspector, 10, "/api/v1/filings/", [body, other], **key)
    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert 422 in {answer.status_code for answer in answers}
    assert Filing.objects.count() == 1


def test_of_many_who_saw_one_version_one_moves_it(inspector, filing_at):
    filing = filing_at("draft")
    path = f"/api/v1/filings/{filing.pk}/withdraw/"
    answers = at_once(inspector, 8, path, [{"reason": "计划变更"}], **{"If-Match": '"1"'})
    counts = Counter(answer.status_code for answer in answers)
    assert counts[200] == 1
    assert set(counts) <= {200, 409, 412}
    assert Event.objects.filter(verb="withdraw").count() == 1
