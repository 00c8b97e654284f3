"""The second factor stands between the password and the work of those who decide."""

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from time_machine import travel

from agencies.journal import Actor
from agencies.models import Event
from officers.actions import second_factor
from officers.models import RecoveryCode, SecondFactor
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(second=10)


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.SECOND_FACTOR = "required"
    with travel(NOW, tick=False):
        yield


def code(account, steps=0):
    clock = TOTP(second_factor._secret(SecondFactor.objects.get(account=account)))
    clock.time = NOW.timestamp() + 30 * steps
    return f"{clock.token():06}"


def enrolled(account):
    second_factor.begin(account, at=NOW)
    return second_factor.confirm(account, code(account, -1), at=NOW)


def signed_in(username="reviewer"):
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def step(client):
    return client.get("/filings/").headers.get("Location", "").split("?")[0]


class TestEnrolment:
    @pytest.mark.parametrize(
        "who", ["reviewer", "supervisor", "auditor", "administrator", "security"]
    )
    def test_comes_before_the_work_of_those_who_decide(self, who, request):
        request.getfixturevalue(who)
        assert step(signed_in(who)) == "/account/second-factor/"

    @pytest.mark.parametrize("who", ["inspector", "clerk"])
    def test_is_left_to_the_others(self, who, request):
        request.getfixturevalue(who)
        assert step(signed_in(who)) == ""

    def test_is_left_to_everybody_where_it_is_offered(self, settings, reviewer):
        settings.SECOND_FACTOR = "offered"
        assert step(signed_in()) == ""

    def test_needs_a_code_that_fits(self, reviewer):
        client = signed_in()
        page = client.get("/account/second-factor/").content.decode()
        assert second_factor.spoken_secret(SecondFactor.objects.get()) in page
        assert client.post("/account/second-factor/", {"code": "000000x"}).status_code == 200
        assert step(client) == "/account/second-factor/"
        page = client.post("/account/second-factor/", {"code": code(reviewer)}).content.decode()
        assert page.count("<li><code>") == 10
        assert step(client) == ""
        assert Event.objects.filter(verb="enrol_second_factor").count() == 1

    def test_shows_its_picture_until_it_is_done(self, reviewer):
        client = signed_in()
        client.get("/account/second-factor/")
        picture = client.get("/account/second-factor/code.svg")
        assert picture["Content-Type"] == "image/svg+xml"
        assert b"style" not in picture.content
        client.post("/account/second-factor/", {"code": code(reviewer)})
        assert client.get("/account/second-factor/code.svg").status_code == 404
        assert "code.svg" not in client.get("/account/second-factor/").content.decode()


class TestCode:
    def test_is_asked_for_after_the_password(self, reviewer):
        enrolled(reviewer)
        client = signed_in()
        assert step(client) == "/sign-in/code/"
        assert client.get("/account/password/").status_code == 302
        assert client.get("/account/second-factor/").status_code == 302
        assert client.get("/api/schema/").status_code == 403
        answer = client.post("/sign-in/code/", {"code": code(reviewer), "next": "/filings/"})
        assert answer.headers["Location"] == "/filings/"
        assert step(client) == ""

    def test_counts_once(self, reviewer):
        enrolled(reviewer)
        second_factor.check(reviewer, code(reviewer), at=NOW)
        with pytest.raises(second_factor.WrongCode):
            second_factor.check(reviewer, code(reviewer), at=NOW)

    def test_of_another_minute_does_not_count(self, reviewer):
        enrolled(reviewer)
        with pytest.raises(second_factor.WrongCode):
            second_factor.check(reviewer, code(reviewer, 3), at=NOW)

    def test_cannot_be_guessed(self, reviewer):
        enrolled(reviewer)
        client = signed_in()
        found = [client.post("/sign-in/code/", {"code": "12"}).status_code for _ in range(6)]
        assert found == [200] * 5 + [429]
        assert client.post("/sign-in/code/", {"code": code(reviewer)}).status_code == 429

    def test_never_leads_to_another_site(self, reviewer):
        enrolled(reviewer)
        answer = signed_in().post(
            "/sign-in/code/", {"code": code(reviewer), "next": "https://elsewhere.example/"}
        )
        assert answer.headers["Location"] == "/"

    def test_is_not_asked_of_those_without_one(self, clerk):
        assert signed_in("clerk").get("/sign-in/code/").headers["Location"] == "/"


class TestRecovery:
    def test_replaces_the_authenticator_once(self, reviewer):
        spare = enrolled(reviewer)[0]
        second_factor.check(reviewer, spare, at=NOW)
        with pytest.raises(second_factor.WrongCode):
            second_factor.check(reviewer, spare, at=NOW)
        assert RecoveryCode.objects.filter(used_at=None).count() == 9
        assert Event.objects.filter(verb="use_recovery_code").count() == 1

    def test_secrets_are_not_in_the_tables(self, reviewer):
        codes = enrolled(reviewer)
        factor = SecondFactor.objects.get()
        assert second_factor.spoken_secret(factor) not in factor.secret
        assert not set(codes) & set(RecoveryCode.objects.values_list("digest", flat=True))

    def test_an_administrator_removes_a_lost_one(self, reviewer):
        enrolled(reviewer)
        second_factor.remove(reviewer, by=Actor("console"), at=NOW, reason="遗失")
        assert step(signed_in()) == "/account/second-factor/"
