"""Each open deadline, with its owner, its last moment, its colour and who hears of it."""

from datetime import date, datetime, timedelta

import pytest

from agencies.calendar import SHANGHAI
from agencies.models import CalendarDay
from agencies.working_days import WorkingDays
from filings import actions, clocks
from filings.models import Filing, Visit
from filings.rules.catalogue import CATALOGUE
from filings.rules.catalogue.clocks import code
from filings.rules.timing import CODES, Terms
from filings.terms import Clock, Term


def day(month, number):
    return datetime(2022, month, number, tzinfo=SHANGHAI)


def open_of(filing, now):
    return {one.clock: one for one in clocks.clocks(filing, now)}


class TestWhatRuns:
    @pytest.mark.parametrize(
        ("status", "running"),
        [
            ("draft", set()),
            ("approved", {"visit"}),
            ("on_site", {"result"}),
            ("recorded", {"confirm", "deliver", "publish"}),
            ("confirmed", {"deliver", "publish"}),
            ("closed", {"publish"}),
            ("voided", set()),
            ("expired", set()),
        ],
    )
    def test_in_each_state(self, status, running, filing_at, at):
        assert set(open_of(filing_at(status), at)) == running

    def test_in_an_emergency(self, emergency_at, at):
        assert set(open_of(emergency_at(), at)) == {"back_file", "result"}
        assert set(open_of(emergency_at(back_filed=True), at)) == {"approve_afterwards", "result"}
        assert set(open_of(emergency_at(approved=True), at)) == {"result"}

    def test_in_the_follow_up(self, followed_at, at):
        always = {"confirm", "deliver", "publish"}
        for led, more in [
            (followed_at("transferred"), set()),
            (followed_at("transferred", handed=True), {"receipt"}),
            (followed_at("rectification"), {"rectify"}),
            (followed_at("rectification", reported=True), {"recheck"}),
        ]:
            assert set(open_of(led, at)) == always | more

    def test_not_for_history(self, filing_at, at):
        filing = filing_at("on_site")
        filing.origin = Filing.Origin.IMPORTED
        assert clocks.clocks(filing, at) == []


class TestWhen:
    def test_working_days_pass_over_the_weekend(self, filing_at, at):
        """Arrived on Wednesday, 15 June 2022: three working days end with Monday the 20th."""
        assert open_of(filing_at("on_site"), at)["result"].due == day(6, 21)

    def test_twenty_working_days_are_counted_from_the_record(self, filing_at, at):
        assert open_of(filing_at("recorded"), at)["publish"].due == day(7, 14)

    def test_made_up_working_days_count(self, emergency_at):
        """Sunday, 24 April 2022 was worked; 30 April to 4 May were holidays."""
        start = datetime(2022, 4, 29, 9, tzinfo=SHANGHAI)
        assert Term(2).end(start, WorkingDays()) == day(5, 7)

    def test_a_rectification_ends_with_the_day_ordered(self, followed_at, at):
        assert open_of(followed_at("rectification"), at)["rectify"].due == day(6, 30)

    @pytest.mark.parametrize(
        ("now", "colour", "escalation"),
        [
            (day(6, 15), "blue", None),
            (day(7, 6), "blue", None),
            (day(7, 8), "yellow", None),
            (day(7, 14) - timedelta(microseconds=1), "yellow", None),
            (day(7, 14), "red", "supervisor"),
        ],
    )
    def test_the_colour_tells_how_urgent_it_is(self, now, colour, escalation, filing_at):
        one = open_of(filing_at("closed"), now)["publish"]
        assert (one.colour, one.escalation, one.owner) == (colour, escalation, "approver")

    def test_the_most_urgent_comes_first(self, filing_at, at):
        dues = [one.due for one in clocks.clocks(filing_at("recorded"), at)]
        assert dues == sorted(dues)

    def test_a_later_term_holds_from_its_day(self, filing_at, ruled, at):
        filing = filing_at("on_site")
        ruled("clock_result", params={"working_days": 1}, since=at.date(), until=date(2022, 6, 16))
        assert open_of(filing, at)["result"].due == day(6, 17)
        ruled("clock_result", params={"working_days": 1}, since=date(2022, 6, 16))
        assert open_of(filing, at)["result"].due == day(6, 21)

    def test_a_region_may_have_a_term_of_its_own(self, filing_at, ruled, district, elsewhere, at):
        filing = filing_at("on_site")
        ruled("clock_result", params={"working_days": 0, "days": 1}, region=elsewhere)
        assert open_of(filing, at)["result"].due == day(6, 21)
        ruled("clock_result", params={"working_days": 0, "days": 1}, region=district)
        assert open_of(filing, at)["result"].due == day(6, 17)

    def test_working_days_are_counted_before_days_of_the_calendar(self):
        """Friday, 17 June 2022: one working day is Monday, two days more Wednesday."""
        assert Term(1, 2).end(day(6, 17), WorkingDays()) == day(6, 23)

    def test_when_the_supervisor_hears_of_it_is_set_too(self, filing_at, ruled):
        filing = filing_at("on_site")
        ruled("clock_result", params={"supervisor_after": 0})
        assert open_of(filing, day(6, 21))["result"].escalation == "supervisor"

    def test_an_entered_holiday_moves_what_runs_over_it(self, filing_at, at):
        filing = filing_at("on_site")
        CalendarDay.objects.create(day=date(2022, 6, 16), worked=False, name="庆典", source="通知")
        assert open_of(filing, at)["result"].due == day(6, 22)

    def test_a_year_nobody_has_arranged_is_counted_and_said_to_be_a_guess(self, filing_at, at):
        filing = filing_at("on_site")
        assert not open_of(filing, at)["result"].provisional
        Visit.objects.update(arrived_at=datetime(2099, 6, 15, 10, tzinfo=SHANGHAI))
        guessed = Filing.objects.with_clocks().get()
        one = open_of(guessed, at)["result"]
        assert one.provisional
        assert one.due == datetime(2099, 6, 19, tzinfo=SHANGHAI)

    def test_when_it_turns_yellow_is_set_too(self, filing_at, ruled):
        filing = filing_at("closed")
        assert open_of(filing, day(7, 6))["publish"].colour == "blue"
        ruled("clock_publish", params={"yellow_percent": 50})
        assert open_of(filing, day(7, 6))["publish"].colour == "yellow"
        ruled("clock_publish", params={"yellow_percent": 0, "yellow_days": 20})
        assert open_of(filing, day(6, 25))["publish"].colour == "yellow"

    def test_a_clock_set_aside_is_shown_and_told_to_nobody(self, filing_at, ruled):
        filing = filing_at("on_site")
        ruled("clock_result", severity="off")
        one = open_of(filing, day(6, 21))["result"]
        assert (one.colour, one.escalation) == ("red", None)


def test_every_clock_has_an_owner_and_a_setting():
    assert set(clocks.DUTIES) == set(Clock)
    assert {code(clock) for clock in Clock} == set(CODES) <= set(CATALOGUE)
    for clock, duty in clocks.DUTIES.items():
        assert CATALOGUE[code(clock)].rule == duty.rule


def test_asks_nothing_of_the_database(followed_at, at, django_assert_num_queries):
    followed_at("transferred", handed=True)
    followed_at("rectification", reported=True)
    rows, known = list(Filing.objects.with_clocks()), Terms.read()
    with django_assert_num_queries(0):
        assert [len(clocks.clocks(one, at, known)) for one in rows] == [4, 4]


def test_a_correction_starts_the_duties_anew(filing_at, inspector, authority, at):
    filing = filing_at("closed")
    found = actions.Outcome("corrected")
    actions.correct(filing, found, by=authority(inspector), at=at, reason="录入有误")
    assert set(open_of(filing, at)) == {"confirm", "deliver", "publish"}
