"""Characters nobody can read, at every door (reliability e: U1 to U5, U9, N3, B3 to B5, B15)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from filings import actions
from filings.models import Filing
from officers.models import Account
from tests import factories

pytestmark = pytest.mark.django_db
HIDDEN = {
    "U2 backspace": "示例\x08路",
    "U4 override": "示例\u202e路",
    "U4 isolate": "示例\u2066路\u2069",
    "U5 zero width": "示例\u200b路",
    "U5 joiner": "示例\u200d路",
    "U5 mark of order": "\ufeff示例路",
    "U5 word joiner": "示例\u2060路",
    "U9 flood": "示" + "\u0301" * 9,
}
PLAIN = {
    "U8 rare": "𠮷家",
    "U8 dot": "阿·买买提",
    "U9 emoji": "已整改👍",
    "U9 family": "👨\u200d👩\u200d👧",
    "U9 few marks": "e\u0301\u0302",
    "U12 script": "<script>alert(1)</script>",
}
EACH_HIDDEN = pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
EACH_PLAIN = pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)


@pytest.fixture(autouse=True)
def _today(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def typed(item, inspector, partner):
    """What the form of a draft sends."""
    return {
        "items": [item.pk],
        "lead": inspector.officer.pk,
        "partners": [partner.officer.pk],
        "planned_start": "2022-06-16T09:00",
        "planned_end": "2022-06-16T17:00",
        "check_type": "daily",
        "trigger": "annual_plan",
        "method": "on_site",
        "assistants": "0",
        "plan_number": "JH-2022-01",
    }


class TestApi:
    @pytest.fixture
    def send(self, client, inspector, wording):
        client.force_login(inspector)

        def post(**changes):
            headers = {"Idempotency-Key": uuid4().hex}
            told = {"content_type": "application/json", "headers": headers}
            return client.post("/api/v1/filings/", wording | changes, **told)

        return post

    @EACH_HIDDEN
    def test_refuses_what_cannot_be_read(self, send, text):
        answer = send(place=text)
        assert (answer.status_code, answer.json()["code"]) == (400, "control_character")
        assert "/place" in answer.json()["title"] + str(answer.json())
        assert not Filing.objects.exists()

    @EACH_PLAIN
    def test_keeps_what_can_to_the_letter(self, send, text):
        assert send(place=text).json()["place"] == text


class TestPages:
    @EACH_HIDDEN
    def test_refuse_it_at_its_field_and_keep_what_was_typed(
        self, client, inspector, subject, typed, text
    ):
        client.force_login(inspector)
        answer = client.post(f"/filings/new/?subject={subject.pk}", typed | {"place": text})
        assert "place" in answer.context["form"].errors
        assert answer.context["form"]["plan_number"].value() == "JH-2022-01"
        assert not Filing.objects.exists()

    @EACH_PLAIN
    def test_keep_what_can_be_read(self, client, inspector, subject, typed, text):
        client.force_login(inspector)
        client.post(f"/filings/new/?subject={subject.pk}", typed | {"place": text})
        assert Filing.objects.get().place == text

    @pytest.mark.parametrize("name", ["bad\u200bname", "bad\u202ename", "bad\x08name"])
    def test_refuse_a_user_name_that_looks_like_another(self, client, security, name):
        client.force_login(security)
        before = Account.objects.count()
        answer = client.post("/accounts/new/", {"username": name, "name": "甲"})
        assert answer.status_code in (200, 400)
        assert Account.objects.count() == before


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400", "１２", "1_0", " "])
def test_a_place_on_earth_is_a_plain_decimal(client, inspector, filing_at, at, value):
    filing = filing_at("approved")
    with time_machine.travel(at + timedelta(hours=2), tick=False):
        client.force_login(inspector)
        etag = client.get(f"/api/v1/filings/{filing.pk}/").headers["ETag"]
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": etag}
        answer = client.post(
            f"/api/v1/filings/{filing.pk}/check_in/",
            {"latitude": value, "longitude": "126.5"},
            content_type="application/json",
            headers=headers,
        )
    assert answer.status_code == 400
    filing.refresh_from_db()
    assert filing.status == "approved"


class TestDecisions:
    """B3 to B5: what changed between filing and decision is told, and nothing is lost."""

    def approve(self, client, who, filing):
        client.force_login(who)
        read = client.get(f"/api/v1/filings/{filing.pk}/")
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": read.headers.get("ETag", '"1"')}
        told = {"content_type": "application/json", "headers": headers}
        return client.post(f"/api/v1/filings/{filing.pk}/approve/", {}, **told)

    def test_of_a_stranger_is_not_there(self, client, outsider, filing_at):
        assert self.approve(client, outsider, filing_at("submitted")).status_code == 404

    def test_of_what_is_void_is_in_conflict(self, client, reviewer, filing_at):
        assert self.approve(client, reviewer, filing_at("voided")).status_code == 409

    def test_of_ones_own_is_refused(self, client, inspector, filing_at, agency):
        factories.appointment(inspector, "approver", agency=agency)
        assert self.approve(client, inspector, filing_at("submitted")).status_code == 403

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (
                lambda f: f.members.get(lead=True).officer.certificates.update(status="suspended"),
                "certificate_not_valid",
            ),
            (lambda f: f.agency.claims.update(valid_to="2022-06-15"), "item_not_claimed"),
        ],
        ids=["B4 officer suspended", "B5 item withdrawn"],
    )
    def test_name_what_lapsed_meanwhile(self, client, reviewer, filing_at, change, code):
        filing = filing_at("submitted")
        change(filing)
        answer = self.approve(client, reviewer, filing)
        assert answer.status_code == 400
        assert code in {one["code"] for one in answer.json()["problems"]}
        filing.refresh_from_db()
        assert filing.status == "submitted"

    def test_check_in_asks_the_dated_rules_again(self, filing_at, inspector, authority, at):
        filing = filing_at("approved")
        filing.members.get(lead=True).officer.certificates.update(status="revoked")
        with pytest.raises(Exception, match="cannot go on"):
            actions.check_in(
                filing, actions.Arrival(), by=authority(inspector), at=at + timedelta(hours=2)
            )


@pytest.mark.parametrize("length", [1_025, 100_000])
def test_a_password_that_floods_is_refused_like_a_wrong_one(client, inspector, length):
    answer = client.post("/sign-in/", {"username": "inspector", "password": "x" * length})
    assert answer.status_code in (200, 400)
    assert "_auth_user_id" not in client.session
