"""Evidence over HTTP: kept under its digest, given out as it was, refused with the reason."""

import hashlib

import pytest

from filings.models import Evidence, Filing
from tests import factories
from tests.filings.api.conftest import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def attach(client, inspector):
    def post(filing, content, *, kind="image/png", query="name=照片.png", tag=None):
        client.force_login(inspector)
        return client.post(
            f"/api/v1/filings/{filing.pk}/attach/?{query}",
            content,
            content_type=kind,
            headers={"If-Match": tag or f'"{filing.version}"'},
        )

    return post


def test_is_kept_and_given_out_again(attach, client, filing_at):
    filing, content = filing_at("on_site"), factories.png()
    answer = attach(filing, content, query="name=照片.png&taken_at=2022-06-15T11:00:00%2B08:00")
    assert answer.status_code == 201, answer.json()
    (kept,) = answer.json()["evidence"]
    assert kept["sha256"] == hashlib.sha256(content).hexdigest()
    assert answer["ETag"] == f'"{Filing.objects.get(pk=filing.pk).version}"'
    given = client.get(f"/api/v1/filings/{filing.pk}/evidence/{kept['id']}/")
    assert given.content == content
    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<svg onload='alert(1)'/>", "file_of_unknown_kind"),
        (factories.png(30_000, 30_000), "picture_too_large"),
        (factories.png()[:-12], "file_broken"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(attach, filing_at, content, code):
    answer = attach(filing_at("on_site"), content)
    assert answer.status_code == 400
    assert codes(answer) == {("file", code)}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "/name"),
        ("name=", "/name"),
        ("name=x&taken_at=2022-06-15", "/taken_at"),
        ("name=x&size=3", "?size"),
        ("name=x&name=y", "?name"),
    ],
)
def test_what_is_said_of_it_is_checked(attach, filing_at, query, pointer):
    answer = attach(filing_at("on_site"), factories.png(), query=query)
    assert answer.status_code == 400
    assert pointer in {one["pointer"] for one in answer.json()["problems"]}


def test_another_type_is_not_read(attach, filing_at):
    assert attach(filing_at("on_site"), b"x", kind="image/svg+xml").status_code == 415
    assert attach(filing_at("on_site"), b"{}", kind="application/json").status_code == 415


def test_a_stranger_s_evidence_is_as_if_absent(attach, client, filing_at, outsider):
    filing = filing_at("on_site")
    kept = attach(filing, factories.png()).json()["evidence"][0]["id"]
    client.force_login(outsider)
    assert client.get(f"/api/v1/filings/{filing.pk}/evidence/{kept}/").status_code == 404


def test_evidence_of_another_filing_is_not_shown_under_this_one(attach, client, filing_at):
    one, other = filing_at("on_site"), filing_at("on_site")
    kept = attach(one, factories.png()).json()["evidence"][0]["id"]
    assert client.get(f"/api/v1/filings/{other.pk}/evidence/{kept}/").status_code == 404
