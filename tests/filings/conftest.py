"""What the rules say of something said, and rules set for a test."""

from dataclasses import replace
from datetime import date

import pytest

from filings import actions, rules
from filings.models import RuleSetting
from filings.rules.catalogue import CATALOGUE
from filings.workflow import STEPS, Only


@pytest.fixture
def judged(agency, inspector, authority, at):
    """The codes of every problem of what is said, at the moment of the tests."""

    def judge(said, **changes):
        filing = actions.draft(agency, replace(said, **changes), by=authority(inspector), at=at)
        found = rules.problems(filing, at)
        assert all(one.message and one.pointer for one in found)
        assert all(one.rule == CATALOGUE[one.code].rule for one in found)
        return {one.code for one in found}

    return judge


@pytest.fixture
def ruled(db):
    """A rule set from the beginning of 2022, in place of the one before."""

    def rule(code, *, severity=None, params=None, region=None, since=date(2022, 1, 1), until=None):
        RuleSetting.objects.filter(code=code, region=region).delete()
        return RuleSetting.objects.create(
            code=code,
            severity=severity or CATALOGUE[code].severity,
            params=params or {},
            region=region,
            source="试行办法",
            valid_from=since,
            valid_to=until,
        )

    return rule


READY = {
    Only.PENDING: lambda roads, source: roads["emergency"](source),
    Only.BACK_FILED: lambda roads, source: roads["emergency"](source, back_filed=True),
    Only.HANDED_ON: lambda roads, source: roads["followed"]("transferred", source),
    Only.UNRECEIPTED: lambda roads, source: roads["followed"]("copied", source, handed=True),
    Only.RECTIFYING: lambda roads, source: roads["followed"]("rectification", source),
    Only.REPORTED: lambda roads, source: roads["followed"]("rectification", source, reported=True),
}


@pytest.fixture
def actor(inspector, reviewer, supervisor, authority):
    """Whoever of the agency, or above it, may do the verb."""

    def of(verb):
        people = [authority(one) for one in (inspector, reviewer, supervisor)]
        return next(one for one in people if one.may(STEPS[verb].needs))

    return of


@pytest.fixture
def ready(filing_at, emergency_at, followed_at):
    """A filing in the state asked for to which the verb may be done."""
    roads = {"emergency": emergency_at, "followed": followed_at}

    def of(verb, source=None):
        source = source or sorted(STEPS[verb].sources)[0]
        only = STEPS[verb].only
        if only in READY:
            return READY[only](roads, source)
        if only == Only.NUMBERED and source == "terminated":
            return emergency_at(source, approved=True)
        return filing_at(source)

    return of
