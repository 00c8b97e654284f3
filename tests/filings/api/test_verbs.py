"""The verbs over HTTP: judged on the version that was read, done once per key."""

from datetime import timedelta

import pytest

from agencies.models import Event
from filings import actions
from filings.api.asked import BODIES
from filings.matching import offers
from filings.models import Filing, Transfer
from filings.workflow import STEPS, Verb
from officers.models import IdempotencyKey
from tests.filings.api.conftest import codes, create


class TestEveryVerb:
    @pytest.mark.parametrize("verb", BODIES)
    def test_moves_the_filing_and_gives_its_new_tag(self, verb, call, ready, actor, clock, at):
        filing = ready(verb)
        later = {Verb.EXPIRE: timedelta(days=2), Verb.LEAVE: timedelta(0)}
        clock.move_to(at + later.get(verb, timedelta(hours=6)))
        body = None
        if verb == Verb.ACKNOWLEDGE:
            sent = Transfer.objects.get(result__filing=filing)
            body = {"transfer": sent.pk, "received_by": "陈警官"}
        if verb == Verb.DECIDE_EVIDENCE:
            body = {"preservation": filing.preservations.get().pk, "decision": "发还"}
        if verb in (Verb.JOIN, Verb.MERGE, Verb.DECLINE):
            body = {"offer": offers(filing, at)[0].key}
            body |= {"reason": "时间不合"} if verb == Verb.DECLINE else {}
        response = call(actor(verb).account, filing, verb, body)
        assert response.status_code == 200, response.json()
        stored = Filing.objects.get(pk=filing.pk)
        assert response.json()["status"] == stored.status == STEPS[verb].target or filing.status
        assert response["ETag"] == f'"{stored.version}"' != f'"{filing.version}"'

    @pytest.mark.parametrize("verb", BODIES)
    def test_of_another_agency_is_not_there(self, verb, call, filing_at, outsider):
        assert call(outsider, filing_at("draft"), verb).status_code == 404

    @pytest.mark.parametrize("verb", BODIES)
    def test_refuses_an_unknown_field_by_name(self, verb, call, filing_at, actor):
        filing = filing_at("submitted")
        response = call(actor(verb).account, filing, verb, {"opinon": "x", "reason": "y"})
        assert response.status_code == 400
        assert ("/opinon", "unknown_field") in codes(response)

    def test_refuses_a_stranger(self, client, filing_at):
        filing = filing_at("draft")
        response = client.post(f"/api/v1/filings/{filing.pk}/submit/", {}, "application/json")
        assert response.status_code == 401


WRITTEN = [*BODIES, Verb.REVISE, Verb.BACK_FILE, Verb.ATTACH]


class TestOrderOfRefusals:
    """Not there, not allowed, not that version, not that body: whatever else is wrong as well."""

    @pytest.fixture
    def post(self, client):
        def send(who, pk, verb, **headers):
            client.force_login(who)
            path = f"/api/v1/filings/{pk}/{verb}/"
            kind = "image/png" if verb == Verb.ATTACH else "application/json"
            return client.post(path, '{"none": 1}', kind, headers=headers).status_code

        return send

    @pytest.mark.parametrize("verb", WRITTEN)
    def test_what_is_not_there_comes_first(self, verb, post, filing_at, actor, outsider):
        filing = filing_at("draft")
        assert post(outsider, filing.pk, verb) == 404
        assert post(actor(verb).account, filing.pk + 1000, verb) == 404

    @pytest.mark.parametrize("verb", WRITTEN)
    def test_what_one_may_not_do_comes_second(self, verb, post, filing_at, auditor):
        filing = filing_at("submitted")
        assert post(auditor, filing.pk, verb) == 403
        assert post(auditor, filing.pk, verb, **{"If-Match": '"9"'}) == 403

    @pytest.mark.parametrize("verb", WRITTEN)
    def test_then_the_version_then_the_body(self, verb, post, filing_at, actor):
        filing = filing_at("submitted")
        who = actor(verb).account
        assert post(who, filing.pk, verb) == 428
        assert post(who, filing.pk, verb, **{"If-Match": '"9"'}) == 412
        assert post(who, filing.pk, verb, **{"If-Match": f'"{filing.version}"'}) == 400

    @pytest.mark.parametrize("path", ["", "open_emergency/"])
    def test_who_may_file_nothing_is_told_so_before_the_key(self, path, client, reviewer):
        client.force_login(reviewer)
        answer = client.post(f"/api/v1/filings/{path}", "{}", content_type="application/json")
        assert answer.status_code == 403


class TestVersions:
    def test_without_if_match_nothing_is_done(self, client, filing_at, inspector):
        filing = filing_at("draft")
        client.force_login(inspector)
        response = client.post(f"/api/v1/filings/{filing.pk}/submit/", {}, "application/json")
        assert response.status_code == 428
        assert Filing.objects.get(pk=filing.pk).status == "draft"

    @pytest.mark.parametrize(
        "tag", ["1", "*", 'W/"1"', '"９"', "", '"1", "2"', '"' + "1" * 65 + '"']
    )
    def test_what_is_no_tag_is_refused_by_name(self, tag, call, filing_at, inspector):
        filing = filing_at("submitted")
        response = call(inspector, filing, Verb.WITHDRAW, tag=tag)
        assert (response.status_code, response.json()["code"]) == (400, "bad_tag")

    @pytest.mark.parametrize("tag", ['"7"', '"0"', '"02"', '"99999999999999"'])
    def test_a_stale_tag_is_told_who_changed_what(self, tag, call, filing_at, inspector):
        filing = filing_at("submitted")
        response = call(inspector, filing, Verb.WITHDRAW, {"reason": "r"}, tag=tag)
        assert response.status_code == 412
        assert response.json()["code"] == "version_changed"
        assert "王检" in response.json()["detail"]

    def test_the_detail_gives_the_tag_to_send(self, client, call, filing_at, inspector):
        filing = filing_at("draft")
        client.force_login(inspector)
        tag = client.get(f"/api/v1/filings/{filing.pk}/")["ETag"]
        assert call(inspector, filing, Verb.SUBMIT, tag=tag).status_code == 200


class TestRefusals:
    def test_the_wrong_state_is_a_conflict(self, call, filing_at, inspector):
        response = call(inspector, filing_at("closed"), Verb.SUBMIT)
        assert response.status_code == 409
        assert response.json()["code"] == "transition_not_allowed"

    def test_no_authority_is_forbidden(self, call, filing_at, inspector):
        assert call(inspector, filing_at("submitted"), Verb.APPROVE).status_code == 403

    def test_every_problem_is_named(self, client, call, wording, inspector):
        wording |= {"items": [], "officers": []}
        made = create(client, inspector, wording)
        filing = Filing.objects.get(pk=made.json()["id"])
        response = call(inspector, filing, Verb.SUBMIT)
        assert response.status_code == 400
        assert codes(response) == {("officers", "too_few_officers"), ("items", "no_item")}

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"subject": 999999}, "/subject"),
            ({"subject": "1"}, "/subject"),
            ({"subject": 2**63}, "/subject"),
            ({"agency": "TXSJ"}, "/agency"),
            ({"agency": 7}, "/agency"),
            ({"items": ["NONE"]}, "/items"),
            ({"items": "JC-0001"}, "/items"),
            ({"officers": ["NONE"]}, "/officers"),
            ({"type": "weekly"}, "/type"),
            ({"planned_start": "2022-06-15"}, "/planned_start"),
            ({"planned_start": "2022-06-15T10:00:00"}, "/planned_start"),
            ({"planned_start": "２０２２-06-15T10:00:00+08:00"}, "/planned_start"),
            ({"planned_start": "0001-01-01T00:00:00+08:00"}, "/planned_start"),
            ({"planned_end": "2022-13-15T10:00:00+08:00"}, "/planned_end"),
            ({"assistants": "2"}, "/assistants"),
            ({"assistants": True}, "/assistants"),
            ({"double_random": "yes"}, "/double_random"),
            ({"place": "x" * 301}, "/place"),
        ],
    )
    def test_a_bad_value_is_refused_at_its_field(
        self, change, pointer, client, wording, inspector, stranger_agency
    ):
        response = create(client, inspector, wording | change)
        assert response.status_code == 400
        assert pointer in {one["pointer"] for one in response.json()["problems"]}
        assert not Filing.objects.exists()

    def test_a_finding_on_an_item_not_announced_is_refused(self, call, filing_at, inspector):
        body = {
            "outcome": "pending",
            "findings": [{"severity": "minor", "text": "x", "item": "OTHER"}],
        }
        response = call(inspector, filing_at("on_site"), Verb.RECORD, body)
        assert response.status_code == 400
        assert "OTHER" in response.json()["problems"][0]["message"]


class TestCreate:
    def test_drafts_and_says_where(self, client, wording, inspector):
        response = create(client, inspector, wording)
        assert response.status_code == 201
        assert client.get(response["Location"]).json() == response.json()
        assert [one["code"] for one in response.json()["items"]] == ["JC-0001"]
        assert response.json()["officers"][0]["lead"]

    def test_a_reviewer_may_not(self, client, wording, reviewer):
        assert create(client, reviewer, wording).status_code == 403

    def test_revise_replaces_what_is_said(self, client, call, wording, inspector):
        made = create(client, inspector, wording).json()
        filing = Filing.objects.get(pk=made["id"])
        response = call(inspector, filing, Verb.REVISE, wording | {"place": "新址", "items": []})
        assert response.status_code == 200
        assert response.json()["place"] == "新址"
        assert response.json()["items"] == []


class TestIdempotency:
    KEY = {"Idempotency-Key": "3f1c9a52-0d7b"}

    def test_a_repeated_creation_is_done_once(self, client, wording, inspector):
        first = create(client, inspector, wording, **self.KEY)
        again = create(client, inspector, wording, **self.KEY)
        assert again.json() == first.json()
        assert (again.status_code, again["Location"]) == (201, first["Location"])
        assert again["Idempotency-Replayed"] == "true"
        assert Filing.objects.count() == 1

    def test_a_repeated_verb_gives_the_first_answer(self, call, filing_at, inspector):
        filing = filing_at("draft")
        first = call(inspector, filing, Verb.SUBMIT, **self.KEY)
        again = call(inspector, filing, Verb.SUBMIT, **self.KEY)
        assert (first.status_code, again.status_code) == (200, 200)
        assert Event.objects.filter(verb="submit").count() == 1

    def test_a_refusal_is_repeated_too(self, call, filing_at, inspector):
        filing = filing_at("closed")
        first = call(inspector, filing, Verb.SUBMIT, **self.KEY)
        again = call(inspector, filing, Verb.SUBMIT, **self.KEY)
        assert first.status_code == again.status_code == 409
        assert again["Content-Type"] == "application/problem+json"

    def test_the_key_with_another_body_is_refused(self, client, wording, inspector):
        create(client, inspector, wording, **self.KEY)
        response = create(client, inspector, wording | {"place": "别处"}, **self.KEY)
        assert (response.status_code, response.json()["code"]) == (422, "key_reused")

    def test_a_key_belongs_to_its_account(self, client, wording, inspector, partner):
        create(client, inspector, wording, **self.KEY)
        assert create(client, partner, wording, **self.KEY).status_code == 201
        assert Filing.objects.count() == 2

    def test_a_request_in_flight_is_a_conflict(self, client, wording, inspector, clock):
        create(client, inspector, wording, **self.KEY)
        IdempotencyKey.objects.update(answered_at=None)
        clock.shift(60)
        response = create(client, inspector, wording, **self.KEY)
        assert (response.status_code, response.json()["code"]) == (409, "key_in_use")

    def test_the_key_of_a_dead_process_is_taken_over(self, client, wording, inspector, clock):
        create(client, inspector, wording, **self.KEY)
        IdempotencyKey.objects.update(answered_at=None)
        clock.shift(180)
        assert create(client, inspector, wording, **self.KEY).status_code == 201

    def test_a_fault_of_ours_frees_the_key(self, client, wording, inspector, monkeypatch):
        def broken(*args, **kwargs):
            raise OSError("disk full")

        monkeypatch.setattr(actions, "draft", broken)
        client.raise_request_exception = False
        assert create(client, inspector, wording, **self.KEY).status_code == 500
        assert not IdempotencyKey.objects.exists()

    def test_keys_are_kept_fifteen_days(self, client, wording, inspector, clock):
        create(client, inspector, wording, **self.KEY)
        clock.shift(timedelta(days=14, hours=23))
        assert "Idempotency-Replayed" in create(client, inspector, wording, **self.KEY)
        clock.shift(timedelta(hours=2))
        assert "Idempotency-Replayed" not in create(client, inspector, wording, **self.KEY)

    @pytest.mark.parametrize("key", ["short", "with space in it", "x" * 201, "汉字汉字汉字汉字"])
    def test_a_bad_key_is_refused(self, key, client, wording, inspector):
        response = create(client, inspector, wording, **{"Idempotency-Key": key})
        assert response.status_code == 400
        assert not Filing.objects.exists()
