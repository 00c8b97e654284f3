"""P39: thousands of guesses on one account and on many end, the owner still gets in, and nothing
in answer or work tells which names there are.

`GUESSES` of them are made: 60 in every run, 10,000 by `make long`.
"""

import os
import re
from collections import Counter

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from officers.actions import signing_in
from officers.models import Account
from tests import factories
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
GUESSES = int(os.environ.get("GUESSES", "60"))


def guess(client, username, word="wrong", address="203.0.113.9"):
    return client.post("/sign-in/", {"username": username, "password": word}, REMOTE_ADDR=address)


@pytest.fixture(autouse=True)
def _at_one_moment():
    """However long the guesses take, a quarter of an hour does not pass meanwhile."""
    with travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def owner(clerk):
    """The owner's own browser, known from an earlier sign-in."""
    client = Client()
    assert guess(client, "clerk", PASSWORD).status_code == 302
    client.post("/sign-out/")
    return client


def test_on_one_account_only_five_are_looked_at_and_the_owner_gets_in(owner):
    strange = Client()
    found = [
        guess(strange, "clerk", f"wrong-{n}", f"198.51.{n // 250}.{n % 250}").status_code
        for n in range(GUESSES)
    ]
    assert (found.count(200), found.count(429)) == (5, GUESSES - 5)
    assert guess(strange, "clerk", PASSWORD, "198.51.100.1").status_code == 429
    assert guess(owner, "clerk", PASSWORD).status_code == 302


def test_on_many_accounts_from_one_address_ends_and_the_owner_gets_in(owner, monkeypatch):
    least = signing_in.Limit("test", min(signing_in.ADDRESS.most, GUESSES // 2))
    monkeypatch.setattr(signing_in, "ADDRESS", least)
    names = [f"person{n}" for n in range(GUESSES)]
    Account.objects.bulk_create(
        Account(username=one, name=one, created_at=factories.NOW, password=make_password("x"))
        for one in names[: GUESSES // 2]
    )
    found = [guess(Client(), one).status_code for one in names]
    looked_at = signing_in.ADDRESS.most
    assert (found.count(200), found.count(429)) == (looked_at, GUESSES - looked_at)
    assert guess(owner, "clerk", PASSWORD).status_code == 302


def test_on_a_thousand_accounts_from_everywhere_only_five_each_are_looked_at(owner):
    """Ten guesses at each name, each from an address of its own: P39 over many accounts."""
    names = [f"person{n}" for n in range(max(2, GUESSES // 10))]
    Account.objects.bulk_create(
        Account(username=one, name=one, created_at=factories.NOW, password=make_password("x"))
        for one in names
    )
    found = Counter(
        guess(Client(), one, f"wrong-{n}", f"203.0.{n}.{place % 250}").status_code
        for place, one in enumerate(names)
        for n in range(10)
    )
    assert found == {200: 5 * len(names), 429: 5 * len(names)}
    assert guess(owner, "clerk", PASSWORD).status_code == 302


class TestWork:
    """An unknown name costs what a known one costs, counted and not timed."""

    @pytest.fixture
    def work(self, monkeypatch, clerk):
        """The hashes and the questions to the database that one wrong guess takes."""
        hashed = []
        encode = MD5PasswordHasher.encode

        def counted(self, password, salt):
            hashed.append(password)
            return encode(self, password, salt)

        monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

        def of(name):
            hashed.clear()
            with CaptureQueriesContext(connection) as asked:
                assert guess(Client(), name).status_code == 200
            return len(hashed), [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked]

        for name in ("clerk", "nobody", "barred"):
            of(name)
        return of

    def test_is_that_of_a_known_name_for_an_unknown_and_a_barred_one(self, work):
        factories.account("barred", is_active=False)
        hashes, questions = work("clerk")
        assert hashes == 1
        assert work("nobody") == work("barred") == (hashes, questions)

    def test_would_show_a_missing_hash(self, work, monkeypatch):
        """The control: without the hash for nobody the same count tells them apart."""
        monkeypatch.setattr(Account, "set_password", lambda self, raw: None)
        assert work("clerk")[0] != work("nobody")[0]


def test_the_answers_are_the_same_to_the_letter(clerk):
    def told(name):
        answer = guess(Client(), name)
        text = answer.content.decode().replace(name, "NAME").replace(answer["X-Request-ID"], "")
        return answer.status_code, len(text), sorted(answer.headers)

    assert told("clerk") == told("nobod")
