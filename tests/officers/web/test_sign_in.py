"""Signing in and out, and the list of accounts."""

import re

import pytest

from tests.conftest import PASSWORD


def attempt(client, username, password, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


class TestSignIn:
    def test_leads_home(self, client, inspector):
        answer = attempt(client, "inspector", PASSWORD)

        assert answer.headers["Location"] == "/"
        assert client.session["_auth_user_id"] == str(inspector.pk)

    def test_goes_on_to_the_page_that_was_asked_for(self, client, inspector):
        answer = attempt(client, "inspector", PASSWORD, next="/filings/?status=draft")

        assert answer.headers["Location"] == "/filings/?status=draft"

    def test_never_leads_to_another_site(self, client, inspector):
        answer = attempt(client, "inspector", PASSWORD, next="https://elsewhere.example/")

        assert answer.headers["Location"] == "/"

    def test_answers_alike_to_every_wrong_pair(self, client, inspector, reviewer):
        reviewer.is_active = False
        reviewer.save()
        pairs = [("inspector", "wrong"), ("nobody", PASSWORD), ("reviewer", PASSWORD)]

        pages = [attempt(client, *pair).content.decode() for pair in pairs]

        assert len({_without_what_was_typed(page) for page in pages}) == 1
        assert "message-error" in pages[0]

    @pytest.mark.parametrize("name", ["", "x" * 5000, "\x00", "王检' OR 1=1 --"])
    def test_survives_any_name(self, client, inspector, name):
        assert attempt(client, name, "x").status_code == 200


def _without_what_was_typed(page):
    return re.sub(r'value="[^"]*"', "", page)


class TestSignOut:
    def test_takes_a_post(self, client, inspector):
        client.force_login(inspector)

        assert client.get("/sign-out/").status_code == 405
        assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
        assert "_auth_user_id" not in client.session


class TestAccounts:
    def test_shows_security_who_holds_which_role(self, client, security, inspector):
        client.force_login(security)

        page = client.get("/accounts/").content.decode()

        assert "王检" in page
        assert "昌邑区市场监督管理局" in page
        assert "2020-01-01" in page

    def test_is_closed_to_everybody_else(self, client, inspector):
        client.force_login(inspector)

        assert client.get("/accounts/").status_code == 403

    def test_asks_the_database_a_fixed_number_of_times(
        self, client, security, inspector, partner, django_assert_max_num_queries
    ):
        client.force_login(security)

        with django_assert_max_num_queries(6):
            client.get("/accounts/")
