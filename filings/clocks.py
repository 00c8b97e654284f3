"""Which deadlines of a filing are running, who owns each, and how urgent it is (domain D3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.calendar import add_working_days, local_date, midnight
from filings.matching import Kind, Offer, offers
from filings.models import Filing, Result
from filings.terms import Clock, ends
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
    at once, the justice bureau when it stays red (`HEARD_ABOVE`).
    """

    clock: Clock
    rule: str
    owner: Role
    due: datetime
    colour: Colour
    escalation: Role | None


@dataclass(frozen=True, slots=True)
class _Duty:
    rule: str
    owner: Role


# Who hears of an overdue duty: so many working days after it ran out.
HEARD_ABOVE: dict[Role, tuple[tuple[int, Role], ...]] = {
    Role.OFFICER: ((0, Role.APPROVER), (3, Role.SUPERVISOR)),
    Role.CLERK: ((0, Role.APPROVER), (3, Role.SUPERVISOR)),
    Role.APPROVER: ((0, Role.SUPERVISOR),),
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
    Clock.RECTIFY: _Duty("R-FUP-1", Role.OFFICER),
    Clock.RECHECK: _Duty("R-FUP-1", Role.OFFICER),
    Clock.RECEIPT: _Duty("R-FUP-2", Role.OFFICER),
    Clock.ANSWER: _Duty("R-EVA-1", Role.SUPERVISOR),
}
OFFERED = {Kind.MERGE: Clock.MERGE, Kind.JOINT: Clock.JOIN}
DONE_WITH = (Status.WITHDRAWN, Status.EXPIRED, Status.VOIDED)
Running = Iterator[tuple[Clock, datetime, datetime]]


def clocks(filing: Filing, now: datetime) -> list[Deadline]:
    """Every deadline of `filing` that is open at `now`, the most urgent first.

    Reads the visit, what else is planned at the subject, the result, its transfers and
    rectifications; load them with the filing (`with_clocks`) and nothing is asked of the database.
    """
    if filing.origin == Filing.Origin.IMPORTED or filing.status in DONE_WITH:
        return []
    found = [
        _deadline(clock, start, due, now)
        for part in (_of_the_emergency, _of_the_visit, _of_the_result)
        for clock, start, due in part(filing)
    ]
    found += [
        _deadline(*_timed(OFFERED[one.kind], one.since), now) for one in _unanswered(filing, now)
    ]
    return sorted(found, key=lambda one: one.due)


def _deadline(clock: Clock, start: datetime, due: datetime, now: datetime) -> Deadline:
    duty = DUTIES[clock]
    colour = _colour(start, due, now)
    return Deadline(clock, duty.rule, duty.owner, due, colour, _above(duty.owner, due, now))


def _above(owner: Role, due: datetime, now: datetime) -> Role | None:
    """Whom the duty of `owner` has reached, when it ran out at `due`."""
    last = local_date(due - timedelta(microseconds=1))
    reached = [
        role
        for days, role in HEARD_ABOVE[owner]
        if now >= due and local_date(now) > add_working_days(last, days)
    ]
    return reached[-1] if reached else None


def _colour(start: datetime, due: datetime, now: datetime) -> Colour:
    """Yellow in the last quarter of the time there was, but for a day at least."""
    if now >= due:
        return Colour.RED
    warned = max((due - start) / 4, timedelta(days=1))
    return Colour.YELLOW if now >= due - warned else Colour.BLUE


def _of_the_emergency(filing: Filing) -> Running:
    if not filing.emergency or filing.number is not None:
        return
    if filing.back_filed_at is not None:
        yield _timed(Clock.APPROVE_AFTERWARDS, filing.back_filed_at)
    else:
        yield _timed(
            Clock.BACK_FILE_AFTER_FAULT if filing.fault else Clock.BACK_FILE, _arrival(filing)
        )


def _of_the_visit(filing: Filing) -> Running:
    if filing.status == Status.APPROVED:
        yield Clock.VISIT, filing.planned_start, filing.planned_end
    if filing.status == Status.ON_SITE:
        yield _timed(Clock.RESULT, _arrival(filing))


def _of_the_result(filing: Filing) -> Running:
    result = getattr(filing, "result", None)
    if result is None or filing.status not in RESULT_KNOWN:
        return
    if filing.status == Status.RECORDED:
        yield _timed(Clock.CONFIRM, result.recorded_at)
    if result.delivered_at is None:
        yield _timed(Clock.DELIVER, result.recorded_at)
    if result.published_on is None and not result.publication_withheld:
        yield _timed(Clock.PUBLISH, result.recorded_at)
    yield from _of_the_follow_up(result)


def _of_the_follow_up(result: Result) -> Running:
    for sent in result.transfers.all():
        if sent.received_at is None:
            yield _timed(Clock.RECEIPT, sent.sent_at)
    if result.follow_up != Result.FollowUp.RECTIFICATION or result.rectified_on is not None:
        return
    waiting = [one for one in result.rectifications.all() if one.rechecked_at is None]
    if waiting:
        yield _timed(Clock.RECHECK, waiting[0].reported_at)
    elif result.rectify_by is not None:
        due = midnight(result.rectify_by + timedelta(days=1))
        yield Clock.RECTIFY, result.recorded_at, due


def _unanswered(filing: Filing, now: datetime) -> list[Offer]:
    return [one for one in offers(filing, now) if one.is_open]


def _timed(clock: Clock, start: datetime) -> tuple[Clock, datetime, datetime]:
    return clock, start, ends(clock, start)


def _arrival(filing: Filing) -> datetime:
    visit = filing.visit
    return visit.arrived_at if visit and visit.arrived_at else filing.planned_start


def running_out(filings: Iterable[Filing], now: datetime) -> list[tuple[Deadline, Filing]]:
    """Every open deadline of `filings` with its filing, the most urgent first."""
    found = [(one, filing) for filing in filings for one in clocks(filing, now)]
    return sorted(found, key=lambda pair: (pair[0].due, pair[1].pk, pair[0].clock))
