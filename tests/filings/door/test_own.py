"""An enterprise reads its own inspections by credit code and registered contact, and no others."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Event
from filings import actions, codes, letters, own, rights
from filings.actions import Reach
from filings.models import Contact, OwnEntry, Rating, Visit
from filings.rules import FilingIncomplete

DOOR = timedelta(hours=3)
MAIL = "firm@example.com"


@pytest.fixture
def firm(subject, clerk, authority, at):
    """The subject with a contact that a clerk entered the month before."""
    told = {"by": authority(clerk), "at": at - timedelta(days=30), "reason": "营业执照"}
    actions.set_contact(subject, Reach(MAIL, "13800000001"), **told)
    return subject


@pytest.fixture
def post(client, at):
    def do(name, *, later=DOOR, language="en", **typed):
        with time_machine.travel(at + later, tick=False):
            answer = client.post(
                reverse(f"door:{name}"), typed, headers={"Accept-Language": language}
            )
            letters.settle()
        return answer

    return do


@pytest.fixture
def enter(post):
    """Come in as the enterprise, by the code in the letter."""

    def do(uscc, contact=MAIL, **when):
        asked = post("own", uscc=uscc, contact=contact, **when)
        code = sent()
        return post("own_enter", ticket=hidden(asked, "ticket"), code=code, **when)

    return do


def sent():
    """The code in the last letter."""
    return re.search(r"(?<!\d)\d{6}(?!\d)", mail.outbox[-1].body)[0]


def hidden(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


class TestComingIn:
    def test_is_by_a_code_sent_to_the_contact(self, enter, firm, filing_at):
        filing = filing_at("closed")
        answer = enter(f" {firm.uscc.lower()} ")

        text = answer.content.decode()
        assert answer.status_code == 200
        assert not answer.cookies
        assert [one.to for one in mail.outbox] == [[MAIL]]
        for told in (firm.name, filing.number, filing.agency.name, "No problem found"):
            assert told in text

    def test_answers_the_unknown_alike_and_sends_nothing(self, post, firm):
        known = post("own", uscc=firm.uscc, contact=MAIL)
        letters_sent = len(mail.outbox)
        others = [
            post("own", uscc=firm.uscc, contact="other@example.com"),
            post("own", uscc="91220202MA0Y0A99XX", contact=MAIL),
            post("own", uscc="x", contact="13800000001"),
        ]
        plain = {re.sub(r'value="[^"]+"', "", one.content.decode()) for one in [known, *others]}

        assert {one.status_code for one in [known, *others]} == {200}
        assert len(plain) == 1
        assert len(mail.outbox) == letters_sent == 1

    def test_takes_the_same_questions_for_the_unknown(self, post, firm):
        post("own", uscc="warm", contact="up")
        counts = []
        for uscc in (firm.uscc, "91220202MA0Y0A99XX"):
            with CaptureQueriesContext(connection) as asked:
                post("own", uscc=uscc, contact=MAIL)
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_is_refused_after_five_wrong_codes_and_after_ten_minutes(self, post, firm):
        asked = post("own", uscc=firm.uscc, contact=MAIL)
        ticket, code = hidden(asked, "ticket"), sent()
        late = post("own_enter", ticket=ticket, code=code, later=DOOR + timedelta(minutes=10))
        wrong = "000000" if code != "000000" else "000001"
        tries = [post("own_enter", ticket=ticket, code=wrong).status_code for _ in range(5)]
        after = post("own_enter", ticket=ticket, code=code)

        assert late.status_code == 403
        assert tries == [403] * 5
        assert after.status_code == 403
        assert "wrong or over" in after.content.decode()

    def test_uses_a_code_once(self, enter, post, firm):
        asked = post("own", uscc=firm.uscc, contact=MAIL)
        ticket, code = hidden(asked, "ticket"), sent()

        assert post("own_enter", ticket=ticket, code=code).status_code == 200
        assert post("own_enter", ticket=ticket, code=code).status_code == 403

    def test_lasts_half_an_hour(self, enter, post, firm):
        key = hidden(enter(firm.uscc), "key")

        assert post("own_visits", key=key, later=DOOR + timedelta(minutes=29)).status_code == 200
        for name in ("own_visits", "own_paper", "own_notice", "own_right"):
            over = post(name, key=key, later=DOOR + timedelta(minutes=30))
            assert over.status_code == 403
            assert post(name, key="x").status_code == 403

    def test_is_throttled_by_firm_and_by_address(self, post, firm):
        found = [post("own", uscc=firm.uscc, contact=MAIL).status_code for _ in range(6)]
        assert found == [200] * 5 + [429]
        others = [post("own", uscc=f"x{n}", contact="y").status_code for n in range(20)]
        assert others[-1] == 429
        assert len(mail.outbox) == 5

    def test_keeps_neither_ticket_nor_code_nor_key(self, enter, post, firm):
        answer = enter(firm.uscc)
        code = sent()
        kept = str(list(OwnEntry.objects.values_list()))

        assert hidden(answer, "key") not in kept
        assert code not in re.sub(r"[0-9a-f]{64}", "", kept)

    @pytest.mark.parametrize("typed", [{}, {"uscc": "x"}, {"contact": "y"}])
    def test_says_what_is_missing(self, typed, post, db):
        answer = post("own", **typed)
        assert answer.status_code == 400
        assert "This field is required" in answer.content.decode()

    def test_speaks_chinese(self, post, db):
        assert "本企业" in post("own", language="zh-CN", uscc="x").content.decode()

    def test_sends_to_a_phone_only_through_a_gateway_that_is_set(
        self, post, firm, settings, monkeypatch
    ):
        given = []

        def take(asked, timeout):
            given.append(asked)
            return Gone()

        monkeypatch.setattr(letters.urllib.request, "urlopen", take)
        post("own", uscc=firm.uscc, contact="13800000001")
        assert (given, mail.outbox) == ([], [])

        settings.SMS_GATEWAY = "https://sms.example.com/send"
        post("own", uscc=firm.uscc, contact="13800000001")
        assert [one.full_url for one in given] == ["https://sms.example.com/send"]
        assert b"13800000001" in given[0].data


class Gone:
    def close(self):
        """Nothing is read of the gateway's answer."""


class TestOwn:
    def test_shows_nothing_of_other_firms(self, enter, firm, filing_at, district):
        own, _second, other = (filing_at("closed") for _ in range(3))
        text = enter(firm.uscc).content.decode()

        assert own.number in text
        assert other.subject != firm
        assert other.number not in text
        assert other.subject.name not in text

    @pytest.mark.parametrize("status", ["draft", "submitted", "returned", "withdrawn"])
    def test_shows_nothing_that_is_not_decided(self, status, enter, firm, filing_at):
        filing_at(status)
        assert "No inspection of your enterprise is filed" in enter(firm.uscc).content.decode()

    @pytest.mark.parametrize("status", ["approved", "expired"])
    def test_keeps_an_unannounced_one_until_they_are_there(self, status, enter, firm, filing_at):
        filing = filing_at(status)
        type(filing).objects.filter(pk=filing.pk).update(unannounced=True)

        for later in (timedelta(minutes=1), timedelta(hours=2), timedelta(days=3)):
            assert filing.number not in enter(firm.uscc, later=later).content.decode()

    def test_tells_of_an_unannounced_one_from_the_arrival_on(self, enter, firm, filing_at):
        filing = filing_at("on_site")
        type(filing).objects.filter(pk=filing.pk).update(unannounced=True)
        assert filing.number in enter(firm.uscc, later=timedelta(hours=3)).content.decode()

    def test_keeps_a_result_until_it_is_confirmed(self, enter, firm, filing_at):
        filing_at("recorded")
        assert "No problem found" not in enter(firm.uscc).content.decode()

    def test_tells_until_when_to_put_right(self, enter, firm, followed_at):
        filing = followed_at("rectification", "confirmed")
        text = enter(firm.uscc, later=timedelta(hours=8)).content.decode()
        assert f"put right by {filing.result.rectify_by:%Y-%m-%d}" in text

    def test_is_a_pdf_too(self, enter, post, firm, filing_at, at):
        filing = filing_at("closed")
        answer = post("own_paper", key=hidden(enter(firm.uscc), "key"))
        told = own.sheet(firm, own.inspections(firm, at + DOOR), at + DOOR)

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert (told.facts[1][1], told.parts[0].rows[0][2]) == (firm.uscc, filing.number)

    def test_holds_the_notice_of_each_as_pdf(self, enter, post, firm, filing_at):
        filing = filing_at("closed")
        inside = enter(firm.uscc)
        answer = post("own_notice", key=hidden(inside, "key"), filing=filing.pk)

        assert "Notice as PDF" in inside.content.decode()
        assert answer.content.startswith(b"%PDF-")
        assert (
            answer.headers["Content-Disposition"] == f'attachment; filename="{filing.number}.pdf"'
        )

    def test_gives_no_notice_of_another_firm(self, enter, post, firm, filing_at):
        other = [filing_at("closed"), filing_at("closed"), filing_at("on_site")][-1]
        key = hidden(enter(firm.uscc), "key")
        for wanted in (other.pk, "x", ""):
            assert post("own_notice", key=key, filing=wanted).status_code == 404


class TestRating:
    def test_by_the_contact_is_not_open_to_whoever_holds_the_code(
        self, client, firm, filing_at, at
    ):
        filing = filing_at("on_site")
        with time_machine.travel(at + DOOR, tick=False):
            page = client.get(
                reverse("door:code", args=[codes.of(filing)]), headers={"Accept-Language": "en"}
            ).content.decode()
            answer = client.post(
                reverse("door:right", args=[codes.of(filing)]),
                {"right": rights.fresh()},
                headers={"Accept-Language": "en"},
            )

        assert reverse("door:own") in page
        assert 'name="right"' not in page
        assert answer.status_code == 409
        assert "registered contact" in answer.content.decode()
        assert Visit.objects.get().right == ""

    def test_is_asked_for_and_made(self, enter, post, client, firm, filing_at, at):
        filing = filing_at("on_site")
        inside = enter(firm.uscc)
        form = post("own_right", key=hidden(inside, "key"), filing=filing.pk)
        with time_machine.travel(at + DOOR, tick=False):
            action = re.search(r'action="(/c/[^"]+/rate)"', form.content.decode())[1]
            answer = client.post(action, {"right": hidden(form, "right"), "level": "5"})

        assert answer.status_code == 201
        assert not Rating.objects.get().doubtful
        assert "You may rate" in inside.content.decode()
        assert "You may rate" not in enter(firm.uscc).content.decode()

    def test_of_another_firm_is_not_found(self, enter, post, firm, filing_at):
        other = [filing_at("closed"), filing_at("closed"), filing_at("on_site")][-1]
        key = hidden(enter(firm.uscc), "key")
        for wanted in (other.pk, "x", "", "9" * 30):
            assert post("own_right", key=key, filing=wanted).status_code == 404

    def test_by_a_contact_entered_after_the_filing_is_doubtful(
        self, enter, post, client, subject, clerk, authority, filing_at, at
    ):
        filing = filing_at("on_site")
        told = {"by": authority(clerk), "at": at + timedelta(days=1), "reason": "来电"}
        actions.set_contact(subject, Reach(MAIL), **told)
        later = timedelta(days=1, hours=1)
        form = post(
            "own_right",
            key=hidden(enter(subject.uscc, later=later), "key"),
            filing=filing.pk,
            later=later,
        )
        with time_machine.travel(at + later, tick=False):
            action = re.search(r'action="(/c/[^"]+/rate)"', form.content.decode())[1]
            client.post(action, {"right": hidden(form, "right"), "level": "5"})

        assert Rating.objects.get().doubtful


class TestContact:
    def test_is_kept_by_a_clerk_and_shown_in_part(self, client, clerk, subject, at):
        client.force_login(clerk)
        url = reverse("registers:contact", args=[subject.pk])
        with time_machine.travel(at, tick=False):
            answer = client.post(url, {"email": MAIL, "phone": "13800000001", "reason": "执照"})
            page = client.get(url).content.decode()
            row = client.get(reverse("registers:one", args=["subjects", subject.pk]))

        assert answer.status_code == 302
        assert Contact.objects.get().email.reveal() == MAIL
        assert MAIL not in page
        assert "13800000001" not in page
        assert "138******01" in page
        assert url in row.content.decode()

    @pytest.mark.parametrize("who", ["inspector", "reviewer", "supervisor", "outsider"])
    def test_is_kept_by_nobody_else(self, who, request, client, subject, at):
        client.force_login(request.getfixturevalue(who))
        with time_machine.travel(at, tick=False):
            answer = client.post(
                reverse("registers:contact", args=[subject.pk]), {"email": MAIL, "reason": "x"}
            )
            said = client.post(
                f"/api/v1/subjects/{subject.pk}/contact/",
                {"email": MAIL, "reason": "x"},
                content_type="application/json",
            )
        assert answer.status_code in (403, 404)
        assert said.status_code in (403, 404)
        assert not Contact.objects.exists()

    def test_leaves_an_event_that_does_not_tell_it(self, firm):
        event = Event.objects.get(verb="set_contact")
        assert MAIL not in event.payload
        assert "13800000001" not in event.payload

    @pytest.mark.parametrize(
        ("reach", "code"),
        [
            (Reach(), "contact_missing"),
            (Reach("nobody"), "bad_email"),
            (Reach(phone="123"), "bad_phone"),
            (Reach(phone="１３８００００００００１"), "bad_phone"),
        ],
    )
    def test_must_reach_somebody(self, reach, code, subject, clerk, authority, at):
        with pytest.raises(FilingIncomplete) as refused:
            actions.set_contact(subject, reach, by=authority(clerk), at=at, reason="x")
        assert [one.code for one in refused.value.problems] == [code]
        assert not Contact.objects.exists()

    def test_is_kept_over_the_api_too(self, client, clerk, subject, at):
        client.force_login(clerk)
        url = f"/api/v1/subjects/{subject.pk}/contact/"
        with time_machine.travel(at, tick=False):
            answer = client.post(
                url, {"email": MAIL, "reason": "执照"}, content_type="application/json"
            )
            bad = client.post(
                url, {"phone": "1", "reason": "执照"}, content_type="application/json"
            )

        assert answer.status_code == 200
        assert answer.json() == {"contact": "f***@example.com", "since": "2022-06-15"}
        assert bad.status_code == 400
        assert [one["code"] for one in bad.json()["problems"]] == ["bad_phone"]
