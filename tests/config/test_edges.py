"""The edges of the site: health, headers, error answers, sign-in by default."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from agencies.authority import NotAuthorised
from config import errors

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_lives_and_is_ready_without_signing_in(self, client):
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json()["database"] == "ok"

    def test_is_not_ready_without_its_broker(self, client, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["broker"] == "unreachable"


class TestHeaders:
    def test_every_answer_has_them(self, client):
        answer = client.get("/healthz", headers={"X-Request-ID": "abc-12345678"})
        assert answer["X-Request-ID"] == "abc-12345678"
        assert answer["Content-Security-Policy"].startswith("default-src 'self'")
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"

    def test_a_strange_request_id_is_replaced(self, client):
        answer = client.get("/healthz", headers={"X-Request-ID": "x\ty"})
        assert len(answer["X-Request-ID"]) == 32


class TestProblem:
    def ask(self, error, language="en"):
        from django.utils import translation

        with translation.override(language):
            return errors.problem(error, {"request": RequestFactory().get("/api/")})

    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (Http404(), 404, "not_found"),
            (PermissionDenied(), 403, "permission_denied"),
            (exceptions.NotAuthenticated(), 401, "not_authenticated"),
            (exceptions.Throttled(7), 429, "throttled"),
            (NotAuthorised("no"), 403, "not_authorised"),
        ],
    )
    def test_has_one_shape(self, error, status, code):
        answer = self.ask(error)
        assert (answer.status_code, answer.data["status"]) == (status, status)
        assert answer.data["code"] == code
        assert set(answer.data) == {
            "type", "title", "status", "detail", "code", "request_id", "problems",
        }  # fmt: skip
        assert answer.content_type == "application/problem+json"

    def test_names_every_refused_value(self):
        answer = self.ask(exceptions.ValidationError({"a": ["bad"], "b": [{}, {"c": ["worse"]}]}))
        pointers = [problem["pointer"] for problem in answer.data["problems"]]
        assert pointers == ["/a", "/b/1/c"]

    def test_knows_nothing_of_our_own_faults(self):
        assert self.ask(KeyError("x")) is None


class TestErrorPages:
    @pytest.mark.parametrize("path", ["/api/none/", "/api/v1/none/?x=1"])
    def test_the_api_answers_problems(self, client, path):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer["X-Request-ID"]

    def test_a_page_says_it_in_the_readers_language(self, client):
        answer = client.get("/none/", headers={"Accept-Language": "en"})
        assert answer.status_code == 404
        assert "<h1>" in answer.content.decode()

    def test_a_fault_is_a_page_with_the_number(self):
        request = RequestFactory().get("/x/")
        request.request_id = "n-123"
        answer = errors.server_error(request)
        assert answer.status_code == 500

    def test_a_form_left_open_is_explained(self, django_user_model):
        from django.test import Client

        answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x"})
        assert answer.status_code == 403


class TestSchema:
    def test_is_served_and_valid(self, client):
        answer = client.get("/api/schema/")
        assert answer.status_code == 200
        assert b"openapi: 3" in answer.content

    def test_the_documentation_loads_nothing_from_elsewhere(self, client):
        page = client.get("/api/docs/").content.decode()
        assert "://cdn" not in page
        assert "<style>" not in page
