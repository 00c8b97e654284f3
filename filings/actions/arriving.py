"""How an arrival that was noted without a connection is recorded afterwards (R-SIT-2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from filings.actions.alerting import raise_alerts
from filings.actions.moving import move, require, require_clean
from filings.actions.visiting import Arrival, arrive, served_at_the_door
from filings.models import Filing, OfflineArrival, Severity
from filings.rules import Case, Problem, judge, judge_offline
from filings.rules.door import permitted
from filings.rules.timing import Terms
from filings.terms import Clock
from filings.workflow import Verb
from officers.authority import Authority
from officers.models import Device
from officers.signatures import signed

Proof = OfflineArrival.Proof


@dataclass(frozen=True)
class Signature:
    """The text as the device signed it, its signature, and the device it names."""

    text: str
    signature: str = ""
    device: int | None = None


@dataclass(frozen=True)
class Noted:
    """When the officers arrived by the clock of the device, and why that is told only now.

    `sent_at` is what the same clock says now; without it the arrival was typed in by hand.
    """

    arrived_at: datetime
    reason: str = ""
    sent_at: datetime | None = None
    signature: Signature | None = None


@transaction.atomic
def check_in_late(
    filing: Filing, arrival: Arrival, noted: Noted, *, by: Authority, at: datetime
) -> Filing:
    """The arrival recorded after it happened, at most so many days later and once.

    The server's clock decides: what the device says is moved by as much as the device is off, and
    never before the approval and the window.  Without a reason only what a registered device
    signed the same day is taken.  Raises FilingIncomplete with every problem at once.
    """
    require(Verb.CHECK_IN_LATE, filing, by)
    said = noted.signature or Signature("")
    kept = OfflineArrival(
        filing=filing,
        proof=_proof(said, by),
        device=_device(said, by),
        text=said.text,
        signature=said.signature,
        device_time=noted.arrived_at,
        sent_at=noted.sent_at,
        received_at=at,
        skew=round((noted.sent_at - at).total_seconds()) if noted.sent_at else 0,
    )
    told = at - (noted.sent_at - noted.arrived_at) if noted.sent_at else noted.arrived_at
    require_clean(_impossible(noted, at))
    case = Case.of(filing, max(told, permitted(filing)))
    found = judge(case)
    require_clean(
        [one for one in found if one.severity == Severity.HARD]
        + _unexplained(kept, noted, case.at)
        + _too_late(filing, case.at, at)
    )
    visit, odd = arrive(case, arrival, at, noted.reason.strip())
    kept.save()
    raise_alerts(replace(case, at=at), found + odd + judge_offline(case, kept, told))
    served = served_at_the_door(filing, arrival, case.at)
    return move(
        filing,
        Verb.CHECK_IN_LATE,
        by=by,
        at=at,
        facts=_facts(kept, noted, case.at) | {"visit": visit.pk},
        visit=visit,
        **served,
    )


def _device(said: Signature, by: Authority) -> Device | None:
    """The device named, if it is one of the caller's that still signs."""
    mine = Device.objects.filter(account=by.account, revoked_at=None)
    return mine.filter(pk=said.device).first() if said.device is not None else None


def _proof(said: Signature, by: Authority) -> str:
    if not said.signature:
        return Proof.ABSENT
    device = _device(said, by)
    holds = device is not None and signed(said.text, said.signature, device.public_key)
    return Proof.VALID if holds else Proof.FAILED


def _impossible(noted: Noted, at: datetime) -> list[Problem]:
    if noted.sent_at is not None and noted.sent_at < noted.arrived_at:
        message = _("The arrival was noted after it was sent. Give the time of the arrival.")
        return [Problem("arrived_at", "noted_after_sent", "R-SIT-2", message)]
    if noted.sent_at is None and noted.arrived_at > at:
        message = _("The arrival lies in the future. Give the time at which you arrived.")
        return [Problem("arrived_at", "arrival_in_future", "R-SIT-2", message)]
    return []


def _unexplained(kept: OfflineArrival, noted: Noted, arrived: datetime) -> list[Problem]:
    same_day = local_date(arrived) == local_date(kept.received_at)
    if noted.reason.strip() or (kept.proof == Proof.VALID and same_day):
        return []
    message = _("Say why the arrival is told only now.")
    return [Problem("reason", "late_reason_missing", "R-SIT-2", message)]


def late_check_in_ends(filing: Filing, arrived: datetime) -> datetime:
    """When an arrival of that moment can no longer be recorded without a supervisor."""
    return Terms.read().ends(Clock.CHECK_IN_LATE, arrived, filing.agency)


def _too_late(filing: Filing, arrived: datetime, at: datetime) -> list[Problem]:
    limit = late_check_in_ends(filing, arrived)
    if at < limit or filing.unlocked_at is not None:
        return []
    message = _("An arrival of that day could be recorded until %(day)s. Ask the supervisor.")
    values = {"day": local_date(limit - timedelta(microseconds=1))}
    return [Problem("arrived_at", "check_in_too_late", "R-SIT-2", message % values)]


def _facts(kept: OfflineArrival, noted: Noted, arrived: datetime) -> dict[str, object]:
    return {
        "reason": noted.reason.strip(),
        "arrived_at": arrived,
        "device_time": kept.device_time,
        "device": kept.device_id,
        "skew": kept.skew,
        "proof": kept.proof,
    }


@transaction.atomic
def admit_late(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """The supervisor lets an arrival be recorded after the limit."""
    require(Verb.ADMIT_LATE, filing, by, reason)
    return move(filing, Verb.ADMIT_LATE, by=by, at=at, facts={"reason": reason}, unlocked_at=at)
