"""Ways around the walls that were open once: codes in filters, keys in forms, tokens."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agencies.journal import Actor
from officers.actions import tokens
from officers.roles import Permission
from reports import actions as years
from reports.periods import of_year
from tests import factories

pytestmark = pytest.mark.django_db
BY = Actor("console")


class TestCodesInFilters:
    """A filter must not tell which agencies there are (B8)."""

    @pytest.mark.parametrize("path", ["/api/v1/filings/", "/api/v1/officers/", "/filings/"])
    def test_a_strangers_code_is_no_code(self, client, inspector, stranger_agency, path):
        client.force_login(inspector)
        there = client.get(path, {"agency": stranger_agency.code})
        nowhere = client.get(path, {"agency": "TXSX"})
        assert there.status_code == nowhere.status_code == 400
        told = there.content.decode().replace(stranger_agency.code, "TXSX")
        assert plain(told, there) == plain(nowhere.content.decode(), nowhere)

    def test_ones_own_code_is(self, client, inspector, agency):
        client.force_login(inspector)
        assert client.get("/api/v1/filings/", {"agency": agency.code}).status_code == 200

    def test_a_token_for_filings_alone_may_name_its_agency(self, inspector, agency):
        answer = ask(inspector, Permission.FILING_READ, f"/api/v1/filings/?agency={agency.code}")
        assert answer.status_code == 200


class TestKeysInForms:
    def test_a_subject_out_of_sight_cannot_be_chosen(self, client, inspector, elsewhere):
        hidden = factories.subject(elsewhere, name="四平机密有限公司")
        client.force_login(inspector)
        assert client.get("/filings/new/", {"subject": hidden.pk}).status_code == 404
        found = client.get("/filings/new/", {"q": "机密"}).content.decode()
        assert "四平机密有限公司" not in found

    def test_a_subject_in_sight_can(self, client, inspector, subject):
        client.force_login(inspector)
        assert client.get("/filings/new/", {"subject": subject.pk}).status_code == 200
        assert subject.name in client.get("/filings/new/", {"q": "松花江"}).content.decode()


class TestTokens:
    def test_without_the_scope_see_no_year(self, auditor, city, at):
        years.order(of_year(2022), city, by=BY, at=at)
        seen = {
            scope: len(ask(auditor, scope, "/api/v1/years/").json().get("results", []))
            for scope in (Permission.YEAR_READ, Permission.FILING_READ)
        }
        assert seen == {Permission.YEAR_READ: 1, Permission.FILING_READ: 0}

    def test_without_the_scope_order_no_year(self, auditor, city):
        body = {"year": 2021, "region": city.code}
        assert send(auditor, Permission.YEAR_READ, "/api/v1/years/", body).status_code == 403
        assert send(auditor, Permission.YEAR_COMPILE, "/api/v1/years/", body).status_code == 202


def plain(text, answer):
    """The text without what differs from answer to answer."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text.replace(answer["X-Request-ID"], ""))


def ask(account, scope, path):
    return Client().get(path, headers={"Authorization": f"Bearer {_token(account, scope)}"})


def send(account, scope, path, body):
    headers = {"Authorization": f"Bearer {_token(account, scope)}"}
    return Client().post(path, body, content_type="application/json", headers=headers)


def _token(account, scope):
    now = timezone.now()
    grant = tokens.Grant("x", frozenset({scope}), now + timedelta(days=1))
    return tokens.make(account, grant, by=BY, at=now)[1]
