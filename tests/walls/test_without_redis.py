"""What is counted holds, and what was open stays open, when Redis is gone (reliability 0.11)."""

import pytest
from django.core.cache import cache
from django.test import Client
from redis import Redis, RedisError
from time_machine import travel

from config import authentication
from filings import codes
from filings.actions import scanning
from officers.actions import signing_in
from officers.actions.throttling import Limit
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _redis_gone(settings):
    settings.CACHES = {"default": {"BACKEND": "config.hints.Hints", "LOCATION": NOWHERE}}
    settings.REDIS_URL = NOWHERE


def test_it_is_gone():
    """The control: whoever asks Redis itself is answered nothing."""
    with pytest.raises(RedisError), Redis.from_url(NOWHERE) as redis:
        redis.ping()


def test_hints_are_forgotten():
    cache.set("x", 1)
    assert cache.get("x", "nothing") == "nothing"
    assert cache.get_many(["x"]) == {}


def test_guesses_at_a_password_are_counted(clerk):
    sent = {"username": "clerk", "password": "wrong"}
    found = [Client().post("/sign-in/", sent).status_code for _ in range(6)]
    assert found == [200] * 5 + [429]


def test_guesses_at_many_names_are_counted(clerk, monkeypatch):
    monkeypatch.setattr(signing_in, "ADDRESS", Limit("test", 3))
    found = [
        Client().post("/sign-in/", {"username": f"n{n}", "password": "x"}).status_code
        for n in range(4)
    ]
    assert found == [200] * 3 + [429]


def test_wrong_tokens_are_counted(clerk, monkeypatch):
    monkeypatch.setattr(authentication, "MISSES", Limit("test", 2))
    headers = {"Authorization": "Bearer jb_wrong"}
    found = [Client().get("/api/v1/filings/", headers=headers).status_code for _ in range(3)]
    assert found == [401, 401, 429]


def test_misses_at_the_door_are_counted(client):
    most = scanning.MISSES.most
    found = [client.get(f"/c/{codes.token(str(n))}").status_code for n in range(most + 1)]
    assert found[-1] == 429
    assert 429 not in found[:most]


def test_who_signs_in_works_on(client, reviewer, filing_at, at):
    filing = filing_at("submitted")
    with travel(at, tick=False):
        assert client.post("/sign-in/", {"username": "reviewer", "password": PASSWORD}).url
        for path in ("/filings/queue/", f"/filings/{filing.pk}/", "/api/v1/filings/"):
            assert client.get(path).status_code == 200
        sent = {"version": filing.version}
        assert client.post(f"/filings/{filing.pk}/approve/", sent).status_code == 302
