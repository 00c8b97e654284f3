"""What is done with a recorded result: told to the subject, published, corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from filings.actions.evidence import Upload, keep_file
from filings.actions.finding import Found, grounded, write_findings
from filings.actions.moving import move, require, require_clean, stamp
from filings.actions.visiting import Outcome
from filings.models import Correction, Filing, Finding, Result
from filings.rules import Problem
from filings.rules.result import contradictions
from filings.workflow import Verb
from officers.authority import Authority

CORRECTABLE = ("outcome", "follow_up", "summary", "rectify_by", "enforcement_followed")
UNSAID = {
    "confirmed_at": None,
    "confirmed_by": None,
    "delivered_at": None,
    "delivery_channel": "",
    "delivered_to": "",
    "delivery_note": "",
    "delivery_witness": "",
    "delivery_recording": "",
    "published_on": None,
    "publication_withheld": "",
}


@dataclass(frozen=True)
class Delivery:
    """How the subject was told: by which channel and to whom.

    `signature` is the picture of what was signed on the device, kept as evidence.  When the subject
    refused to sign, `note` is the reason it gave, and a witness or a recording proves it (R-SIT-5).
    """

    channel: str
    receiver: str
    note: str = ""
    witness: str = ""
    recording: str = ""
    signature: bytes = b""


@transaction.atomic
def deliver(filing: Filing, delivery: Delivery, *, by: Authority, at: datetime) -> Filing:
    """The subject told its result (R-RES-1).  Raises FilingIncomplete naming what is missing."""
    require(Verb.DELIVER, filing, by)
    require_clean(_undeliverable(delivery))
    stamp(
        filing.result,
        delivered_at=at,
        delivery_channel=delivery.channel,
        delivered_to=delivery.receiver.strip(),
        delivery_note=delivery.note.strip(),
        delivery_witness=delivery.witness.strip(),
        delivery_recording=delivery.recording.strip(),
    )
    facts = vars(delivery) | {"signature": _signed(filing, delivery, by=by, at=at)}
    return move(filing, Verb.DELIVER, by=by, at=at, facts=facts)


def _signed(filing: Filing, delivery: Delivery, *, by: Authority, at: datetime) -> str:
    """The SHA-256 of the signature, now kept with the filing; empty without one."""
    if not delivery.signature:
        return ""
    named = Upload(delivery.signature, f"{delivery.receiver.strip()[:60]}.png", at)
    return keep_file(filing, named, by=by.account, at=at).sha256


def _undeliverable(delivery: Delivery) -> list[Problem]:
    found = []
    if delivery.channel not in Result.Channel.values:
        message = _("“%(value)s” is no channel of delivery. Possible: %(known)s.") % {
            "value": delivery.channel,
            "known": ", ".join(Result.Channel.values),
        }
        found.append(Problem("channel", "unknown_channel", "R-RES-1", message))
    if not delivery.receiver.strip():
        message = _("Name the person who received the result.")
        found.append(Problem("receiver", "receiver_missing", "R-RES-1", message))
    if delivery.signature and delivery.channel != Result.Channel.ON_THE_SPOT:
        message = _("A signature was given: choose “Signed on the spot”, or clear the signature.")
        found.append(Problem("channel", "signed_otherwise", "R-SIT-5", message))
    if delivery.channel == Result.Channel.UNSIGNED:
        found += _unproved(delivery)
    return found


def _unproved(delivery: Delivery) -> list[Problem]:
    found = []
    if not delivery.note.strip():
        message = _("The subject did not sign: note the reason it gave.")
        found.append(Problem("note", "unsigned_without_reason", "R-SIT-5", message))
    if not (delivery.witness.strip() or delivery.recording.strip()):
        message = _("The subject did not sign: name a witness, or say where the recording is kept.")
        found.append(Problem("witness", "unsigned_without_proof", "R-SIT-5", message))
    return found


@transaction.atomic
def publish(filing: Filing, *, by: Authority, at: datetime, withheld: str = "") -> Filing:
    """The confirmed result published, or `withheld` from the public for the reason given."""
    require(Verb.PUBLISH, filing, by)
    withheld = withheld.strip()
    day = None if withheld else local_date(at)
    stamp(filing.result, published_on=day, publication_withheld=withheld)
    facts = {"withheld": withheld, "published_on": day}
    return move(filing, Verb.PUBLISH, by=by, at=at, facts=facts)


@transaction.atomic
def file_across(filing: Filing, *, by: Authority, at: datetime, office: str, on: date) -> Filing:
    """The visit was filed with the justice authority of the other region (R-LOC-1)."""
    require(Verb.FILE_ACROSS, filing, by)
    wrong = []
    if not office.strip():
        message = _("Name the office that took the filing.")
        wrong.append(Problem("office", "office_missing", "R-LOC-1", message))
    if not local_date(filing.planned_start) <= on <= local_date(at):
        message = _("The day lies before the visit or in the future: %(day)s.") % {"day": on}
        wrong.append(Problem("on", "day_impossible", "R-LOC-1", message))
    require_clean(wrong)
    noted = {"across_filed_on": on, "across_office": office.strip()}
    return move(filing, Verb.FILE_ACROSS, by=by, at=at, facts=noted, **noted)


@transaction.atomic
def correct(
    filing: Filing, outcome: Outcome, *, by: Authority, at: datetime, reason: str
) -> Filing:
    """The recorded result replaced by `outcome`, with before and after kept in a Correction.

    A corrected result is confirmed, told and published anew.
    """
    require(Verb.CORRECT, filing, by, reason)
    findings, wrong = grounded(filing, outcome.findings)
    require_clean(contradictions_of(outcome) + wrong)
    result = filing.result
    before = content(result)
    _overwrite(result, outcome, findings)
    after = content(result)
    if after == before:
        message = _("Nothing differs from what is recorded.")
        require_clean([Problem("outcome", "nothing_changed", "R-RES-3", message)])
    Correction.objects.create(
        result=result,
        before=before,
        after=after,
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=by.account,
    )
    facts = {"reason": reason, "before": before, "after": after}
    return move(filing, Verb.CORRECT, by=by, at=at, facts=facts, closed_at=None)


def contradictions_of(outcome: Outcome) -> list[Problem]:
    """Every way in which what is said of an inspection contradicts itself."""
    return contradictions(
        outcome.outcome,
        outcome.follow_up,
        findings=len(outcome.findings),
        rectify_by=outcome.rectify_by,
    )


def content(result: Result) -> dict[str, Any]:
    """What a result says, with its findings, in plain values."""
    findings = result.findings.order_by("pk")
    columns = ("severity", "text", "clause", "point", "filing_item_id", "basis_id")
    said = {name: getattr(result, name) for name in CORRECTABLE}
    said["rectify_by"] = said["rectify_by"] and said["rectify_by"].isoformat()
    return said | {"findings": list(findings.values(*columns))}


def _overwrite(result: Result, outcome: Outcome, findings: Iterable[Found]) -> None:
    Finding.objects.filter(result=result).delete()
    changed = {name: getattr(outcome, name) for name in CORRECTABLE}
    if outcome.follow_up != result.follow_up:
        changed |= {"rectified_on": None, "finished_on": None}
    stamp(result, **changed, **UNSAID)
    write_findings(result, findings)
