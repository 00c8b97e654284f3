"""A program with a token sees what its account sees, less what the token leaves out."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from agencies.journal import Actor
from agencies.models import Event
from config import authentication
from officers.actions import tokens
from officers.actions.throttling import Limit
from officers.models import ApiToken
from officers.roles import Permission
from tests import factories

pytestmark = pytest.mark.django_db
BY = Actor("console")
READ = frozenset({Permission.FILING_READ})


def made(account, *, scopes=READ, agency=None, days=1):
    now = timezone.now()
    grant = tokens.Grant("排班系统", scopes, now + timedelta(days=days), agency)
    return tokens.make(account, grant, by=BY, at=now)


def ask(text, path="/api/v1/filings/"):
    return Client().get(path, headers={"Authorization": f"Bearer {text}"})


class TestReading:
    def test_is_what_the_account_may(self, filing_at, inspector, outsider):
        filing = filing_at("submitted")
        own, other = made(inspector)[1], made(outsider)[1]
        assert [row["id"] for row in ask(own).json()["results"]] == [filing.pk]
        assert ask(other).json()["results"] == []
        assert ask(other, f"/api/v1/filings/{filing.pk}/").status_code == 404

    def test_ends_at_the_scope(self, inspector):
        text = made(inspector)[1]
        assert ask(text, "/api/v1/officers/").json().get("results", []) == []

    def test_ends_at_the_agency(self, filing_at, inspector, stranger_agency):
        filing_at("submitted")
        factories.appointment(inspector, "officer", agency=stranger_agency)
        assert ask(made(inspector, agency=stranger_agency)[1]).json()["results"] == []

    def test_opens_no_page(self, inspector):
        assert ask(made(inspector)[1], "/filings/").status_code == 302

    def test_notes_the_last_use_once_a_minute(self, inspector, django_assert_num_queries):
        token, text = made(inspector)
        tokens.read(text, at=timezone.now())
        used = ApiToken.objects.get().last_used_at
        assert used is not None
        with django_assert_num_queries(2):
            tokens.read(text, at=timezone.now())
        assert ApiToken.objects.get(pk=token.pk).last_used_at == used


class TestEnding:
    def refused(self, text):
        answer = ask(text)
        return answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")

    def test_by_time(self, inspector):
        token, text = made(inspector)
        ApiToken.objects.filter(pk=token.pk).update(
            created_at=timezone.now() - timedelta(days=2),
            expires_at=timezone.now() - timedelta(seconds=1),
        )
        assert self.refused(text)

    def test_by_barring_the_account(self, inspector):
        text = made(inspector)[1]
        inspector.is_active = False
        inspector.save()
        assert self.refused(text)

    def test_by_ending_the_appointment(self, filing_at, inspector):
        filing_at("submitted")
        text = made(inspector)[1]
        inspector.appointments.update(valid_to=timezone.localdate())
        assert ask(text).json().get("results", []) == []

    def test_by_its_owner(self, client, inspector):
        token, text = made(inspector)
        client.force_login(inspector)
        assert token.hint in client.get("/account/tokens/").content.decode()
        client.post(f"/account/tokens/{token.pk}/revoke/")
        assert self.refused(text)
        assert Event.objects.get(verb="revoke_token").actor == "王检"

    def test_by_a_security_administrator(self, client, inspector, security):
        token, text = made(inspector)
        client.force_login(security)
        assert token.hint in client.get(f"/accounts/{inspector.pk}/").content.decode()
        client.post(f"/account/tokens/{token.pk}/revoke/")
        assert self.refused(text)

    def test_by_nobody_else(self, client, inspector, partner):
        token, text = made(inspector)
        client.force_login(partner)
        assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
        assert ask(text).status_code == 200

    @pytest.mark.parametrize("text", ["", "x", "jb_" + "a" * 43, "jb_ two", "\u738b"])
    def test_never_began(self, text):
        assert ask(text.encode() if text == "\u738b" else text).status_code == 401

    def test_guessing_ends(self, inspector, monkeypatch):
        text = made(inspector)[1]
        monkeypatch.setattr(authentication, "MISSES", Limit("test", 3))
        assert [ask("jb_wrong").status_code for _ in range(4)] == [401] * 3 + [429]
        assert ask(text).status_code == 200


class TestMaking:
    def test_keeps_no_text(self, inspector):
        token, text = made(inspector)
        assert text not in str(vars(ApiToken.objects.get(pk=token.pk)))
        assert text not in Event.objects.get(verb="make_token").payload

    @pytest.mark.parametrize(
        ("scopes", "days"),
        [
            (frozenset(), 1),
            (frozenset({Permission.ACCOUNT_MANAGE}), 1),
            (READ, 0),
            (READ, 367),
        ],
    )
    def test_refuses_what_would_be_too_much(self, inspector, scopes, days):
        with pytest.raises(tokens.TokenRefused):
            made(inspector, scopes=scopes, days=days)

    def test_by_command(self, inspector, agency, capsys):
        call_command("make_token", "inspector", "--name=x", "--scope=filing.read", "--agency=CYSJ")
        assert ask(capsys.readouterr().out.strip()).status_code == 200

    @pytest.mark.parametrize(
        "args",
        [
            ["nobody", "--name=x", "--scope=filing.read"],
            ["inspector", "--name=x"],
            ["inspector", "--name=x", "--scope=everything"],
            ["inspector", "--name=x", "--scope=filing.read", "--days=0"],
            ["inspector", "--name=x", "--scope=filing.read", "--agency=NONE"],
        ],
    )
    def test_by_command_says_what_is_wrong(self, inspector, args):
        with pytest.raises(CommandError) as refused:
            call_command("make_token", *args)
        assert refused.value.returncode == 2
        assert not ApiToken.objects.exists()
