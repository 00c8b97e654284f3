"""What the rules say of something said, and rules set for a test."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from agencies.models import Region
from filings import actions, rules
from filings.matching import offers
from filings.models import Filing, Preservation, RuleSetting, Subject
from filings.rules.catalogue import CATALOGUE
from filings.workflow import STEPS, Only
from officers.models import Account
from tests import factories

SERIAL = count(1)


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
def environment(district):
    """Who sits in the soft-environment office of the district."""
    account = factories.account("environment", name="软环境")
    factories.appointment(account, "environment", region=district)
    return account


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


def without_notice(filing):
    """The same filing before its notice was served."""
    Filing.objects.filter(pk=filing.pk).update(notice_served_at=None, notice_channel="")
    return Filing.objects.get(pk=filing.pk)


def elsewhere_made(filing):
    """The same filing with its subject in another city."""
    other = Region.objects.filter(code="220302").first()
    if other is None:
        four = factories.region("220300", "四平市", parent=Region.objects.get(code="220000"))
        other = factories.region("220302", "铁西区", parent=four)
    Subject.objects.filter(pk=filing.subject_id).update(business_region=other)
    return Filing.objects.get(pk=filing.pk)


def asked_twice(filing):
    """The same filing while it waits for the second review of the justice bureau."""
    Filing.objects.filter(pk=filing.pk).update(second_review="asked")
    return Filing.objects.get(pk=filing.pk)


def preserved(filing):
    """The same filing with evidence registered in advance."""
    by = Account.objects.get(username="inspector")
    Preservation.objects.create(
        filing=filing,
        things="账本",
        kept_at="证据室",
        registered_at=filing.created_at,
        registered_by=by,
    )
    return filing


READY = {
    Only.PRESERVED: lambda roads, source: preserved(roads["filing"](source)),
    Only.REVIEWED_TWICE: lambda roads, source: asked_twice(roads["filing"](source)),
    Only.ACROSS: lambda roads, source: elsewhere_made(roads["filing"](source)),
    Only.UNSERVED: lambda roads, source: without_notice(roads["filing"](source)),
    Only.JOINABLE: lambda roads, source: roads["offered"](source),
    Only.MERGEABLE: lambda roads, source: roads["offered"](source, own=True),
    Only.OFFERED: lambda roads, source: roads["offered"](source),
    Only.TOGETHER: lambda roads, source: roads["joined"](source)[0],
    Only.PENDING: lambda roads, source: roads["emergency"](source),
    Only.BACK_FILED: lambda roads, source: roads["emergency"](source, back_filed=True),
    Only.HANDED_ON: lambda roads, source: roads["followed"]("transferred", source),
    Only.UNRECEIPTED: lambda roads, source: roads["followed"]("copied", source, handed=True),
    Only.RECTIFYING: lambda roads, source: roads["followed"]("rectification", source),
    Only.REPORTED: lambda roads, source: roads["followed"]("rectification", source, reported=True),
}


@pytest.fixture
def neighbour(district):
    """An officer of another agency of the same district."""
    agency = factories.agency(district, code="CYYJ", name="昌邑区应急管理局")
    account = factories.account("neighbour", name="何邻")
    factories.appointment(account, "officer", agency=agency)
    factories.officer(agency, account=account, name="何邻")
    return account


@pytest.fixture
def planned(neighbour, at):
    """A filing for the same subject, from six to twelve hours on; the neighbour's, or as told."""

    def plan(subject, **changes):
        told = {"agency": neighbour.officer.agency, "status": "submitted", "place": "示例路9号"}
        told |= {"dated_at": at, "submitted_at": at, "submitted_by": neighbour}
        told |= {"planned_start": at + timedelta(hours=6), "planned_end": at + timedelta(hours=12)}
        told |= changes
        agency = told.pop("agency")
        item = factories.item(name="安全生产检查", claimed_by=[agency])
        return factories.filing(agency, subject, items=[item], **told)

    return plan


@pytest.fixture
def offer_of():
    """The key of the one offer to a filing, as its reader sees it."""

    def key(filing, at):
        (one,) = offers(Filing.objects.get(pk=filing.pk), at)
        return one.key

    return key


@pytest.fixture
def joined(filing_at, planned, offer_of, inspector, neighbour, authority, at):
    """Two filings of two agencies in the state asked for that have agreed on one visit."""

    def agree(status="submitted"):
        filing = filing_at(status)
        numbered = {} if status == "submitted" else numbered_as(at)
        other = planned(filing.subject, status=status, **numbered)
        for one, who in ((filing, inspector), (other, neighbour)):
            key = offer_of(one, at)
            actions.join(one, offer=key, by=authority(who), at=at)
            filing.refresh_from_db()
        return filing, other

    return agree


def numbered_as(at):
    """What an approval had written."""
    return {"number": f"N{next(SERIAL)}", "code_digest": f"d{next(SERIAL)}", "approved_at": at}


@pytest.fixture
def actor(inspector, reviewer, supervisor, authority):
    """Whoever of the agency, or above it, may do the verb."""

    def of(verb):
        people = [authority(one) for one in (inspector, reviewer, supervisor)]
        return next(one for one in people if one.may(STEPS[verb].needs))

    return of


@pytest.fixture
def offered(filing_at, planned):
    """A filing in the state asked for beside which the neighbour, or its own agency, has one."""

    def lead(status, *, own=False):
        filing = filing_at(status)
        planned(filing.subject, **({"agency": filing.agency} if own else {}))
        return filing

    return lead


@pytest.fixture
def ready(filing_at, emergency_at, followed_at, offered, joined):
    """A filing in the state asked for to which the verb may be done."""
    roads = {
        "filing": filing_at,
        "emergency": emergency_at,
        "followed": followed_at,
        "offered": offered,
        "joined": joined,
    }

    def of(verb, source=None):
        source = source or sorted(STEPS[verb].sources)[0]
        only = STEPS[verb].only
        if only in READY:
            return READY[only](roads, source)
        if only == Only.NUMBERED and source == "terminated":
            return emergency_at(source, approved=True)
        return filing_at(source)

    return of
