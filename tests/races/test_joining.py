"""Two agencies answer each other at the same moment: one visit, or one asks and one waits."""

from datetime import timedelta

import pytest
from django.db import connection  # noqa: F401 - the mark asks it

from agencies import journal
from agencies.models import Event
from filings import actions
from filings.matching import offers
from filings.models import Filing, JointAnswer, Visit
from filings.rules import FilingIncomplete
from tests import factories
from tests.races.test_filings import LOST, at_once, pytestmark  # noqa: F401


@pytest.fixture
def pair(filing_at, district, inspector, authority, at):
    """Two submitted filings of two agencies at one subject, each with who may answer for it."""
    mine = filing_at("submitted")
    agency = factories.agency(district, code="CYYJ", name="昌邑区应急管理局")
    account = factories.account("neighbour", name="何邻")
    factories.appointment(account, "officer", agency=agency)
    theirs = factories.filing(
        agency,
        mine.subject,
        items=[factories.item(claimed_by=[agency])],
        status="submitted",
        submitted_at=at,
        submitted_by=account,
        planned_start=at + timedelta(hours=2),
        planned_end=at + timedelta(hours=8),
    )
    return (mine, authority(inspector)), (theirs, authority(account))


def answer(act, filing, by, at, **said):
    """The call that answers the one offer to `filing`, as it was read before."""
    (offer,) = offers(Filing.objects.get(pk=filing.pk), at)
    told = {"offer": offer.key, "by": by, "at": at} | said

    def call():
        try:
            return act(Filing.objects.get(pk=filing.pk), **told)
        except FilingIncomplete as refused:  # the other side was faster and declined
            return refused

    return call


def whole():
    """Both share one visit or none does, and the books are unbroken."""
    shared = set(Filing.objects.values_list("visit", flat=True))
    assert len(shared) == 1
    assert Visit.objects.count() == (0 if shared == {None} else 1)
    assert not list(journal.breaks())
    return shared != {None}


@pytest.mark.parametrize("turn", range(3))
def test_who_joins_at_once_shares_one_visit_or_is_told_to_look_again(pair, at, turn):
    calls = [answer(actions.join, filing, by, at) for filing, by in pair]
    results = at_once(*calls)
    assert sum(isinstance(one, Filing) for one in results) >= 1
    if whole():
        return
    # One was faster and asks; whoever was told to look again agrees now.
    late = next(n for n, one in enumerate(results) if isinstance(one, LOST))
    filing, by = pair[late]
    answer(actions.join, filing, by, at)()
    assert whole()


def test_of_join_and_decline_the_later_answer_holds(pair, at):
    (mine, by), (theirs, them) = pair
    results = at_once(
        answer(actions.join, mine, by, at),
        answer(actions.decline, theirs, them, at, reason="时间不合"),
    )
    assert sum(isinstance(one, Filing) for one in results) >= 1
    assert not whole()
    told = Event.objects.filter(verb__in=["join", "decline"]).count()
    assert told == sum(isinstance(one, Filing) for one in results)
    assert 1 <= JointAnswer.objects.count() <= told
