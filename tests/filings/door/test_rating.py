"""The enterprise rates a visit: once, by the day, seen by the agency in groups of five only."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.models import Event
from filings import actions, codes
from filings.actions import AlreadyRated, Opinion
from filings.actions.rating import PER_ADDRESS
from filings.models import Rating, SupervisionCase, Visit
from filings.opinions import standing
from filings.rules import FilingIncomplete
from officers.actions.throttling import TooManyAttempts
from tests import factories

DOOR = timedelta(hours=2)
WORDS = "罕见字句"


@pytest.fixture
def send(client, at):
    def do(url, *, later=DOOR, language="en", method="post", **typed):
        with time_machine.travel(at + later, tick=False):
            return getattr(client, method)(url, typed, headers={"Accept-Language": language})

    return do


@pytest.fixture
def rate(at):
    def do(filing, level=4, *, later=DOOR, address="10.0.0.1", **said):
        return actions.rate(filing, Opinion(level, **said), address=address, at=at + later)

    return do


@pytest.fixture
def rated(agency, subject):
    """Visits of an agency, rated on a day."""

    def do(*levels, on, of=agency):
        for level in levels:
            visit = Visit.objects.create(subject=subject)
            factories.filing(of, subject, visit=visit)
            Rating.objects.create(visit=visit, level=level, rated_on=on)

    return do


def page(filing):
    return reverse("door:rate", args=[codes.of(filing)])


class TestRate:
    def test_keeps_the_day_and_nothing_of_the_person(self, send, filing_at, at):
        filing = filing_at("on_site")
        answer = send(page(filing), level="4", tags=["code_shown", "items_told"], text=" 好 ")

        kept = Rating.objects.get()
        assert answer.status_code == 201
        assert not answer.cookies
        assert (kept.visit, kept.level, kept.text) == (filing.visit, 4, "好")
        assert (kept.tags, kept.rated_on) == (["code_shown", "items_told"], date(2022, 6, 15))
        fields = {one.name for one in Rating._meta.fields}
        assert fields == {"id", "visit", "level", "tags", "text", "rated_on"}

    def test_leaves_one_event_that_names_neither_visit_nor_hour(self, rate, filing_at, agency):
        filing = filing_at("on_site")
        before = Event.objects.filter(chain=agency.code).count()
        rate(filing, 1, text=WORDS)

        event = Event.objects.get(verb="rate")
        assert (event.chain, event.at.isoformat()) == ("system", "2022-06-14T16:00:00+00:00")
        assert '"facts":{}' in event.payload
        assert Event.objects.filter(chain=agency.code).count() == before

    def test_counts_once(self, send, filing_at):
        filing = filing_at("on_site")
        send(page(filing), level="5")
        again = send(page(filing), level="1")

        assert again.status_code == 409
        assert "Thank you" in again.content.decode()
        assert "the first rating stands" in again.content.decode()
        assert Rating.objects.get().level == 5
        assert not SupervisionCase.objects.exists()

    def test_is_one_per_visit_in_the_database_too(self, rate, filing_at):
        filing = filing_at("on_site")
        rate(filing)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(visit=filing.visit, level=3, rated_on=date(2022, 6, 15))

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({}, "This field is required"),
            ({"level": "6"}, "Select a valid choice"),
            ({"level": "4", "tags": ["burn"]}, "Select a valid choice"),
            ({"level": "4", "text": "坏" * 2001}, "at most 2000"),
            ({"level": "4", "text": "a\x08b"}, "U+0008"),
        ],
    )
    def test_says_what_is_wrong(self, typed, told, send, filing_at):
        answer = send(page(filing_at("on_site")), **({"text": ""} | typed))

        assert answer.status_code == 400
        assert told in answer.content.decode()
        assert not Rating.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"level": 0}, "unknown_level"),
            ({"tags": ("burn",)}, "unknown_tag"),
            ({"text": "坏" * 2001}, "text_too_long"),
        ],
    )
    def test_is_judged_by_the_action_too(self, wrong, code, rate, filing_at):
        with pytest.raises(FilingIncomplete) as refused:
            rate(filing_at("on_site"), **wrong)

        assert [one.code for one in refused.value.problems] == [code]

    def test_is_throttled_and_refused_tries_count(self, rate, filing_at):
        filing = filing_at("on_site")
        rate(filing)
        for _again in range(PER_ADDRESS.most - 1):
            with pytest.raises(AlreadyRated):
                rate(filing)
        with pytest.raises(TooManyAttempts):
            rate(filing)


class TestWindow:
    def test_is_closed_before_the_check_in_with_a_plain_sentence(self, send, filing_at):
        url = page(filing_at("approved"))

        assert "from the arrival until 30 days" in send(url, method="get").content.decode()
        assert send(url, level="5").status_code == 400
        assert not Rating.objects.exists()

    def test_ends_thirty_days_after_the_result(self, rate, filing_at):
        filing = filing_at("recorded")
        after = filing.result.recorded_at + timedelta(days=30)
        with pytest.raises(FilingIncomplete):
            actions.rate(filing, Opinion(4), address="10.0.0.1", at=after)
        actions.rate(filing, Opinion(4), address="10.0.0.1", at=after - timedelta(seconds=1))

        assert Rating.objects.count() == 1


class TestPage:
    @pytest.mark.parametrize(
        ("language", "told"), [("en", "Rate the visit"), ("zh", "评价本次检查")]
    )
    def test_of_the_code_has_the_form_without_a_script(self, language, told, send, filing_at):
        url = reverse("door:code", args=[codes.of(filing_at("on_site"))])
        text = send(url, method="get", language=language).content.decode()

        assert told in text
        assert text.count('type="radio"') == 5
        assert "<script" not in text

    def test_uses_nothing_up_and_does_not_tell_that_it_was_rated(self, send, rate, filing_at):
        filing = filing_at("on_site")
        for url in (page(filing), reverse("door:code", args=[codes.of(filing)])):
            Rating.objects.all().delete()
            before = send(url, method="get").content
            assert not Rating.objects.exists()
            rate(filing)
            assert send(url, method="get").content == before


class TestBadRating:
    @pytest.mark.parametrize(("level", "cases"), [(1, 1), (2, 1), (3, 0)])
    def test_opens_a_case(self, level, cases, rate, filing_at):
        rate(filing_at("on_site"), level)

        assert SupervisionCase.objects.filter(kind="bad_rating").count() == cases

    @pytest.mark.parametrize(("line", "office"), [("local", "justice"), ("central", "environment")])
    def test_goes_by_the_line_of_the_agency(self, line, office, rate, filing_at, agency):
        agency.line = line
        agency.save()
        case = rate(filing_at("on_site"), 1)

        assert case.office == office
        assert case.opened_at.isoformat() == "2022-06-14T16:00:00+00:00"
        assert case.due_at - case.opened_at == timedelta(days=16)

    def test_is_read_by_the_supervisor(self, send, client, rate, filing_at, supervisor):
        case = rate(filing_at("on_site"), 2, tags=("fee_or_gift",), text=WORDS)
        client.force_login(supervisor)
        text = send(reverse("filings:case", args=[case.pk]), method="get").content.decode()

        assert "Level 2 of 5" in text
        assert "a fee or a gift was asked for" in text
        assert WORDS in text

    def test_is_no_kind_to_choose_in_the_complaint_form(self, send, filing_at):
        url = reverse("door:tell", args=[codes.of(filing_at("on_site"))])

        assert send(url, kind="bad_rating", text="x").status_code == 400


class TestAgency:
    @pytest.mark.parametrize("who", ["inspector", "reviewer", "clerk"])
    def test_sees_the_same_pages_whether_or_not_it_was_rated(
        self, who, send, client, rate, filing_at, request
    ):
        filing = filing_at("recorded")
        account = request.getfixturevalue(who)
        paths = [
            filing.get_absolute_url(),
            "/filings/",
            "/filings/today/",
            "/filings/deadlines/",
            f"/api/v1/filings/{filing.pk}/",
            "/api/v1/filings/",
        ]

        def seen():
            client.force_login(account)
            return [_settled(send(one, method="get")) for one in paths]

        before = seen()
        rate(filing, 1, text=WORDS)
        after = seen()

        assert before == after
        assert [status for status, _text in after].count(200) >= 3

    def test_is_told_a_mean_of_complete_groups_of_five(self, rated, agency):
        day, today = date(2022, 6, 14), date(2022, 6, 15)
        rated(1, 5, 5, 5, on=day)
        assert standing(agency, today) is None

        rated(4, on=day)
        five = standing(agency, today)
        assert (five.count, five.mean) == (5, 4.0)

        rated(1, 1, 1, 1, on=day)
        assert standing(agency, today) == five

    def test_is_told_nothing_of_today_of_last_year_or_of_others(
        self, rated, agency, stranger_agency
    ):
        rated(1, 1, 1, on=date(2022, 6, 15))
        rated(1, 1, 1, on=date(2021, 12, 31))
        rated(5, 5, 5, 5, on=date(2022, 6, 14))
        rated(5, 5, 5, on=date(2022, 6, 14), of=stranger_agency)

        assert standing(agency, date(2022, 6, 15)) is None

    def test_reads_it_on_the_officers_day(self, send, client, rated, inspector):
        client.force_login(inspector)
        rated(4, 4, 4, 4, on=date(2022, 6, 14))
        assert "of 5 on average" not in send("/filings/today/", method="get").content.decode()

        rated(4, on=date(2022, 6, 14))
        text = send("/filings/today/", method="get").content.decode()
        assert "rated 5 visits of this year 4.0 of 5 on average" in text


def _settled(answer):
    """What a page says, without what differs at each call: tokens, and the number of a refusal."""
    if answer.status_code == 403:
        return 403, ""
    text = answer.content.decode()
    return answer.status_code, re.sub(
        r'(csrfmiddlewaretoken" value|nonce|key" value)="[^"]*"', "", text
    )
