"""The bad-input catalogue (reliability e), what people do: B1, B6, U14, F5, Q7.

The other rows of e.5: B2 races and test_acting, B3 to B5 and B15 test_bad_text, B7 test_compiler,
B8 test_leaks and test_uploads, B9 test_code_page, B10 and B11 test_rating, B12 test_arriving and
test_emergency, B13 test_outgoing, B14 test_batch.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from agencies.calendar import SHANGHAI
from agencies.imports.reading import FileRefused
from filings import actions
from filings.models import Filing
from officers.models import Account
from tests.imports.test_reading import read

pytestmark = pytest.mark.django_db


class TestTheSameTwice:
    """B1: one enterprise, item and day filed twice."""

    @pytest.fixture
    def send(self, client, inspector, wording, at):
        client.force_login(inspector)

        def post(key):
            told = {"content_type": "application/json", "headers": {"Idempotency-Key": key}}
            return client.post("/api/v1/filings/", wording, **told)

        with time_machine.travel(at, tick=False):
            yield post

    def test_under_one_key_is_one_filing(self, send):
        first, again = send("double-click"), send("double-click")
        assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
        assert Filing.objects.count() == 1

    def test_under_two_keys_is_refused_by_the_name_of_the_first(
        self, send, client, inspector, authority, at
    ):
        first, second = (send(uuid4().hex) for _ in range(2))
        filing = Filing.objects.get(pk=first.json()["id"])
        actions.submit(filing, by=authority(inspector), at=at)
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": second.headers["ETag"]}
        path = f"/api/v1/filings/{second.json()['id']}/submit/"
        answer = client.post(path, {}, "application/json", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_filing")
        assert [str(filing.pk) in one["message"] for one in answer.json()["problems"]] == [True]
        assert Filing.objects.get(status="draft").pk == second.json()["id"]


class TestTheTurnOfTheYear:
    """B6: submitted a tenth of a second before midnight, decided a tenth after it."""

    def test_the_number_is_of_the_year_of_the_submission(
        self, agency, said, inspector, reviewer, authority
    ):
        midnight = datetime(2023, 1, 1, tzinfo=SHANGHAI)
        breath = timedelta(milliseconds=100)
        told = replace(
            said, planned_start=midnight + timedelta(hours=9), planned_end=midnight.replace(hour=17)
        )
        filing = actions.draft(agency, told, by=authority(inspector), at=midnight - breath)
        actions.submit(filing, by=authority(inspector), at=midnight - breath)
        actions.approve(filing, by=authority(reviewer), at=midnight + breath)
        assert filing.number.split("-")[2] == "2022"
        assert Filing.objects.get().dated_at == midnight - breath


@pytest.mark.parametrize("name", ["reviewеr", "аdmin", "ｒｅｖｉｅｗｅｒ", "rev\u0456ewer"])
def test_a_user_name_of_two_scripts_is_refused(name, client, security):
    """U14: what looks like another's name in other letters."""
    client.force_login(security)
    answer = client.post("/accounts/new/", {"username": name, "name": "某人"})
    assert "username" in answer.context["form"].errors
    assert not Account.objects.filter(name="某人").exists()


@pytest.mark.parametrize("content", ['a,b\n"x,1\n' + "y,2\n" * 40_000, "a,b\n" + "x" * 70_000])
def test_a_table_whose_quote_never_closes_is_named_by_its_row(content, tmp_path):
    """F5: one open quotation mark, or one endless line, would swallow the file."""
    path = tmp_path / "rows.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused, match="line 2"):
        read(path)


def test_a_method_in_a_header_is_not_believed(client, inspector, filing_at):
    """Q7: what a header calls a deletion is the reading that it is."""
    filing = filing_at("draft")
    client.force_login(inspector)
    told = {"X-HTTP-Method-Override": "DELETE", "X-Forwarded-Host": "evil.example"}
    answer = client.get(f"/api/v1/filings/{filing.pk}/", headers=told)
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()
    assert Filing.objects.filter(pk=filing.pk).exists()


def test_a_host_that_is_not_ours_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["jianbei.example"]
    assert client.get("/published/", headers={"Host": "evil.example"}).status_code == 400
