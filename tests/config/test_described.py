"""The description of the API names every refusal of every operation."""

import pytest
from django.core.management import call_command
from yaml import safe_load

from config.described import HTTP
from config.errors import STATUS
from filings.rules.catalogue import CATALOGUE


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "api.yml"
    call_command("spectacular", file=str(path))
    return safe_load(path.read_text(encoding="utf-8"))


def codes(described, path, method, status):
    answer = described["paths"][path][method]["responses"][str(status)]
    schema = answer["content"]["application/problem+json"]["schema"]
    return set(schema["allOf"][1]["properties"]["code"]["enum"])


def test_a_verb_names_its_conflicts_and_preconditions(described):
    place = "/api/v1/filings/{id}/approve/"
    assert codes(described, place, "post", 409) >= {"transition_not_allowed", "key_in_use"}
    assert codes(described, place, "post", 412) == {"version_changed"}
    assert codes(described, place, "post", 428) == {"version_missing"}
    assert codes(described, place, "post", 422) >= {"key_reused"}
    assert {"filing_incomplete", "bad_tag", "bad_key"} <= codes(described, place, "post", 400)
    assert "year_out_of_range" not in codes(described, place, "post", 400)


def test_reading_names_no_conflict(described):
    assert "409" not in described["paths"]["/api/v1/filings/"]["get"]["responses"]
    assert "bad_cursor" in codes(described, "/api/v1/filings/", "get", 400)


# What is only read, of which the answer must not be kept with its key.
READ_BY_POST = {"/api/v1/officers/find/", "/api/v1/officers/{id}/read/"}
# The contact of an enterprise is no part of its row; the last one entered holds.
NO_VERSION = {"/api/v1/subjects/{id}/contact/"}


def test_every_write_is_done_once_and_on_the_version_seen(described):
    for path, methods in described["paths"].items():
        if "post" not in methods or path in READ_BY_POST:
            continue
        names = {one["name"] for one in methods["post"].get("parameters", ())}
        assert "Idempotency-Key" in names, path
        if "{" in path and path not in NO_VERSION:
            assert "If-Match" in names, path


def test_every_operation_names_its_refusals_by_code(described):
    for path, methods in described["paths"].items():
        for method in set(methods) & set(HTTP):
            assert codes(described, path, method, 401), (path, method)


def test_every_refusal_of_ours_is_named_somewhere(described):
    named = {
        code
        for methods in described["paths"].values()
        for method in set(methods) & set(HTTP)
        for status, answer in methods[method]["responses"].items()
        if int(status) >= 400
        for code in answer["content"]["application/problem+json"]["schema"]["allOf"][1][
            "properties"
        ]["code"]["enum"]
    }
    of_filings = {kind.code for kind in STATUS if kind.__module__.startswith("filings.policy")}
    assert of_filings <= named


def test_the_rules_are_listed_with_their_codes(described):
    told = described["components"]["schemas"]["Problem"]["description"]
    assert all(f"`{code}`" in told for code in CATALOGUE)
