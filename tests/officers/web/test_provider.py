"""Signing in at the city's identity provider, against a provider of our own on this machine."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from agencies.authority import NotAuthorised
from agencies.models import Event
from officers.actions import accounts
from officers.models import Account
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


class Provider(HTTPServer):
    """Tells whom it is told to, for the code `good`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = self.signing = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims, self.asked = {}, {}

    def token(self):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "jianbei", "iat": now, "exp": now + 60, "sub": "wang"}
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.claims, self.signing)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        here = self.server.issuer
        if "openid-configuration" in self.path:
            self.say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "jwks_uri": f"{here}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        else:
            self.say({"keys": [self.server.key.as_dict(private=False)]})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.asked = asked = parse_qs(self.rfile.read(length).decode())
        if asked.get("code") != ["good"] or "code_verifier" not in asked:
            self.say({"error": "invalid_grant"}, 400)
        else:
            token = self.server.token()
            self.say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def say(self, body, status=200):
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def provider(settings):
    made = Provider()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_ISSUER = made.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "jianbei", "secret"
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def come_back(client, provider):
    """To the provider and back, with its answer."""

    def do(code="good", **changed):
        there = client.get("/sign-in/provider/").headers["Location"]
        sent = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
        assert there.startswith(f"{provider.issuer}/authorize?")
        assert sent["code_challenge_method"] == "S256"
        provider.claims = {"nonce": sent["nonce"]} | provider.claims
        said = {"code": code, "state": sent["state"]} | changed
        return client.get("/sign-in/provider/back/", said)

    return do


@pytest.fixture
def matched(inspector, security, authority, at):
    accounts.match(inspector, "wang", by=authority(security), at=at)
    return inspector


def test_a_matched_account_is_signed_in_with_its_own_appointments(client, come_back, matched):
    assert come_back().headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(matched.pk)
    assert client.get("/filings/").status_code == 200
    assert client.get("/accounts/").status_code == 403
    assert '"how":"provider"' in Event.objects.get(verb="sign_in").payload


def test_nobody_is_made_and_nobody_is_let_in_unmatched(client, come_back, inspector):
    assert come_back().status_code == 403
    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == 1


def test_a_barred_account_stays_out(client, come_back, matched):
    Account.objects.update(is_active=False)
    assert come_back().status_code == 403


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"iss": "http://elsewhere"}, {"exp": 1}, {"nonce": "replayed"}],
    ids=lambda one: next(iter(one)),
)
def test_a_token_that_is_not_for_us_now_is_refused(client, provider, come_back, matched, claims):
    provider.claims = claims
    assert come_back().status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_token_that_another_key_signed_is_refused(client, provider, come_back, matched):
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_back().status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_code_or_state_that_is_not_ours_is_refused(client, come_back, matched):
    assert come_back(code="bad").status_code == 400
    assert come_back(state="another").status_code == 400
    assert client.get("/sign-in/provider/back/").status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_provider_that_is_away_is_said(client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/sign-in/provider/").status_code == 502
    assert "/sign-in/provider/" in client.get("/sign-in/").content.decode()


def test_it_is_off_by_default(client, db):
    assert client.get("/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/provider/back/").status_code == 404
    assert "/sign-in/provider/" not in client.get("/sign-in/").content.decode()


class TestMatching:
    def test_is_the_security_administrators(self, clerk, administrator, authority, at):
        with pytest.raises(NotAuthorised):
            accounts.match(clerk, "x", by=authority(administrator), at=at)

    def test_on_the_page(self, client, provider, security, clerk, matched):
        client.force_login(security)
        assert "/match/" in client.get(f"/accounts/{clerk.pk}/").content.decode()

        def match(subject):
            seen = client.get(f"/accounts/{clerk.pk}/").context["seen"]
            client.post(f"/accounts/{clerk.pk}/match/", {"subject": subject, "seen": seen})

        match("wang")
        assert Account.objects.get(pk=clerk.pk).provider_subject is None
        match("sun")
        assert Account.objects.get(pk=clerk.pk).provider_subject == "sun"
        match("")
        assert Account.objects.get(pk=clerk.pk).provider_subject is None

    def test_leaves_the_password_alone(self, matched):
        assert matched.check_password(PASSWORD)
