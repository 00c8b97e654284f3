"""What the register does by itself when time runs out: expire, alert, pass on to the next above.

Nobody is asked and nobody has to be awake; each step is its own transaction with its own event,
so that one filing which somebody is just changing holds up no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from agencies import journal
from agencies.calendar import SHANGHAI
from agencies.journal import Actor
from filings.actions.joining import part
from filings.actions.moving import Clockwork, move
from filings.clocks import Deadline, clocks
from filings.models import Alert, Filing, Severity
from filings.policy import StaleFiling
from filings.terms import Clock
from filings.workflow import Status, Verb

CHUNK = 500
CODE = "clock_{}"


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did: filings expired, alerts raised, alerts passed on."""

    expired: int = 0
    raised: int = 0
    passed_on: int = 0


def watch(*, at: datetime) -> Watched:
    """One round over everything that runs out; doing it twice changes nothing more."""
    expired = sum(_expire(filing, at) for filing in _unused(at))
    raised = passed_on = 0
    for filing, deadline, alert in _overdue(at):
        if alert is None:
            raised += _raise(filing, deadline, at)
        elif alert.handled_at is None and alert.heard_by != deadline.escalation:
            passed_on += _pass_on(filing, alert, deadline, at)
    return Watched(expired, raised, passed_on)


def _unused(at: datetime) -> Iterator[Filing]:
    waiting = Filing.objects.filter(origin="native", status=Status.APPROVED, planned_end__lte=at)
    yield from waiting.select_related("agency__region").order_by("pk").iterator(CHUNK)


@transaction.atomic
def _expire(filing: Filing, at: datetime) -> bool:
    try:
        part(filing, at)
        move(filing, Verb.EXPIRE, by=Clockwork(), at=at, code_revoked_at=at)
    except StaleFiling:
        return False
    return True


def _overdue(at: datetime) -> Iterator[tuple[Filing, Deadline, Alert | None]]:
    running = Filing.objects.running().with_clocks().select_related("agency").order_by("pk")
    last = 0
    while chunk := list(running.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        known = {(one.filing_id, one.code): one for one in Alert.objects.filter(filing__in=chunk)}
        for filing in chunk:
            for deadline in clocks(filing, at):
                if deadline.escalation is not None:
                    code = CODE.format(deadline.clock)
                    yield filing, deadline, known.get((filing.pk, code))


@transaction.atomic
def _raise(filing: Filing, deadline: Deadline, at: datetime) -> bool:
    alert, new = Alert.objects.get_or_create(
        about=f"filing {filing.pk}",
        code=CODE.format(deadline.clock),
        defaults={
            "filing": filing,
            "severity": Severity.WARN,
            "agency_id": filing.agency_id,
            "subject_id": filing.subject_id,
            "heard_by": deadline.escalation or deadline.owner,
            "text": _("Overdue: %(clock)s, due before %(due)s (%(rule)s)."),
            "numbers": {
                "clock": _in_english(deadline.clock),
                "due": f"{timezone.localtime(deadline.due, SHANGHAI):%Y-%m-%d %H:%M}",
                "rule": deadline.rule,
            },
            "created_at": at,
        },
    )
    if new:
        _tell("overdue", filing, alert, deadline, at)
    return new


def _in_english(clock: str) -> str:
    with translation.override("en"):
        return str(Clock(clock).label)


@transaction.atomic
def _pass_on(filing: Filing, alert: Alert, deadline: Deadline, at: datetime) -> bool:
    open_ = Alert.objects.filter(pk=alert.pk, handled_at=None, heard_by=alert.heard_by)
    if not open_.update(heard_by=deadline.escalation):
        return False
    _tell("pass_on", filing, alert, deadline, at)
    return True


def _tell(verb: str, filing: Filing, alert: Alert, deadline: Deadline, at: datetime) -> None:
    journal.append(
        filing.agency.code,
        verb,
        alert,
        by=Actor(journal.SYSTEM, "clock"),
        at=at,
        filing=filing.pk,
        clock=deadline.clock,
        due=deadline.due,
        heard_by=deadline.escalation,
    )
