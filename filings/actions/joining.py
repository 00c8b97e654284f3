"""How agencies go together: an offer accepted, declined or left, two visits made one (R-JNT)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import journal, walls
from agencies.calendar import local_date
from filings.actions.moving import Clockwork, move, require, require_clean
from filings.matching import DECLINABLE, JOINABLE, MERGEABLE, Kind, Match, Standing, matches, named
from filings.models import Filing, JointAnswer, Subject, Visit
from filings.rules import FilingIncomplete, Problem
from filings.workflow import Status, Verb
from officers.authority import Authority

GIVEN_UP = (Status.WITHDRAWN, Status.EXPIRED, Status.VOIDED)
LONGEST = 300
MATCHER = Clockwork("matching")


@walls.opened()
@transaction.atomic
def join(filing: Filing, *, offer: str, by: Authority, at: datetime) -> Filing:
    """The offer of another agency accepted; once both sides have, the visit is one (R-JNT-1).

    Raises FilingIncomplete for an offer that is not, or no longer, there.
    """
    require(Verb.JOIN, filing, by)
    match = _chosen(filing, offer, at, Kind.JOINT, JOINABLE)
    together = match.standing == Standing.ASKS
    _say(match, by, at, joins=True)
    facts = {"agency": match.other.agency.code, "together": together}
    if not together:
        return move(filing, Verb.JOIN, by=by, at=at, facts=facts)
    visit = _share(match, Verb.JOIN, at)
    move(filing, Verb.JOIN, by=by, at=at, facts=facts, visit=visit)
    _settle(visit, at)
    return filing


@walls.opened()
@transaction.atomic
def merge(filing: Filing, *, offer: str, by: Authority, at: datetime) -> Filing:
    """Two visits of one agency made one: each filing keeps its items, approval and result."""
    require(Verb.MERGE, filing, by)
    match = _chosen(filing, offer, at, Kind.MERGE, MERGEABLE)
    _say(match, by, at, joins=True)
    visit = _share(match, Verb.MERGE, at)
    facts = {"other": match.other.pk, "visit": visit.pk}
    move(filing, Verb.MERGE, by=by, at=at, facts=facts, visit=visit)
    _settle(visit, at)
    return filing


@walls.opened()
@transaction.atomic
def decline(filing: Filing, *, offer: str, reason: str, by: Authority, at: datetime) -> Filing:
    """The offer declined with a reason, which stays with the agency that gave it (R-DUP-4)."""
    require(Verb.DECLINE, filing, by, reason)
    require_clean(_too_long(reason))
    match = _chosen(filing, offer, at, None, DECLINABLE)
    _say(match, by, at, joins=False, reason=reason.strip())
    facts = {"reason": reason.strip(), "agency": match.other.agency.code}
    return move(filing, Verb.DECLINE, by=by, at=at, facts=facts)


@walls.opened()
@transaction.atomic
def leave(filing: Filing, *, reason: str, by: Authority, at: datetime) -> Filing:
    """The shared visit left with a reason; who remains alone goes alone."""
    require(Verb.LEAVE, filing, by, reason)
    require_clean(_too_long(reason))
    _lock(filing)
    for match in matches(_fresh(filing), at):
        if match.standing == Standing.TOGETHER:
            _say(match, by, at, joins=False, reason=reason.strip())
    # What the others had agreed to is over; whoever comes back has to be answered anew.
    JointAnswer.objects.filter(other=filing, joins=True).delete()
    visit = filing.visit
    _hold_books(visit)
    move(filing, Verb.LEAVE, by=by, at=at, facts={"reason": reason.strip()}, visit=None)
    _settle(visit, at)
    return filing


@walls.opened()
def part(filing: Filing, at: datetime) -> None:
    """What was agreed on for a filing that is given up or sent back is agreed on no more.

    Call inside the transaction of the verb, before its move.
    """
    about = JointAnswer.objects.filter(Q(filing=filing) | Q(other=filing), joins=True)
    about.delete()
    visit = filing.visit
    if visit is None:
        return
    _hold_books(visit)
    Filing.objects.filter(pk=filing.pk).update(visit=None)
    filing.visit = None
    _settle(visit, at)


@walls.opened()
def settle_void(filing: Filing, at: datetime) -> None:
    """A voided filing keeps its visit, but no longer makes it a joint one."""
    _settle(filing.visit, at)


@walls.opened()
def door(filing: Filing, at: datetime) -> Visit:
    """The visit that the officers of `filing` arrive for, locked; not yet stored if it is new.

    Whoever shares a visit but comes on another day than the first comes for a visit of its own.
    """
    if filing.visit_id is None:
        return Visit(subject=filing.subject)
    visit = Visit.objects.select_for_update().get(pk=filing.visit_id)
    if visit.arrived_at is not None and local_date(visit.arrived_at) != local_date(at):
        part(filing, at)
        return Visit(subject=filing.subject)
    return visit


def _lock(filing: Filing) -> None:
    list(Subject.objects.select_for_update(no_key=True).filter(pk=filing.subject_id))


def _fresh(filing: Filing) -> Filing:
    return Filing.objects.with_planned().select_related("agency").get(pk=filing.pk)


def _chosen(
    filing: Filing, key: str, at: datetime, kind: Kind | None, standings: tuple[Standing, ...]
) -> Match:
    """The match that the offer `key` is about, read under the lock of the subject."""
    _lock(filing)
    match = named(matches(_fresh(filing), at), key)
    if match is None or (kind is not None and match.kind != kind):
        message = _("This offer is not there, or is there no longer. Look at the offers again.")
        raise FilingIncomplete([Problem("offer", "unknown_offer", "R-DUP-4", message)])
    if match.standing not in standings:
        message = _("This offer stands at “%(standing)s”; that cannot be answered like this.")
        told = message % {"standing": match.standing.label}
        raise FilingIncomplete([Problem("offer", "offer_answered", "R-DUP-4", told)])
    return match


def _say(match: Match, by: Authority, at: datetime, *, joins: bool, reason: str = "") -> None:
    JointAnswer.objects.update_or_create(
        filing_id=match.mine.pk,
        other_id=match.other.pk,
        defaults={
            "joins": joins,
            "reason": reason,
            "answered_at": at,
            "answered_by": by.account,
        },
    )


def _share(match: Match, verb: Verb, at: datetime) -> Visit:
    """One visit for both sides: the one that either has, or a new one; the others are told."""
    mine, other = match.mine, match.other
    visit = mine.visit or other.visit
    if visit is None:
        visit = Visit.objects.create(subject_id=mine.subject_id)
    facts = {"agency": mine.agency.code, "together": True}
    journal.hold(mine.agency.code, other.agency.code)
    shared = visit.filings.select_related("agency").exclude(pk__in=[mine.pk, other.pk])
    for one in (other, *shared):
        move(one, verb, by=MATCHER, at=at, facts=facts, visit=visit)
    return visit


def _settle(visit: Visit | None, at: datetime) -> None:
    """Joint while two agencies share it; nobody shares a visit that is still to come with none."""
    if visit is None:
        return
    rest = list(visit.filings.exclude(status__in=GIVEN_UP).select_related("agency").order_by("pk"))
    if visit.arrived_at is None and len(rest) < 2:
        for alone in rest:
            move(alone, Verb.LEAVE, by=MATCHER, at=at, visit=None)
        visit.delete()
        return
    visit.joint = len({one.agency_id for one in rest}) > 1
    visit.save(update_fields=["joint"])


def _hold_books(visit: Visit | None) -> None:
    """All who share a visit are told in one transaction: their books are locked in one order."""
    if visit is not None:
        journal.hold(*visit.filings.values_list("agency__code", flat=True))


def _too_long(reason: str) -> list[Problem]:
    if len(reason.strip()) <= LONGEST:
        return []
    message = _("Give the reason in 1 to %(longest)s characters.") % {"longest": LONGEST}
    return [Problem("reason", "reason_too_long", "R-DUP-4", message)]
