"""Guessing ends after five tries; the owner's own device still gets in."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone
from time_machine import travel

from agencies.models import Event
from officers.actions import signing_in
from officers.actions.throttling import Limit, TooManyAttempts, take
from officers.models import Throttle
from officers.web.caller import address
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def attempt(client, username="clerk", word="wrong", **more):
    return client.post("/sign-in/", {"username": username, "password": word}, **more)


def statuses(client, times, **more):
    return [attempt(client, **more).status_code for _ in range(times)]


class TestGuessing:
    def test_ends_after_five_tries_even_with_the_right_password(self, client, clerk):
        assert statuses(client, 6) == [200] * 5 + [429]
        answer = attempt(client, word=PASSWORD)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 900

    def test_may_begin_again_after_a_quarter_of_an_hour(self, client, clerk):
        statuses(client, 6)
        with travel(timezone.now() + timedelta(minutes=16), tick=False):
            assert attempt(client, word=PASSWORD).status_code == 302

    def test_from_other_devices_does_not_lock_the_owner_out(self, client, clerk):
        assert attempt(client, word=PASSWORD).status_code == 302
        statuses(Client(), 8)
        client.post("/sign-out/")
        assert attempt(client, word=PASSWORD).status_code == 302

    def test_on_a_known_device_ends_too(self, client, clerk):
        attempt(client, word=PASSWORD)
        client.post("/sign-out/")
        assert statuses(client, 6)[-1] == 429

    def test_is_not_helped_by_another_persons_device(self, client, clerk, inspector):
        attempt(client, "inspector", PASSWORD)
        client.post("/sign-out/")
        assert statuses(client, 6)[-1] == 429

    def test_over_many_names_ends_by_address(self, client, monkeypatch):
        monkeypatch.setattr(signing_in, "ADDRESS", Limit("test", 7))
        found = [attempt(client, f"name{n}").status_code for n in range(9)]
        assert found == [200] * 7 + [429] * 2

    def test_success_uses_nothing_up(self, clerk):
        for _ in range(7):
            assert attempt(Client(), word=PASSWORD).status_code == 302
        assert Event.objects.filter(chain="system", verb="sign_in").count() == 7

    def test_a_changed_cookie_is_a_strange_device(self):
        cookie = signing_in.device_cookie("clerk")
        assert signing_in.known_device(cookie, "clerk")
        assert signing_in.known_device(cookie, "inspector") == ""
        assert signing_in.known_device(cookie[:-1], "clerk") == ""
        assert signing_in.known_device("", "clerk") == ""


class TestNames:
    @pytest.fixture
    def hashes(self, monkeypatch):
        """How many hashes were computed."""
        done = []
        real = MD5PasswordHasher.encode

        def encode(self, password, salt):
            done.append(salt)
            return real(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
        return done

    def test_unknown_barred_and_known_ones_cost_one_hash(self, client, clerk, reviewer, hashes):
        reviewer.is_active = False
        reviewer.save()
        for name in ("clerk", "reviewer", "nobody"):
            hashes.clear()
            assert attempt(client, name).status_code == 200
            assert len(hashes) == 1, name

    def test_unknown_ones_are_locked_like_known_ones(self, client, clerk):
        def pages(name):
            found = [attempt(client, name) for _ in range(6)]
            return [(one.status_code, one.content.decode().count("alert")) for one in found]

        assert pages("clerk") == pages("nobody")

    def test_are_not_kept(self, client, clerk):
        attempt(client)
        assert not any("clerk" in row.key for row in Throttle.objects.all())


class TestCounting:
    def test_forgets_what_has_expired(self):
        limit, now = Limit("x", 2), timezone.now()
        take(limit, "a", at=now)
        take(limit, "b", at=now + timedelta(hours=1))
        assert Throttle.objects.count() == 1

    def test_says_how_long_to_wait(self):
        limit, now = Limit("x", 1), timezone.now()
        take(limit, "a", at=now)
        with pytest.raises(TooManyAttempts) as refused:
            take(limit, "a", at=now + timedelta(minutes=5))
        assert refused.value.seconds == 600
        take(limit, "a", at=now + timedelta(minutes=15))


class TestAddress:
    @pytest.mark.parametrize(
        ("remote", "forwarded", "found"),
        [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "198.51.100.1, 127.0.0.1", "198.51.100.1"),
        ],
    )
    def test_is_not_what_the_caller_writes(self, rf, remote, forwarded, found):
        request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
        assert address(request) == found
