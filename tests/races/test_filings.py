"""Two people at once, on real connections: exactly one wins, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from agencies import journal, walls
from agencies.models import Event
from filings import actions, rights
from filings.models import Filing, Rating, RuleSetting
from filings.policy import StaleFiling, TransitionNotAllowed
from filings.rules import FilingIncomplete
from officers.actions.throttling import TooManyAttempts
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'",
        reason="SQLite has one writer at a time; its in-memory test database one connection",
    ),
]
LOST = (
    StaleFiling,
    TransitionNotAllowed,
    TooManyAttempts,
    actions.AlreadyRated,
    actions.RightGiven,
)


def at_once(*calls):
    """Run the calls on connections of their own, begun together; their results or errors."""
    gate = Barrier(len(calls))

    def run(call):
        try:
            gate.wait(10)
            with walls.opened():
                return call()
        except LOST as lost:
            return lost
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_approve_and_return_one_wins(filing_at, reviewer, authority, at):
    pk = filing_at("submitted").pk
    by = authority(reviewer)
    results = at_once(
        lambda: actions.approve(Filing.objects.get(pk=pk), by=by, at=at),
        lambda: actions.return_(Filing.objects.get(pk=pk), by=by, at=at, reason="补充"),
    )
    assert sum(isinstance(one, LOST) for one in results) == 1
    assert Event.objects.filter(verb__in=["approve", "return"]).count() == 1


def test_of_many_submits_one_wins(filing_at, inspector, authority, at):
    pk = filing_at("draft").pk
    by = authority(inspector)
    results = at_once(*[lambda: actions.submit(Filing.objects.get(pk=pk), by=by, at=at)] * 6)
    assert sum(isinstance(one, Filing) for one in results) == 1
    assert Event.objects.filter(verb="submit").count() == 1


def test_of_many_for_the_last_place_under_the_cap_one_gets_it(
    filing_at, inspector, authority, at, agency, said
):
    filing_at("approved")
    results = at_once(*_submits(agency, said, authority(inspector), at))
    assert sum(isinstance(one, Filing) for one in results) == 1
    assert results.count(["visit_cap_reached"]) == 7


def test_of_many_drafts_of_one_visit_one_is_filed(
    inspector, authority, at, agency, said, ruled_off
):
    ruled_off("visit_cap_reached")
    results = at_once(*_submits(agency, said, authority(inspector), at, [said] * 8))
    assert sum(isinstance(one, Filing) for one in results) == 1
    assert results.count(["duplicate_filing"]) == 7


@pytest.mark.parametrize("shared", [False, True], ids=["each its own", "shared by agencies"])
def test_of_many_for_the_last_place_under_a_published_cap_one_gets_it(
    inspector, authority, at, agency, said, district, ruled_off, shared
):
    ruled_off("visit_cap_reached")
    district.limits.create(
        code="SX", name="年度上限", most=1, together=shared, valid_from=at.date(), source="公布"
    )
    results = at_once(*_submits(agency, said, authority(inspector), at))
    assert sum(isinstance(one, Filing) for one in results) == 1
    assert results.count(["shared_cap_reached" if shared else "cap_reached"]) == 7


def test_of_many_for_the_last_of_a_budget_one_gets_it(
    inspector, authority, at, agency, said, district, ruled_off
):
    ruled_off("visit_cap_reached")
    ruled_off("budget_nearly_spent")
    agency.plans.update(visits=1)
    others = [replace(said, subject=factories.subject(district)) for _ in range(8)]
    results = at_once(*_submits(agency, said, authority(inspector), at, others))
    assert sum(isinstance(one, Filing) for one in results) == 1
    assert results.count(["budget_spent"]) == 7


@pytest.fixture
def ruled_off(db):
    def off(code):
        RuleSetting.objects.create(
            code=code, severity="off", source="试验", valid_from=date(2022, 1, 1)
        )

    return off


def _submits(agency, said, by, at, told=None):
    """Eight calls that each submit a draft of their own; the codes of what stopped it.

    Unless `told`, each is of an item of its own: one visit is filed once (R-DUP-4).
    """
    told = told or [
        replace(said, items=(factories.item(claimed_by=[agency]),)) for _one in range(8)
    ]
    drafts = [actions.draft(agency, one, by=by, at=at).pk for one in told]

    def submit(pk):
        def call():
            try:
                return actions.submit(Filing.objects.get(pk=pk), by=by, at=at)
            except FilingIncomplete as stopped:
                return [one.code for one in stopped.problems]

        return call

    return [submit(pk) for pk in drafts]


def test_numbers_taken_at_once_have_no_gap(filing_at, reviewer, authority, at):
    waiting = [filing_at("submitted").pk for _ in range(8)]
    by = authority(reviewer)

    def approve(pk):
        return lambda: actions.approve(
            Filing.objects.get(pk=pk), by=by, at=at + timedelta(minutes=1)
        )

    results = at_once(*[approve(pk) for pk in waiting])
    serials = sorted(int(one.number.split("-")[3]) for one in results)
    assert serials == list(range(1, 9))
    assert not list(journal.breaks())
    assert connection.vendor == "postgresql"


def test_of_two_hundred_ratings_of_one_visit_one_is_kept(filing_at, at):
    filing, now, secret = filing_at("on_site"), at + timedelta(hours=2), rights.fresh()
    pk, caller = filing.pk, actions.Caller("10.0.0.1")
    actions.give_right(filing, secret, caller=caller, at=now)

    def rate(level):
        def do():
            filing = Filing.objects.get(pk=pk)
            return actions.rate(filing, secret, actions.Opinion(level), caller=caller, at=now)

        return do

    results = [one for _turn in range(20) for one in at_once(*[rate(3 + n % 3) for n in range(10)])]

    refused = (actions.AlreadyRated, TooManyAttempts)
    assert sum(isinstance(one, refused) for one in results) == 199
    assert Rating.objects.count() == 1
    assert Event.objects.filter(verb="rate").count() == 1


def test_of_many_devices_one_is_given_the_right(filing_at, at):
    pk, now = filing_at("on_site").pk, at + timedelta(hours=2)

    def give(number):
        filing = Filing.objects.get(pk=pk)
        caller = actions.Caller(f"10.0.0.{number}")
        return actions.give_right(filing, rights.fresh(), caller=caller, at=now)

    results = at_once(*[lambda number=number: give(number) for number in range(10)])

    assert sum(isinstance(one, actions.RightGiven) for one in results) == 9
    assert results.count(None) == 1
