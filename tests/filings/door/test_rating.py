"""The enterprise rates a visit: once, by the day, seen by the agency in groups of five only."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from agencies.models import Event
from filings import actions, codes, rights
from filings.actions import AlreadyRated, Caller, NoRight, Opinion, RightGiven
from filings.actions.rating import PER_ADDRESS, PER_RIGHT
from filings.models import Filing, Rating, SupervisionCase, Visit
from filings.opinions import standing
from filings.rules import FilingIncomplete
from officers.actions.signing_in import Attempt, signed_in
from officers.actions.throttling import TooManyAttempts

DOOR = timedelta(hours=2)
WORDS = "罕见字句"
HONEST = Caller("10.0.0.1")


@pytest.fixture
def send(client, at):
    def do(url, *, later=DOOR, language="en", method="post", **typed):
        with time_machine.travel(at + later, tick=False):
            return getattr(client, method)(url, typed, headers={"Accept-Language": language})

    return do


@pytest.fixture
def given(at):
    """The right to rate a visit, given to one device."""

    def do(filing, *, later=DOOR, caller=HONEST):
        secret = rights.fresh()
        actions.give_right(filing, secret, caller=caller, at=at + later)
        return secret

    return do


@pytest.fixture
def rate(at, given):
    """A visit rated by whoever is given the right to."""

    def do(filing, level=4, *, later=DOOR, caller=HONEST, secret=None, **said):
        secret = secret or given(filing, later=later, caller=caller)
        return actions.rate(filing, secret, Opinion(level, **said), caller=caller, at=at + later)

    return do


@pytest.fixture
def rated(agency):
    """Ratings of an agency, of one day."""

    def do(*levels, on, of=agency):
        for level in levels:
            Rating.objects.create(agency=of, level=level, rated_on=on)

    return do


def page(filing):
    return path(filing, "rate")


def path(filing, name):
    return reverse(f"door:{name}", args=[codes.of(filing)])


def offered(answer):
    """The right that a page holds."""
    return re.search(r'name="right" value="([^"]+)"', answer.content.decode())[1]


def without_tokens(answer):
    return re.sub(r'(/c/|name="right" value=")[A-Za-z0-9_-]{32}', "", answer.content.decode())


class TestRight:
    def test_is_given_by_a_press_of_a_button_to_one_device(self, send, filing_at):
        filing = filing_at("on_site")
        page = send(reverse("door:code", args=[codes.of(filing)]), method="get")
        first = offered(page)
        assert Visit.objects.get().right == ""

        form = send(path(filing, "right"), right=first)
        other = send(path(filing, "right"), right=rights.fresh())

        assert form.status_code == 200
        assert form.content.decode().count('type="radio"') == 5
        assert other.status_code == 409
        assert "given to another device" in other.content.decode()
        assert 'type="radio"' not in other.content.decode()

    def test_is_given_again_to_the_same_device(self, send, filing_at, given):
        filing = filing_at("on_site")
        secret = given(filing)
        kept = Visit.objects.get().right
        later = send(path(filing, "right"), right=f" {secret} ", later=timedelta(days=20))

        assert later.status_code == 200
        assert secret in later.content.decode()
        assert Visit.objects.get().right == kept

    @pytest.mark.parametrize("secret", ["", "x", "中" * 32, "a" * 33, "' OR 1=1"])
    def test_is_nothing_that_somebody_made_up(self, secret, send, filing_at):
        answer = send(path(filing_at("on_site"), "right"), right=secret)

        assert answer.status_code == 409
        assert Visit.objects.get().right == ""

    def test_is_not_the_code(self, send, filing_at, given):
        filing = filing_at("on_site")
        given(filing)
        for secret in ("", codes.of(filing), Visit.objects.get().right, rights.fresh()):
            assert send(page(filing), right=secret, level="5").status_code == 403

        assert not Rating.objects.exists()

    def test_of_one_visit_rates_no_other(self, filing_at, given, at):
        mine, other = filing_at("on_site"), filing_at("on_site")
        secret = given(mine)
        given(other)
        with pytest.raises(NoRight):
            actions.rate(other, secret, Opinion(1), caller=HONEST, at=at + DOOR)

    def test_is_not_given_before_the_arrival(self, send, filing_at):
        answer = send(path(filing_at("approved"), "right"), right=rights.fresh())

        assert answer.status_code == 400
        assert "from the arrival until 30 days" in answer.content.decode()

    def test_leaves_no_event(self, filing_at, given):
        filing = filing_at("on_site")
        before = Event.objects.count()
        given(filing)

        assert Event.objects.count() == before


class TestUnlinkable:
    def test_keeps_the_day_and_nothing_of_the_person(self, send, filing_at, given, agency):
        filing = filing_at("on_site")
        secret = given(filing)
        answer = send(
            page(filing), right=secret, level="4", tags=["code_shown", "items_told"], text=" 好 "
        )

        kept = Rating.objects.get()
        assert answer.status_code == 201
        assert not answer.cookies
        assert (kept.agency, kept.level, kept.text) == (agency, 4, "好")
        assert (kept.tags, kept.rated_on) == (["code_shown", "items_told"], date(2022, 6, 15))
        assert not kept.doubtful
        fields = {one.name for one in Rating._meta.fields}
        assert fields == {
            "id", "agency", "level", "tags", "text", "rated_on", "doubtful", "spent",
        }  # fmt: skip

    def test_has_no_path_in_the_schema_from_a_rating_to_a_visit(self):
        """The agency is all that a rating shares with anything, and nothing points to a rating."""
        keys = [one.name for one in Rating._meta.fields if one.is_relation]
        pointing = [
            one for one in Rating._meta.get_fields() if one.auto_created and one.is_relation
        ]
        instants = [one for one in Rating._meta.fields if isinstance(one, models.DateTimeField)]

        assert (keys, pointing, instants) == (["agency"], [], [])

    def test_shares_no_value_with_the_row_of_the_visit_or_of_the_filing(self, rate, filing_at):
        filing = filing_at("on_site")
        for number in range(3):
            rate(filing_at("on_site"), 3, text=f"{WORDS}{number}")
        rate(filing, 3, text=WORDS)

        own = Rating.objects.get(text=WORDS)
        told = {str(getattr(own, one.attname)) for one in Rating._meta.fields if one.unique}
        rows = [
            *Visit.objects.values_list(),
            *Filing.objects.values_list(),
            *Event.objects.exclude(verb="rate").values_list(),
        ]
        held = {str(value) for row in rows for value in row if isinstance(value, str)}
        assert own.spent in told
        assert not {value for value in told if len(value) > 20} & held
        assert not any(own.spent in value for value in held)

    def test_leaves_the_visit_as_it_was_before_the_rating(self, given, rate, filing_at):
        filing = filing_at("on_site")
        secret = given(filing)
        before = Visit.objects.values().get()
        rate(filing, 1, secret=secret)

        assert Visit.objects.values().get() == before

    def test_leaves_one_event_that_names_neither_visit_nor_hour(self, rate, filing_at, agency):
        filing = filing_at("on_site")
        before = Event.objects.filter(chain=agency.code).count()
        rate(filing, 1, text=WORDS)

        event = Event.objects.get(verb="rate")
        assert (event.chain, event.at.isoformat()) == ("system", "2022-06-14T16:00:00+00:00")
        assert '"facts":{}' in event.payload
        assert Event.objects.filter(chain=agency.code).count() == before


class TestRate:
    def test_counts_once_today_and_tomorrow(self, send, filing_at, given):
        filing = filing_at("on_site")
        said = {"right": given(filing)}
        send(page(filing), level="5", **said)
        for later in (DOOR, DOOR + timedelta(days=1)):
            again = send(page(filing), level="1", later=later, **said)
            assert again.status_code == 409
            assert "Thank you" in again.content.decode()
            assert "the first rating stands" in again.content.decode()

        assert Rating.objects.get().level == 5
        assert not SupervisionCase.objects.exists()

    def test_is_one_per_right_in_the_database_too(self, rate, filing_at, agency):
        rate(filing_at("on_site"))
        spent = Rating.objects.get().spent
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(agency=agency, level=3, rated_on=date(2022, 6, 15), spent=spent)

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
    def test_says_what_is_wrong_and_keeps_the_right(self, typed, told, send, filing_at, given):
        filing = filing_at("on_site")
        secret = given(filing)
        answer = send(page(filing), **({"text": "", "right": secret} | typed))

        assert answer.status_code == 400
        assert told in answer.content.decode()
        assert offered(answer) == secret
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


class TestFlood:
    def test_from_one_address_is_answered_429_and_an_honest_rating_is_kept(
        self, send, filing_at, given
    ):
        filing = filing_at("on_site")
        secret = given(filing)
        found = [send(page(filing), right="x" * 32, level="1").status_code for _ in range(200)]
        honest = send(page(filing), right=secret, level="5")

        assert set(found[: PER_ADDRESS.most]) == {403}
        assert set(found[PER_ADDRESS.most :]) == {429}
        assert honest.status_code == 201
        assert Rating.objects.get().level == 5

    def test_from_five_hundred_addresses_keeps_nobody_out(self, filing_at, given, rate, at):
        filing = filing_at("on_site")
        secret = given(filing)
        for number in range(1000):
            caller = Caller(f"10.0.{number % 500 // 250}.{number % 250}")
            with pytest.raises(NoRight):
                actions.rate(filing, "x" * 32, Opinion(1), caller=caller, at=at + DOOR)
        rate(filing, 5, secret=secret)

        assert Rating.objects.get().level == 5

    def test_of_replays_is_throttled_and_stored_once(self, rate, filing_at, given):
        filing = filing_at("on_site")
        secret = given(filing)
        rate(filing, secret=secret)
        for _again in range(PER_RIGHT.most - 1):
            with pytest.raises(AlreadyRated):
                rate(filing, secret=secret)
        with pytest.raises(TooManyAttempts):
            rate(filing, secret=secret)
        assert Rating.objects.count() == 1

    def test_of_asking_for_the_right_is_throttled(self, given, filing_at):
        filing = filing_at("on_site")
        given(filing)
        for _again in range(PER_ADDRESS.most):
            with pytest.raises(RightGiven):
                given(filing)
        with pytest.raises(TooManyAttempts):
            given(filing)


class TestDoubt:
    """A rating from an officer's device or network is kept, and the city is told (B10)."""

    def test_falls_on_a_browser_that_is_signed_in(self, client, send, filing_at, inspector):
        filing = filing_at("on_site")
        client.force_login(inspector)
        secret = rights.fresh()
        send(path(filing, "right"), right=secret)
        answer = send(page(filing), right=secret, level="5")

        assert answer.status_code == 201
        assert Rating.objects.get().doubtful

    def test_falls_on_a_browser_that_signed_in_before(self, client, send, filing_at, given):
        filing = filing_at("on_site")
        secret = given(filing)
        client.cookies["device"] = "anything"
        send(page(filing), right=secret, level="5")

        assert Rating.objects.get().doubtful

    def test_falls_on_a_network_from_which_somebody_signed_in(self, filing_at, rate, inspector, at):
        attempt = Attempt(inspector.username, "", HONEST.address)
        signed_in(inspector, attempt, at=at - timedelta(days=29))
        rate(filing_at("on_site"))
        assert Rating.objects.get().doubtful

        rate(filing_at("on_site"), later=timedelta(days=2))
        assert Rating.objects.filter(doubtful=False).count() == 1

    def test_outlives_the_change_of_the_device(self, filing_at, given, rate):
        filing = filing_at("on_site")
        secret = given(filing, caller=Caller("10.0.0.9", of_staff=True))
        rate(filing, secret=secret)

        assert Rating.objects.get().doubtful

    def test_is_not_shown_to_whoever_rates(self, client, send, filing_at, given):
        honest, other = filing_at("on_site"), filing_at("on_site")
        plain = send(page(honest), right=given(honest), level="5")
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        flagged = send(page(other), right=given(other), level="5")

        assert without_tokens(plain) == without_tokens(flagged)


class TestWindow:
    def test_is_closed_before_the_check_in_with_a_plain_sentence(self, send, filing_at):
        url = page(filing_at("approved"))

        assert "from the arrival until 30 days" in send(url, method="get").content.decode()
        assert send(url, level="5", right=rights.fresh()).status_code == 403
        assert not Rating.objects.exists()

    def test_ends_thirty_days_after_the_result(self, given, filing_at):
        filing = filing_at("recorded")
        after = filing.result.recorded_at + timedelta(days=30)
        secret = given(filing)
        with pytest.raises(FilingIncomplete):
            actions.rate(filing, secret, Opinion(4), caller=HONEST, at=after)
        moment = after - timedelta(seconds=1)
        actions.rate(filing, secret, Opinion(4), caller=HONEST, at=moment)

        assert Rating.objects.count() == 1


class TestPage:
    @pytest.mark.parametrize(
        ("language", "told"), [("en", "Rate the visit"), ("zh", "评价本次检查")]
    )
    def test_of_the_code_leads_to_the_form_without_a_script(self, language, told, send, filing_at):
        filing = filing_at("on_site")
        url = reverse("door:code", args=[codes.of(filing)])
        first = send(url, method="get", language=language)
        text = (
            first.content.decode()
            + send(path(filing, "right"), right=offered(first), language=language).content.decode()
        )

        assert told in text
        assert text.count('type="radio"') == 5
        assert "<script" not in text

    def test_uses_nothing_up_and_does_not_tell_that_it_was_rated(self, send, rate, filing_at):
        filing = filing_at("on_site")
        urls = (page(filing), reverse("door:code", args=[codes.of(filing)]))
        before = [without_tokens(send(url, method="get")) for url in urls]
        assert not Rating.objects.exists()
        assert Visit.objects.get().right == ""
        rate(filing)

        assert [without_tokens(send(url, method="get")) for url in urls] == before


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

    @pytest.mark.parametrize("named", [True, False])
    def test_is_read_by_the_supervisor_with_the_visit_only_when_it_was_named(
        self, named, send, client, rate, filing_at, supervisor
    ):
        filing = filing_at("on_site")
        case = rate(filing, 2, tags=("fee_or_gift",), text=WORDS, named=named)
        client.force_login(supervisor)
        text = send(reverse("filings:case", args=[case.pk]), method="get").content.decode()

        assert "Level 2 of 5" in text
        assert "a fee or a gift was asked for" in text
        assert WORDS in text
        assert case.filing == (filing if named else None)
        assert (filing.subject.name in text) is named
        assert filing.agency.name in text

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
