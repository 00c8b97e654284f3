"""How a filing is submitted, decided and given up."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Value, When
from django.db.models import Case as Choice

from agencies import walls
from agencies.calendar import local_date, year_bounds
from agencies.models import Plan
from filings import codes, numbers
from filings.actions.alerting import raise_alerts
from filings.actions.joining import part, settle_void
from filings.actions.moving import move, require, require_clean
from filings.models import Filing, FilingOfficer
from filings.rules import Case, judge
from filings.rules.case import with_parties
from filings.rules.what import second_review_is_due
from filings.rules.when import window_still_open
from filings.workflow import Verb
from officers.authority import Authority


@transaction.atomic
def submit(filing: Filing, *, by: Authority, at: datetime) -> Filing:
    """The filing handed to the approver.  Raises FilingIncomplete with every problem at once.

    The certificates it was checked against are frozen with it, and what only warns is an alert.
    """
    require(Verb.SUBMIT, filing, by)
    case = Case.of(filing, at, lock_places(filing))
    found = judge(case)
    require_clean(found)
    raise_alerts(case, found)
    _freeze_certificates(case)
    due = second_review_is_due(case)
    reasons = {"reasons": case.reasons} if case.reasons else {}
    return move(
        filing,
        Verb.SUBMIT,
        by=by,
        at=at,
        facts=reasons | ({"second_review": Filing.SecondReview.ASKED} if due else {}),
        second_review=Filing.SecondReview.ASKED if due else "",
        second_reviewed_by=None,
        submitted_at=at,
        submitted_by=by.account,
        dated_at=at,
    )


@walls.opened()
def lock_places(filing: Filing) -> Filing:
    """Of two filings for the last place under a cap or a plan, the second sees the first.

    A plan without a number of visits has no last place and keeps nobody waiting.  Always the
    subject before the plan, so that nobody waits in a circle.  Gives the filing's
    parties as they are under the lock.
    """
    locked = with_parties().select_for_update(no_key=True, of=("subject",)).get(pk=filing.pk)
    if filing.plan_number:
        plans = Plan.objects.select_for_update(no_key=True).filter(
            number=filing.plan_number.strip(), visits__gt=0
        )
        list(plans.order_by("pk").values_list("pk"))
    return locked


def _freeze_certificates(case: Case) -> None:
    held = [(one.pk, case.certificate(one)) for one in case.officers]
    chosen = [When(officer=pk, then=Value(one.pk)) for pk, one in held if one is not None]
    FilingOfficer.objects.filter(filing=case.filing).update(
        certificate=Choice(*chosen, output_field=BigIntegerField()) if chosen else None
    )


@transaction.atomic
def approve(filing: Filing, *, by: Authority, at: datetime, opinion: str = "") -> Filing:
    """The filing approved: numbered, and its code good from now (R-APP-1).

    The dated rules are asked again, for a certificate may have lapsed in the queue.
    """
    require(Verb.APPROVE, filing, by)
    case = Case.of(filing, at, lock_places(filing))
    found = judge(case)
    require_clean(found)
    raise_alerts(case, found)
    stamps = approval(filing, Filing.ApprovalKind.BEFORE, by, at, opinion)
    facts = {"number": stamps["number"], "opinion": opinion}
    return move(filing, Verb.APPROVE, by=by, at=at, facts=facts, **stamps)


def approval(
    filing: Filing, kind: Filing.ApprovalKind, by: Authority, at: datetime, opinion: str
) -> dict[str, Any]:
    """What an approval writes, with the next number taken.  Call last in its transaction."""
    own, all_of_them = _visits_this_year(filing)
    number = numbers.take(filing.agency, local_date(filing.dated_at).year)
    return {
        "number": number,
        "code_digest": filing.code_digest or codes.digest(codes.token(number)),
        "approved_at": at,
        "approved_by": by.account,
        "approval_kind": kind,
        "approval_opinion": opinion,
        "nth_of_agency": own + 1,
        "nth_of_all": all_of_them + 1,
    }


@walls.opened()
def _visits_this_year(filing: Filing) -> tuple[int, int]:
    """How often the agency and all agencies came before; those who came together came once."""
    start, end = year_bounds(local_date(filing.planned_start).year)
    others = (
        Filing.objects.counted()
        .filter(subject=filing.subject_id, planned_start__gte=start, planned_start__lt=end)
        .exclude(status__in=["expired", "terminated"])
        .exclude(pk=filing.pk)
    )
    rows = others.values_list("agency_id", "visit_id", "pk")
    shared = filing.visit_id
    came = {(who, visit or -pk) for who, visit, pk in rows if visit is None or visit != shared}
    own = {visit for who, visit in came if who == filing.agency_id}
    return len(own), len({visit for _who, visit in came})


@transaction.atomic
def return_(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """The filing sent back to be mended, with the reason."""
    require(Verb.RETURN, filing, by, reason)
    part(filing, at)
    return move(filing, Verb.RETURN, by=by, at=at, facts={"reason": reason}, second_review="")


@transaction.atomic
def endorse(filing: Filing, *, by: Authority, at: datetime, opinion: str = "") -> Filing:
    """F23, D2: the justice bureau agrees to the visit, which may be approved from now on."""
    require(Verb.ENDORSE, filing, by)
    return move(
        filing,
        Verb.ENDORSE,
        by=by,
        at=at,
        facts={"opinion": opinion},
        second_review=Filing.SecondReview.AGREED,
        second_reviewed_by=by.account,
    )


@transaction.atomic
def oppose(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """F23, D2: the justice bureau objects to the visit; the filing goes back with the reason."""
    require(Verb.OPPOSE, filing, by, reason)
    part(filing, at)
    return move(filing, Verb.OPPOSE, by=by, at=at, facts={"reason": reason}, second_review="")


@transaction.atomic
def withdraw(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """The filing given up before anybody went; a number it has is kept and its code revoked."""
    require(Verb.WITHDRAW, filing, by, reason)
    part(filing, at)
    revoked = at if filing.number else None
    return move(
        filing, Verb.WITHDRAW, by=by, at=at, facts={"reason": reason}, code_revoked_at=revoked
    )


@transaction.atomic
def expire(filing: Filing, *, by: Authority, at: datetime) -> Filing:
    """The filing ended because nobody went within its window.  Raises while the window runs."""
    require(Verb.EXPIRE, filing, by)
    require_clean(window_still_open(filing, at))
    part(filing, at)
    return move(filing, Verb.EXPIRE, by=by, at=at, code_revoked_at=at)


@transaction.atomic
def void(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """A numbered filing declared void: it keeps its number for ever and counts no more."""
    require(Verb.VOID, filing, by, reason)
    revoked = filing.code_revoked_at or at
    move(filing, Verb.VOID, by=by, at=at, facts={"reason": reason}, code_revoked_at=revoked)
    settle_void(filing, at)
    return filing
