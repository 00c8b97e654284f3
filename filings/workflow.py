"""What states a filing can be in, and which verb leads from where to where (domain D1).

The table is data: the policy reads it, the actions execute it, the tests walk it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from officers.roles import Permission


class Status(models.TextChoices):
    """Where in its life a filing stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    ON_SITE = "on_site", _("On site")
    RECORDED = "recorded", _("Recorded")
    CONFIRMED = "confirmed", _("Confirmed")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    REFUSED = "refused", _("Refused by the subject")
    TERMINATED = "terminated", _("Terminated")
    VOIDED = "voided", _("Voided")


class Verb(models.TextChoices):
    """What can be done to a filing; the same word in function, URL, event and button."""

    DRAFT = "draft", _("Draft")
    REVISE = "revise", _("Revise")
    SUBMIT = "submit", _("Submit")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")
    ENDORSE = "endorse", _("Agree on second review")
    OPPOSE = "oppose", _("Object on second review")
    JOIN = "join", _("Visit jointly")
    MERGE = "merge", _("Merge into one visit")
    DECLINE = "decline", _("Decline the joint visit")
    LEAVE = "leave", _("Leave the joint visit")
    WITHDRAW = "withdraw", _("Withdraw")
    EXPIRE = "expire", _("Expire")
    CHECK_IN = "check_in", _("Check in")
    CHECK_IN_LATE = "check_in_late", _("Check in afterwards")
    ADMIT_LATE = "admit_late", _("Admit a late check-in")
    SERVE = "serve", _("Note the notice served")
    REFUSE = "refuse", _("Record a refusal")
    TERMINATE = "terminate", _("Terminate")
    RECORD = "record", _("Record the result")
    CONFIRM = "confirm", _("Confirm")
    CLOSE = "close", _("Close")
    OPEN_EMERGENCY = "open_emergency", _("Open an emergency")
    BACK_FILE = "back_file", _("Back-file")
    UNLOCK = "unlock", _("Unlock late back-filing")
    APPROVE_AFTERWARDS = "approve_afterwards", _("Approve afterwards")
    ATTACH = "attach", _("Add evidence")
    PRESERVE = "preserve", _("Register evidence in advance")
    DECIDE_EVIDENCE = "decide_evidence", _("Decide on registered evidence")
    DELIVER = "deliver", _("Tell the subject")
    PUBLISH = "publish", _("Publish")
    CORRECT = "correct", _("Correct the result")
    TRANSFER = "transfer", _("Transfer")
    ACKNOWLEDGE = "acknowledge", _("Note the receipt")
    REPORT_RECTIFICATION = "report_rectification", _("Report the rectification")
    RECHECK = "recheck", _("Re-check")
    FILE_ACROSS = "file_across", _("Note the filing with the other region")
    VOID = "void", _("Void")


class Only(StrEnum):
    """What a verb asks of a filing besides its state; the policy answers."""

    REVIEWED_TWICE = "that waits for the second review of the justice bureau"
    JOINABLE = "that another agency plans to visit in an overlapping window"
    MERGEABLE = "that its own agency plans to visit twice in overlapping windows"
    OFFERED = "with an offer that has not been declined"
    TOGETHER = "that shares its visit"
    PENDING = "an emergency that waits for its approval"
    BACK_FILED = "an emergency that was back-filed and waits for its approval"
    NUMBERED = "with a number"
    UNSERVED = "whose notice has not been served, at the door if it is unannounced"
    ACROSS = "of a subject in another region, not filed with the authority there"
    PRESERVED = "with evidence registered in advance that waits for its decision"
    UNTOLD = "whose result the subject has not been told"
    UNPUBLISHED = "whose result is neither published nor withheld"
    HANDED_ON = "whose follow-up is a transfer or a copy"
    UNRECEIPTED = "with a transfer that waits for its receipt"
    RECTIFYING = "with a rectification that has not been reported"
    REPORTED = "with a reported rectification that has not been re-checked"


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a verb leads to which, and what permission it needs.

    `target` None leaves the state as it is; `decides` bars everyone who takes part in the filing;
    `only` names what else must hold.
    """

    sources: frozenset[Status]
    target: Status | None
    needs: Permission
    reason_required: bool = False
    decides: bool = False
    only: Only | None = None


def _step(*sources: Status, to: Status | None = None, needs: Permission, **conditions: Any) -> Step:
    return Step(frozenset(sources), to, needs, **conditions)


PLANNED = (Status.SUBMITTED, Status.APPROVED)
AFTER_THE_DOOR = (Status.ON_SITE, Status.RECORDED, Status.REFUSED, Status.TERMINATED)
RESULT_KNOWN = (Status.RECORDED, Status.CONFIRMED, Status.CLOSED)

STEPS: dict[Verb, Step] = {
    Verb.DRAFT: _step(to=Status.DRAFT, needs=Permission.FILING_DRAFT),
    Verb.REVISE: _step(Status.DRAFT, Status.RETURNED, to=None, needs=Permission.FILING_DRAFT),
    Verb.SUBMIT: _step(
        Status.DRAFT, Status.RETURNED, to=Status.SUBMITTED, needs=Permission.FILING_SUBMIT
    ),
    Verb.APPROVE: _step(
        Status.SUBMITTED, to=Status.APPROVED, needs=Permission.FILING_DECIDE, decides=True
    ),
    Verb.RETURN: _step(
        Status.SUBMITTED,
        to=Status.RETURNED,
        needs=Permission.FILING_DECIDE,
        reason_required=True,
        decides=True,
    ),
    Verb.ENDORSE: _step(
        Status.SUBMITTED, needs=Permission.FILING_ENDORSE, decides=True, only=Only.REVIEWED_TWICE
    ),
    Verb.OPPOSE: _step(
        Status.SUBMITTED,
        to=Status.RETURNED,
        needs=Permission.FILING_ENDORSE,
        reason_required=True,
        decides=True,
        only=Only.REVIEWED_TWICE,
    ),
    Verb.JOIN: _step(*PLANNED, needs=Permission.FILING_JOIN, only=Only.JOINABLE),
    Verb.MERGE: _step(*PLANNED, needs=Permission.FILING_JOIN, only=Only.MERGEABLE),
    Verb.DECLINE: _step(
        *PLANNED, needs=Permission.FILING_JOIN, reason_required=True, only=Only.OFFERED
    ),
    Verb.LEAVE: _step(
        *PLANNED, needs=Permission.FILING_JOIN, reason_required=True, only=Only.TOGETHER
    ),
    Verb.WITHDRAW: _step(
        Status.DRAFT,
        Status.SUBMITTED,
        Status.RETURNED,
        Status.APPROVED,
        to=Status.WITHDRAWN,
        needs=Permission.FILING_SUBMIT,
        reason_required=True,
    ),
    Verb.EXPIRE: _step(Status.APPROVED, to=Status.EXPIRED, needs=Permission.FILING_DECIDE),
    Verb.CHECK_IN: _step(Status.APPROVED, to=Status.ON_SITE, needs=Permission.FILING_CHECK_IN),
    Verb.CHECK_IN_LATE: _step(
        Status.APPROVED, Status.EXPIRED, to=Status.ON_SITE, needs=Permission.FILING_CHECK_IN
    ),
    Verb.ADMIT_LATE: _step(
        Status.APPROVED,
        Status.EXPIRED,
        needs=Permission.FILING_UNLOCK,
        reason_required=True,
        decides=True,
    ),
    Verb.SERVE: _step(
        Status.APPROVED,
        Status.ON_SITE,
        needs=Permission.FILING_CHECK_IN,
        only=Only.UNSERVED,
    ),
    Verb.REFUSE: _step(
        Status.APPROVED,
        Status.ON_SITE,
        to=Status.REFUSED,
        needs=Permission.FILING_CHECK_IN,
        reason_required=True,
    ),
    Verb.TERMINATE: _step(
        Status.APPROVED,
        Status.ON_SITE,
        to=Status.TERMINATED,
        needs=Permission.FILING_CHECK_IN,
        reason_required=True,
    ),
    Verb.RECORD: _step(Status.ON_SITE, to=Status.RECORDED, needs=Permission.FILING_RECORD),
    Verb.CONFIRM: _step(
        Status.RECORDED,
        to=Status.CONFIRMED,
        needs=Permission.FILING_CONFIRM,
        decides=True,
        only=Only.NUMBERED,
    ),
    Verb.CLOSE: _step(Status.CONFIRMED, to=Status.CLOSED, needs=Permission.FILING_RECORD),
    Verb.OPEN_EMERGENCY: _step(to=Status.ON_SITE, needs=Permission.FILING_CHECK_IN),
    Verb.BACK_FILE: _step(*AFTER_THE_DOOR, needs=Permission.FILING_SUBMIT, only=Only.PENDING),
    Verb.UNLOCK: _step(
        *AFTER_THE_DOOR,
        needs=Permission.FILING_UNLOCK,
        reason_required=True,
        decides=True,
        only=Only.PENDING,
    ),
    Verb.APPROVE_AFTERWARDS: _step(
        *AFTER_THE_DOOR, needs=Permission.FILING_DECIDE, decides=True, only=Only.BACK_FILED
    ),
    Verb.ATTACH: _step(*AFTER_THE_DOOR, Status.CONFIRMED, needs=Permission.FILING_RECORD),
    Verb.PRESERVE: _step(
        Status.ON_SITE, Status.RECORDED, Status.CONFIRMED, needs=Permission.FILING_RECORD
    ),
    Verb.DECIDE_EVIDENCE: _step(
        *AFTER_THE_DOOR,
        Status.CONFIRMED,
        Status.CLOSED,
        Status.VOIDED,
        needs=Permission.FILING_DECIDE,
        decides=True,
        only=Only.PRESERVED,
    ),
    Verb.DELIVER: _step(
        Status.RECORDED, Status.CONFIRMED, needs=Permission.FILING_RECORD, only=Only.UNTOLD
    ),
    Verb.PUBLISH: _step(
        Status.CONFIRMED, Status.CLOSED, needs=Permission.FILING_CONFIRM, only=Only.UNPUBLISHED
    ),
    Verb.CORRECT: _step(
        *RESULT_KNOWN, to=Status.RECORDED, needs=Permission.FILING_RECORD, reason_required=True
    ),
    Verb.TRANSFER: _step(
        Status.RECORDED, Status.CONFIRMED, needs=Permission.FILING_RECORD, only=Only.HANDED_ON
    ),
    Verb.ACKNOWLEDGE: _step(*RESULT_KNOWN, needs=Permission.FILING_RECORD, only=Only.UNRECEIPTED),
    Verb.REPORT_RECTIFICATION: _step(
        Status.RECORDED, Status.CONFIRMED, needs=Permission.FILING_RECORD, only=Only.RECTIFYING
    ),
    Verb.RECHECK: _step(
        Status.RECORDED, Status.CONFIRMED, needs=Permission.FILING_RECORD, only=Only.REPORTED
    ),
    Verb.FILE_ACROSS: _step(
        Status.ON_SITE, *RESULT_KNOWN, needs=Permission.FILING_RECORD, only=Only.ACROSS
    ),
    Verb.VOID: _step(
        *AFTER_THE_DOOR,
        Status.CONFIRMED,
        Status.CLOSED,
        Status.EXPIRED,
        to=Status.VOIDED,
        needs=Permission.FILING_DECIDE,
        reason_required=True,
        decides=True,
        only=Only.NUMBERED,
    ),
}

ENDED = frozenset(
    {
        Status.CLOSED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.REFUSED,
        Status.TERMINATED,
        Status.VOIDED,
    }
)
