"""How an inspection is made: the door, the result, the end."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import walls
from filings.actions.alerting import raise_alerts
from filings.actions.finding import Found, grounded, write_findings
from filings.actions.following import unfinished
from filings.actions.joining import door, part
from filings.actions.moving import move, require, require_clean, stamp
from filings.actions.supervising import Matter, open_case
from filings.models import Filing, Result, Severity, SupervisionCase, Visit
from filings.rules import Case, Problem, judge, judge_arrival, judge_leaving, judge_result
from filings.rules.result import contradictions, follow_up_unfinished
from filings.rules.timing import Terms
from filings.rules.when import window_not_begun
from filings.terms import Clock
from filings.workflow import Status, Verb
from officers.authority import Authority


@dataclass(frozen=True)
class Arrival:
    """What is noted at the door."""

    code_shown: bool = False
    certificates_shown: bool = False
    scan_of: str = Visit.ScanOf.NONE
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    accuracy: int | None = None
    notice_served: bool = False

    def of_the_visit(self) -> dict[str, Any]:
        """What is noted of the visit; the notice is one of each filing that shares it."""
        return {name: value for name, value in vars(self).items() if name != "notice_served"}


@dataclass(frozen=True)
class Outcome:
    """What the inspection came to: one outcome, what follows, and the findings behind it."""

    outcome: str
    follow_up: str = Result.FollowUp.NONE
    summary: str = ""
    rectify_by: date | None = None
    enforcement_followed: bool = False
    findings: tuple[Found, ...] = ()


@transaction.atomic
def check_in(filing: Filing, arrival: Arrival, *, by: Authority, at: datetime) -> Filing:
    """The officers are at the door.  The dated rules are asked once more (D4).

    What a reason could have set aside was for the approver to see; now it raises an alert.

    Filings that share a visit share its arrival; the first one at the door records it, and who
    comes on another day comes for a visit of its own.
    """
    require(Verb.CHECK_IN, filing, by)
    case = Case.of(filing, at)
    found = judge(case)
    hard = [one for one in found if one.severity == Severity.HARD]
    require_clean(window_not_begun(filing, at) + hard)
    raise_alerts(case, found)
    visit, odd = arrive(case, arrival, at)
    raise_alerts(case, odd)
    served = served_at_the_door(filing, arrival, at)
    facts = {"visit": visit.pk, **served}
    return move(filing, Verb.CHECK_IN, by=by, at=at, facts=facts, visit=visit, **served)


def served_at_the_door(
    filing: Filing | None, arrival: Arrival, arrived: datetime
) -> dict[str, Any]:
    """What is noted of the notice when it was handed over on arrival, unless it was before."""
    if not arrival.notice_served or (filing is not None and filing.notice_served_at is not None):
        return {}
    return {"notice_served_at": arrived, "notice_channel": Filing.NoticeChannel.PAPER}


@transaction.atomic
def serve(filing: Filing, *, by: Authority, at: datetime, channel: str) -> Filing:
    """The subject got the notice of the inspection, by `channel` (R-NOT-1)."""
    require(Verb.SERVE, filing, by)
    if channel not in Filing.NoticeChannel.values:
        message = _("“%(value)s” is no channel of a notice. Possible: %(known)s.") % {
            "value": channel,
            "known": ", ".join(Filing.NoticeChannel.values),
        }
        require_clean([Problem("channel", "unknown_channel", "R-NOT-1", message)])
    served = {"notice_served_at": at, "notice_channel": channel}
    return move(filing, Verb.SERVE, by=by, at=at, facts={"channel": channel}, **served)


def arrive(
    case: Case, arrival: Arrival, at: datetime, late_reason: str = ""
) -> tuple[Visit, list[Problem]]:
    """The visit with its arrival at the moment of the case, and what is odd about it.

    Filings that share a visit share its arrival; the first one at the door records it.
    """
    visit = door(case.filing, case.at)
    visit.left_at = None
    if visit.arrived_at is not None:
        visit.save()
        return visit, judge_arrival(case, visit)
    visit.arrived_at, visit.recorded_at, visit.late_reason = case.at, at, late_reason
    for name, value in arrival.of_the_visit().items():
        setattr(visit, name, value)
    visit.save()
    return visit, judge_arrival(case, visit)


@transaction.atomic
def refuse(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """The subject refused the inspection, with the grounds it gave; the supervisor gets a case."""
    require(Verb.REFUSE, filing, by, reason)
    case = open_case(filing, Matter(SupervisionCase.Kind.REFUSAL, text=reason), at=at)
    facts = {"reason": reason, "case": case.pk}
    _turn_back(filing, at)
    return move(filing, Verb.REFUSE, by=by, at=at, facts=facts, code_revoked_at=at)


@transaction.atomic
def terminate(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """There was nobody to inspect: closed, moved or gone."""
    require(Verb.TERMINATE, filing, by, reason)
    _turn_back(filing, at)
    return move(filing, Verb.TERMINATE, by=by, at=at, facts={"reason": reason}, code_revoked_at=at)


@transaction.atomic
def record(filing: Filing, outcome: Outcome, *, by: Authority, at: datetime) -> Filing:
    """The result of the inspection, once.  Raises FilingIncomplete naming what contradicts."""
    require(Verb.RECORD, filing, by)
    findings, wrong = grounded(filing, outcome.findings)
    case = Case.of(filing, at)
    unserved = judge_result(case)
    require_clean(
        [one for one in unserved if one.severity == Severity.HARD]
        + contradictions(
            outcome.outcome,
            outcome.follow_up,
            findings=len(outcome.findings),
            rectify_by=outcome.rectify_by,
        )
        + wrong
    )
    result = Result.objects.create(
        filing=filing,
        outcome=outcome.outcome,
        follow_up=outcome.follow_up,
        summary=outcome.summary,
        rectify_by=outcome.rectify_by,
        enforcement_followed=outcome.enforcement_followed,
        recorded_at=at,
        recorded_by=by.account,
        publish_by=Terms.read().last_day(Clock.PUBLISH, at, filing.agency),
    )
    write_findings(result, findings)
    _leave(filing, at)
    left = judge_leaving(case, filing.visit) if filing.visit is not None else []
    raise_alerts(case, unserved + left)
    facts = {
        "outcome": outcome.outcome,
        "follow_up": outcome.follow_up,
        "findings": len(outcome.findings),
    }
    return move(filing, Verb.RECORD, by=by, at=at, facts=facts)


def _turn_back(filing: Filing, at: datetime) -> None:
    """Whoever was never let in shares no visit; whoever was leaves now."""
    if filing.status == Status.APPROVED:
        part(filing, at)
    else:
        _leave(filing, at)


@walls.opened()
def _leave(filing: Filing, at: datetime) -> None:
    """The visit ends when the last of those who share it leaves."""
    if filing.visit_id is None:
        return
    visit = Visit.objects.select_for_update().get(pk=filing.visit_id)
    there = visit.filings.filter(status=Status.ON_SITE).exclude(pk=filing.pk)
    if visit.arrived_at is None or visit.left_at is not None or there.exists():
        return
    # The clocks of two servers may differ by a little; nobody leaves before arriving.
    visit.left_at = max(at, visit.arrived_at)
    visit.save(update_fields=["left_at"])
    filing.visit = visit


@transaction.atomic
def confirm(filing: Filing, *, by: Authority, at: datetime) -> Filing:
    """The recorded result reviewed by somebody who was not there."""
    require(Verb.CONFIRM, filing, by)
    stamp(filing.result, confirmed_at=at, confirmed_by=by.account)
    return move(filing, Verb.CONFIRM, by=by, at=at)


@transaction.atomic
def close(
    filing: Filing, *, by: Authority, at: datetime, finished_on: date | None = None
) -> Filing:
    """The filing ended: the subject was told the result and nothing is left to follow up."""
    require(Verb.CLOSE, filing, by)
    result = filing.result
    finished_on = finished_on or result.finished_on
    require_clean(unfinished(result) + follow_up_unfinished(result, finished_on))
    stamp(result, delivered_at=result.delivered_at or at, finished_on=finished_on)
    return move(filing, Verb.CLOSE, by=by, at=at, closed_at=at)
