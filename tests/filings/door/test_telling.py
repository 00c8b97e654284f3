"""A complaint, a lawful refusal or a request from the door, and its answer (R-EVA-1, R-OFF-7)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions, codes
from filings.actions import Matter
from filings.models import SupervisionCase
from filings.rules import FilingIncomplete
from officers.actions.throttling import TooManyAttempts

DOOR = timedelta(hours=2)


@pytest.fixture
def send(client, at):
    def do(url, account=None, *, later=DOOR, method="post", **typed):
        with time_machine.travel(at + later, tick=False):
            if account:
                client.force_login(account)
            call = getattr(client, method)
            return call(url, typed, headers={"Accept-Language": "en"})

    return do


@pytest.fixture
def brought(filing_at, at):
    def do(status="on_site", **said):
        matter = Matter(**({"kind": "complaint", "text": "收费"} | said))
        return actions.bring(filing_at(status), matter, address="10.0.0.1", at=at + DOOR)

    return do


class TestTell:
    def test_gives_a_reference_and_opens_a_case(self, send, filing_at):
        filing = filing_at("on_site")
        url = reverse("door:tell", args=[codes.of(filing)])
        typed = {"kind": "refusal", "grounds": ["no_certificate"], "contact": "138 0000 0000"}
        answer = send(url, **typed)

        case = SupervisionCase.objects.get()
        assert answer.status_code == 201
        assert case.reference in answer.content.decode()
        assert (case.filing, case.grounds, case.office) == (filing, ["no_certificate"], "justice")
        assert case.due_at - case.opened_at > timedelta(days=15)

    def test_needs_neither_cookie_nor_account(self, filing_at, at):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        with time_machine.travel(at + DOOR, tick=False):
            url = reverse("door:tell", args=[codes.of(filing_at("on_site"))])
            answer = strict.post(url, {"kind": "complaint", "text": "态度粗暴"})

        assert answer.status_code == 201
        assert not answer.cookies

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"kind": "complaint"}, "in your own words"),
            ({"kind": "refusal", "text": "不让"}, "rests on a ground"),
            ({"kind": "burn", "text": "x"}, "Select a valid choice"),
            ({"kind": "complaint", "grounds": ["burn"], "text": "x"}, "Select a valid choice"),
            ({"kind": "complaint", "text": "坏" * 2001}, "at most 2000"),
            ({"kind": "complaint", "text": "a\x08b"}, "U+0008"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_words(self, typed, told, send, filing_at):
        url = reverse("door:tell", args=[codes.of(filing_at("on_site"))])
        answer = send(url, **typed)

        assert answer.status_code == 400
        assert told in answer.content.decode()
        assert not SupervisionCase.objects.exists()

    def test_is_closed_to_an_unknown_code(self, send, db):
        assert send("/c/" + "A" * 32 + "/tell", kind="complaint", text="x").status_code == 404

    def test_shows_what_was_typed_as_text(self, send, brought, supervisor):
        case = brought(text="<script>alert(1)</script>")
        page = send(reverse("filings:case", args=[case.pk]), supervisor, method="get")

        assert "&lt;script&gt;alert(1)" in page.content.decode()
        assert "<script>alert" not in page.content.decode()


class TestFlood:
    def test_is_stopped_by_address_and_by_code(self, filing_at, at, monkeypatch):
        filing = filing_at("on_site")
        matter = Matter("complaint", text="又来")
        for number in range(10):
            actions.bring(filing, matter, address=f"10.0.0.{number}", at=at)
        with pytest.raises(TooManyAttempts):
            actions.bring(filing, matter, address="10.0.0.99", at=at)

        assert SupervisionCase.objects.count() == 10


class TestRouting:
    @pytest.mark.parametrize(
        ("line", "office"),
        [("local", "justice"), ("provincial", "environment"), ("central", "environment")],
    )
    def test_follows_the_line_of_the_agency(self, line, office, brought, agency):
        agency.line = line
        agency.save()

        assert brought().office == office

    def test_brings_an_officers_note_of_a_refusal_to_the_supervisor(self, filing_at):
        filing = filing_at("refused")
        case = SupervisionCase.objects.get()

        assert (case.kind, case.filing, case.text) == ("refusal", filing, "未亮码")


class TestAnswer:
    def test_is_read_by_the_reference(self, send, brought, supervisor):
        case = brought()
        page = reverse("filings:case", args=[case.pk])
        typed = {"outcome": "upheld", "answer": "已责令改正。"}

        assert send(page, supervisor, **typed).status_code == 302
        read = send(reverse("door:case"), reference=f" {case.reference.lower()} ")

        assert "已责令改正。" in read.content.decode()
        assert "Upheld" in read.content.decode()

    def test_is_given_once(self, brought, supervisor, authority, at):
        case = brought()
        said = {"by": authority(supervisor), "at": at + DOOR}
        actions.answer_case(case, "upheld", "属实", **said)
        with pytest.raises(FilingIncomplete):
            actions.answer_case(case, "unfounded", "不属实", **said)

        case.refresh_from_db()
        assert case.outcome == "upheld"

    @pytest.mark.parametrize("who", ["inspector", "reviewer", "clerk", "auditor", "outsider"])
    def test_and_question_are_hidden_from_all_but_the_supervisor(self, who, send, brought, request):
        case = brought(text="王检索要礼品", contact="138")
        account = request.getfixturevalue(who)

        assert (
            send(reverse("filings:case", args=[case.pk]), account, method="get").status_code == 404
        )
        assert send(reverse("filings:cases"), account, method="get").status_code == 403

    def test_waits_in_the_list_of_the_supervisor(self, send, brought, supervisor):
        case = brought()
        page = send(reverse("filings:cases"), supervisor, method="get").content.decode()
        late = send(
            reverse("filings:cases"), supervisor, method="get", later=timedelta(days=17)
        ).content.decode()

        assert reverse("filings:case", args=[case.pk]) in page
        assert "status-red" not in page
        assert "status-red" in late


class TestContact:
    def test_shows_its_ends_and_in_full_for_a_reason(self, send, brought, supervisor):
        case = brought(text="王检索要礼品", contact="13812345678")
        page = send(reverse("filings:case", args=[case.pk]), supervisor, method="get")
        assert "138******78" in page.content.decode()
        there = reverse("filings:case_contact", args=[case.pk])
        assert send(there, supervisor, reason="").status_code == 302
        assert not Event.objects.filter(verb="read_contact").exists()

        full = send(there, supervisor, reason="回访").content.decode()

        assert "13812345678" in full
        event = Event.objects.get(verb="read_contact")
        assert (event.actor, event.reason) == (supervisor.name, "回访")
        assert "13812345678" not in event.payload

    def test_is_read_by_nobody_else(self, send, brought, inspector, clerk, authority, at):
        case = brought(contact="13812345678")
        for other in (inspector, clerk):
            there = reverse("filings:case_contact", args=[case.pk])
            assert send(there, other, reason="x").status_code == 404
            with pytest.raises(NotAuthorised):
                actions.read_contact(case, by=authority(other), at=at, reason="x")


class TestLookUp:
    def test_of_a_wrong_reference_says_so_and_is_throttled(self, send, db):
        found = [send(reverse("door:case"), reference=f"2022-ABCD-EFGH-{n:04}") for n in range(21)]

        assert [one.status_code for one in found] == [404] * 20 + [429]
        assert "letter by letter" in found[0].content.decode()

    def test_shows_nothing_of_the_matter_itself(self, send, brought):
        case = brought(text="王检索要礼品", contact="138")
        page = send(reverse("door:case"), reference=case.reference).content.decode()

        assert case.agency.name in page
        assert "looking into it" in page
        assert "礼品" not in page
        assert "138" not in page
