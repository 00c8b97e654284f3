"""Which deadlines of a filing are running, who owns each, and how urgent it is (domain D3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.calendar import local_date, midnight
from agencies.models import Agency
from filings.matching import UNANSWERED, Kind, Match, matches
from filings.models import Filing, Result
from filings.policy import to_be_filed_across
from filings.rules.timing import Terms
from filings.terms import Clock
from filings.workflow import RESULT_KNOWN, Status
from officers.roles import Role


class Colour(models.TextChoices):
    """How urgent a deadline is."""

    BLUE = "blue", _("In time")
    YELLOW = "yellow", _("Nearly due")
    RED = "red", _("Overdue")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One open clock: due at the first instant at which it is too late.

    `escalation` is who else hears of it once it is red, and None before: the head of the agency
    at once, the justice bureau when it stays red (`HEARD_ABOVE`).  A `provisional` one counts
    working days of a year whose calendar nobody has entered, Monday to Friday.
    """

    clock: Clock
    rule: str
    owner: Role
    due: datetime
    colour: Colour
    escalation: Role | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class _Duty:
    rule: str
    owner: Role


# Who hears of an overdue duty at once, and of one that stays so.
HEARD_ABOVE: dict[Role, Role | None] = {
    Role.OFFICER: Role.APPROVER,
    Role.CLERK: Role.APPROVER,
    Role.APPROVER: Role.SUPERVISOR,
    Role.SUPERVISOR: Role.SUPERVISOR,
    Role.ENVIRONMENT: Role.SUPERVISOR,
    Role.AUDITOR: Role.SUPERVISOR,
}
DUTIES = {
    Clock.MERGE: _Duty("R-DUP-4", Role.OFFICER),
    Clock.JOIN: _Duty("R-DUP-4", Role.OFFICER),
    Clock.VISIT: _Duty("R-APP-1", Role.OFFICER),
    Clock.BACK_FILE: _Duty("R-SIT-2", Role.OFFICER),
    Clock.BACK_FILE_AFTER_FAULT: _Duty("R-SIT-2", Role.OFFICER),
    Clock.APPROVE_AFTERWARDS: _Duty("R-SIT-2", Role.APPROVER),
    Clock.CHECK_IN_LATE: _Duty("R-SIT-2", Role.OFFICER),
    Clock.RESULT: _Duty("R-SIT-3", Role.OFFICER),
    Clock.CONFIRM: _Duty("R-RES-3", Role.APPROVER),
    Clock.DELIVER: _Duty("R-RES-1", Role.OFFICER),
    Clock.PUBLISH: _Duty("R-RES-2", Role.APPROVER),
    Clock.DECIDE_EVIDENCE: _Duty("D3", Role.APPROVER),
    Clock.RECTIFY: _Duty("R-FUP-1", Role.OFFICER),
    Clock.RECHECK: _Duty("R-FUP-1", Role.OFFICER),
    Clock.RECEIPT: _Duty("R-FUP-2", Role.OFFICER),
    Clock.ANSWER: _Duty("R-EVA-1", Role.SUPERVISOR),
    Clock.TAKE_CASE: _Duty("R-EVA-1", Role.SUPERVISOR),
    Clock.CALL_BACK: _Duty("R-EVA-2", Role.SUPERVISOR),
    Clock.REPLY: _Duty("R-EVA-2", Role.APPROVER),
    Clock.MEND: _Duty("R-EVA-2", Role.APPROVER),
    Clock.ANNUAL_PLAN: _Duty("R-PLN-1", Role.CLERK),
    Clock.SPECIAL_PLAN: _Duty("R-PLN-2", Role.CLERK),
    Clock.UPDATE_LIST: _Duty("R-ITM-3", Role.CLERK),
    Clock.FILE_ACROSS: _Duty("R-LOC-1", Role.OFFICER),
    Clock.ANNUAL_DATA: _Duty("R-STA-1", Role.AUDITOR),
    Clock.DECIDE_RECUSAL: _Duty("R-OFF-6", Role.APPROVER),
}
OFFERED = {Kind.MERGE: Clock.MERGE, Kind.JOINT: Clock.JOIN}
MADE = (Status.ON_SITE, *RESULT_KNOWN)
DONE_WITH = (Status.WITHDRAWN, Status.EXPIRED, Status.VOIDED)
# A clock, since when it runs, and when it ends where no term but the filing itself says so.
Running = tuple[Clock, datetime, datetime | None]


def clocks(filing: Filing, now: datetime, terms: Terms | None = None) -> list[Deadline]:
    """Every deadline of `filing` that is open at `now`, the most urgent first.

    Reads the visit, what else is planned at the subject, the evidence registered in advance, the
    result, its transfers and rectifications; load them with the filing (`with_clocks`), give the
    `terms` read before, and nothing is asked of the database.
    """
    if filing.origin == Filing.Origin.IMPORTED:
        return []
    starts = [*_of_preserved_evidence(filing)]
    if filing.status not in DONE_WITH:
        starts += [
            *_of_the_emergency(filing),
            *_of_the_visit(filing),
            *_of_the_result(filing),
            *_of_another_region(filing),
            *((OFFERED[one.kind], one.since, None) for one in _unanswered(filing, now)),
        ]
    if not starts:
        return []
    terms = terms or Terms.read()
    found = [deadline(filing.agency, terms, one, now) for one in starts]
    return sorted(found, key=lambda one: one.due)


def deadline(
    agency: Agency, terms: Terms, running: Running, now: datetime, owner: Role | None = None
) -> Deadline:
    """The clock `running` at `agency` as it stands now; `owner` where it is not the usual one."""
    clock, start, due = running
    duty = DUTIES[clock]
    owner = owner or duty.owner
    counted = due is None
    due = due or terms.ends(clock, start, agency)
    last = local_date(due - timedelta(microseconds=1))
    guessed = counted and terms.provisional(clock, start, last, agency)
    above = HEARD_ABOVE[owner]
    if now < due or not terms.alerts(clock, last, agency):
        above = None
    elif local_date(now) > terms.calendar.add(last, terms.reaches_supervisor(clock, last, agency)):
        above = Role.SUPERVISOR
    colour = Colour.RED
    if now < due:
        nearly = now >= terms.warned(clock, start, due, agency)
        colour = Colour.YELLOW if nearly else Colour.BLUE
    return Deadline(clock, duty.rule, owner, due, colour, above, guessed)


def _of_the_emergency(filing: Filing) -> Iterator[Running]:
    if not filing.emergency or filing.number is not None:
        return
    if filing.back_filed_at is not None:
        yield _since(Clock.APPROVE_AFTERWARDS, filing.back_filed_at)
    else:
        yield _since(
            Clock.BACK_FILE_AFTER_FAULT if filing.fault else Clock.BACK_FILE, _arrival(filing)
        )


def _of_the_visit(filing: Filing) -> Iterator[Running]:
    if filing.status == Status.APPROVED:
        yield Clock.VISIT, filing.planned_start, filing.planned_end
    if filing.status == Status.ON_SITE:
        yield _since(Clock.RESULT, _arrival(filing))


def _of_preserved_evidence(filing: Filing) -> Iterator[Running]:
    """What was registered in advance stays so, whatever becomes of the filing."""
    for held in filing.preservations.all():
        if held.decided_at is None:
            yield _since(Clock.DECIDE_EVIDENCE, held.registered_at)


def _of_another_region(filing: Filing) -> Iterator[Running]:
    if filing.status in MADE and to_be_filed_across(filing):
        yield _since(Clock.FILE_ACROSS, _arrival(filing))


def _of_the_result(filing: Filing) -> Iterator[Running]:
    result = getattr(filing, "result", None)
    if result is None or filing.status not in RESULT_KNOWN:
        return
    if filing.status == Status.RECORDED:
        yield _since(Clock.CONFIRM, result.recorded_at)
    if result.delivered_at is None:
        yield _since(Clock.DELIVER, result.recorded_at)
    if result.published_on is None and not result.publication_withheld:
        yield _since(Clock.PUBLISH, result.recorded_at)
    yield from _of_the_follow_up(result)


def _of_the_follow_up(result: Result) -> Iterator[Running]:
    for sent in result.transfers.all():
        if sent.received_at is None:
            yield _since(Clock.RECEIPT, sent.sent_at)
    if result.follow_up != Result.FollowUp.RECTIFICATION or result.rectified_on is not None:
        return
    waiting = [one for one in result.rectifications.all() if one.rechecked_at is None]
    if waiting:
        yield _since(Clock.RECHECK, waiting[0].reported_at)
    elif result.rectify_by is not None:
        due = midnight(result.rectify_by + timedelta(days=1))
        yield Clock.RECTIFY, result.recorded_at, due


def _unanswered(filing: Filing, now: datetime) -> list[Match]:
    return [one for one in matches(filing, now) if one.standing in UNANSWERED]


def _since(clock: Clock, start: datetime) -> Running:
    return clock, start, None


def _arrival(filing: Filing) -> datetime:
    visit = filing.visit
    return visit.arrived_at if visit and visit.arrived_at else filing.planned_start
