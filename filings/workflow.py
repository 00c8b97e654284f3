"""What states a filing can be in, and which verb leads from where to where (domain D1).

The table is data: the policy reads it, the actions execute it, the tests walk it.
"""

from dataclasses import dataclass

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


class Verb(models.TextChoices):
    """What can be done to a filing; the same word in function, URL, event and button."""

    DRAFT = "draft", _("Draft")
    REVISE = "revise", _("Revise")
    SUBMIT = "submit", _("Submit")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")
    WITHDRAW = "withdraw", _("Withdraw")
    EXPIRE = "expire", _("Expire")
    CHECK_IN = "check_in", _("Check in")
    REFUSE = "refuse", _("Record a refusal")
    TERMINATE = "terminate", _("Terminate")
    RECORD = "record", _("Record the result")
    CONFIRM = "confirm", _("Confirm")
    CLOSE = "close", _("Close")


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a verb leads to which, and what permission it needs.

    `target` None leaves the state as it is; `decides` bars everyone who takes part in the filing.
    """

    sources: frozenset[Status]
    target: Status | None
    needs: Permission
    reason_required: bool = False
    decides: bool = False


def _step(
    *sources: Status,
    to: Status | None,
    needs: Permission,
    reason_required: bool = False,
    decides: bool = False,
) -> Step:
    return Step(frozenset(sources), to, needs, reason_required, decides)


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
        Status.RECORDED, to=Status.CONFIRMED, needs=Permission.FILING_CONFIRM, decides=True
    ),
    Verb.CLOSE: _step(Status.CONFIRMED, to=Status.CLOSED, needs=Permission.FILING_RECORD),
}

ENDED = frozenset(
    {
        Status.CLOSED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.REFUSED,
        Status.TERMINATED,
    }
)
EDITABLE = frozenset(
    {
        "subject",
        "check_type",
        "double_random",
        "unannounced",
        "recheck",
        "trigger",
        "trigger_source",
        "plan_number",
        "place",
        "planned_start",
        "planned_end",
        "method",
        "on_site_reason",
        "assistants",
        "third_party",
        "items",
        "officers",
    }
)
