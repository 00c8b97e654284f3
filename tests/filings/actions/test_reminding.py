"""Plans to publish, lists to update, visits elsewhere to file: each with owner, colour, alert."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from agencies import journal
from agencies.calendar import SHANGHAI
from agencies.models import Agency, Event, Plan
from filings import actions
from filings.duties import of_agencies
from filings.models import Alert, Filing
from filings.rules import FilingIncomplete
from filings.rules.timing import Terms
from tests import factories

pytestmark = pytest.mark.django_db
DEADLINES = "/api/v1/filings/deadlines/"


def shanghai(month, day):
    return datetime(2022, month, day, 12, tzinfo=SHANGHAI)


def owed(now):
    found = of_agencies(Agency.objects.all(), now, Terms.read())
    return {one.deadline.clock: one for one in found}


def alerts():
    return dict(Alert.objects.values_list("code", "heard_by"))


class TestAnnualPlan:
    @pytest.fixture(autouse=True)
    def _unplanned(self, filing_at):
        filing_at("submitted")
        Plan.objects.update(published_on=None)

    @pytest.mark.parametrize(
        ("now", "colour"),
        [((1, 20), "blue"), ((3, 20), "yellow"), ((3, 31), "yellow"), ((4, 1), "red")],
    )
    def test_is_due_at_the_end_of_march(self, now, colour):
        one = owed(shanghai(*now))["annual_plan"].deadline
        assert (one.owner, one.colour, one.rule) == ("clerk", colour, "R-PLN-1")
        assert one.due == datetime(2022, 4, 1, tzinfo=SHANGHAI)

    def test_overdue_it_is_told_to_the_head_then_to_the_justice_bureau(self):
        actions.watch(at=shanghai(3, 31))
        assert alerts() == {}
        actions.watch(at=shanghai(4, 1))
        actions.watch(at=shanghai(4, 2))
        assert alerts() == {"clock_annual_plan": "approver"}
        actions.watch(at=shanghai(4, 12))
        assert alerts() == {"clock_annual_plan": "supervisor"}
        told = Event.objects.about(Alert.objects.get())
        assert [one.verb for one in told] == ["overdue", "pass_on"]
        assert "2022" in Alert.objects.get().message
        assert not list(journal.breaks())

    def test_another_day_may_be_set(self, ruled):
        ruled("clock_annual_plan", params={"due_month": 2, "due_day": 31})
        assert owed(shanghai(1, 20))["annual_plan"].deadline.due == datetime(
            2022, 3, 1, tzinfo=SHANGHAI
        )

    def test_ends_with_the_publication(self, agency):
        Plan.objects.filter(number="2022-01").update(published_on=date(2022, 4, 3))
        assert "annual_plan" in owed(shanghai(4, 2))
        assert owed(shanghai(4, 3)) == {}

    def test_who_inspects_nothing_needs_none(self):
        Filing.objects.update(dated_at=datetime(2021, 5, 5, tzinfo=SHANGHAI))
        assert owed(shanghai(4, 2)) == {}


def test_a_special_plan_is_published_within_a_month(agency):
    told = {"kind": "special", "approved_by": "区政府", "approval_number": "1"}
    factories.plan(agency, "ZX-1", made_on=date(2022, 5, 1), published_on=None, **told)
    one = owed(shanghai(5, 20))["special_plan"]
    assert (one.name, one.deadline.owner) == ("ZX-1", "clerk")
    assert one.deadline.due == datetime(2022, 6, 2, tzinfo=SHANGHAI)
    Plan.objects.update(published_on=date(2022, 5, 20))
    assert owed(shanghai(5, 21)) == {}


def test_a_list_is_updated_within_thirty_days_of_its_basis(item):
    item.bases.update(valid_to=date(2022, 6, 1))
    one = owed(shanghai(6, 5))["update_list"]
    assert (one.name, one.deadline.due) == ("JC-0001", datetime(2022, 7, 1, tzinfo=SHANGHAI))
    item.bases.update(valid_to=None)
    assert owed(shanghai(6, 5)) == {}


class TestElsewhere:
    @pytest.fixture
    def away(self, filing_at, elsewhere):
        """A visit of 15 June in another city, its result recorded."""
        filing = filing_at("recorded")
        type(filing.subject).objects.update(business_region=elsewhere)
        return Filing.objects.with_clocks().get(pk=filing.pk)

    def clock(self, now):
        filing = Filing.objects.with_clocks().get()
        return {one.clock: one for one in actions.watching.clocks(filing, now)}.get("file_across")

    def test_is_filed_there_within_twenty_days(self, away, at):
        one = self.clock(at)
        assert (one.owner, one.due) == ("officer", datetime(2022, 7, 6, tzinfo=SHANGHAI))

    def test_is_due_no_more_once_that_is_noted(self, away, inspector, authority, at):
        told = {"by": authority(inspector), "at": at + timedelta(days=3)}
        actions.file_across(away, office="铁西区司法局", on=date(2022, 6, 17), **told)
        assert self.clock(at) is None
        stored = Filing.objects.get()
        assert (stored.across_office, stored.across_filed_on) == (
            "铁西区司法局",
            date(2022, 6, 17),
        )

    @pytest.mark.parametrize(
        ("office", "on", "code"),
        [
            (" ", date(2022, 6, 16), "office_missing"),
            ("铁西区司法局", date(2022, 6, 14), "day_impossible"),
            ("铁西区司法局", date(2022, 6, 19), "day_impossible"),
        ],
    )
    def test_names_an_office_and_a_possible_day(
        self, office, on, code, away, inspector, authority, at
    ):
        told = {"by": authority(inspector), "at": at + timedelta(days=3)}
        with pytest.raises(FilingIncomplete) as caught:
            actions.file_across(away, office=office, on=on, **told)
        assert [one.code for one in caught.value.problems] == [code]

    def test_a_closed_one_still_waits_for_it(self, away, at):
        Filing.objects.update(status="closed", closed_at=at)
        assert Filing.objects.running().count() == 1


def test_the_deadlines_of_an_agency_are_listed_beside_those_of_its_filings(
    client, filing_at, clerk, at
):
    filing_at("submitted")
    Plan.objects.update(published_on=None)
    client.force_login(clerk)
    with time_machine.travel(at, tick=False):
        rows = client.get(DEADLINES, {"owner": "clerk"}).json()["rows"]
        page = client.get("/filings/deadlines/", headers={"Accept-Language": "en"})
    assert [(one["clock"], one["filing"], one["name"]) for one in rows] == [
        ("annual_plan", None, "2022")
    ]
    assert "Publish the annual plan" in page.content.decode()
