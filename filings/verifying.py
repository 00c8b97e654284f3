"""What does a scanned code prove at this moment?

One query finds the filing or finds nothing, with the same work for every token: a wrong one, one
of another register and one whose time has passed cannot be told apart (reliability P33).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.calendar import local_date
from agencies.models import ItemVersion
from filings import codes
from filings.catalogue import versions
from filings.models import Filing, FilingItem, FilingOfficer
from filings.recalled import recall
from filings.workflow import Status

KEPT = timedelta(days=30)
"""How long after its window, its visit or its result a code still answers: as long as one rates."""


SHOWN = (
    "number", "status", "code_digest", "unannounced", "emergency", "back_fill_reason", "assistants",
    "planned_start", "planned_end", "nth_of_agency", "nth_of_all", "dated_at",
    "agency__name", "agency__code", "agency__line", "principal__name",
    "subject__name", "subject__uscc", "subject__contact__since",
    "visit__arrived_at", "visit__left_at", "visit__right", "result__recorded_at", "origin",
    "result__follow_up", "result__rectify_by", "result__rectified_on",
)  # fmt: skip
SHOWN_OF_MEMBER = (
    "filing", "lead", "officer__name", "officer__photo", "certificate__number",
    "certificate__kind", "certificate__status", "certificate__valid_from", "certificate__valid_to",
)  # fmt: skip
"""What a scan reads, and no more: a page at the door is asked for by anybody."""
COMPARED = (
    "pk", "version", *(one for one in SHOWN if one != "visit__right"),
    *(f"members__{one}" for one in SHOWN_OF_MEMBER),
)  # fmt: skip
"""What must be the same for two scans to show the same."""


class Verdict(models.TextChoices):
    """The one answer to a scan."""

    VALID = "valid", _("Valid now")
    NOT_YET = "not_yet", _("Not valid yet")
    OVER = "over", _("No longer valid: the inspection is over")
    WITHDRAWN = "withdrawn", _("Not valid: the inspection was withdrawn")
    NOT_APPROVED = "not_approved", _("Not approved")
    FOREIGN = "foreign", _("Not for this enterprise")
    UNQUALIFIED = "unqualified", _("Not valid: a certificate does not hold")
    UNKNOWN = "unknown", _("This code cannot be verified")
    UNAVAILABLE = "unavailable", _("Cannot be verified now")


GIVEN_UP = (Status.WITHDRAWN, Status.VOIDED)
UNDER_WAY = (Status.APPROVED, Status.ON_SITE)


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict, and the filing behind the code where there is one."""

    verdict: Verdict
    at: datetime
    filing: Filing | None = None

    @property
    def told(self) -> Filing | None:
        """The filing as far as the holder of the code may read it.

        An unannounced inspection says nothing of itself before its window (R-NOT-2).
        """
        if self.filing and self.verdict == Verdict.NOT_YET and self.filing.unannounced:
            return None
        return self.filing


def verify(token: str, at: datetime, uscc: str = "") -> Verified:
    """What `token` proves at `at`, for the enterprise with the code `uscc` where one is given."""
    filing = recall(codes.digest(token), at - KEPT, answering, COMPARED)
    if filing is None:
        return Verified(Verdict.UNKNOWN, at)
    if uscc and uscc != filing.subject.uscc:
        return Verified(Verdict.FOREIGN, at, filing)
    return Verified(judge(filing, at), at, filing)


def find(token: str, at: datetime) -> Filing | None:
    """The filing that `token` belongs to, while its code still answers."""
    return answering(codes.digest(token), at - KEPT).first()


def answering(digest: str, since: datetime) -> QuerySet[Filing]:
    """The filing whose code has this digest, if its window, visit or result is not long over."""
    answers = (
        Q(planned_end__gt=since)
        | Q(visit__left_at__gt=since)
        | Q(result__recorded_at__gt=since)
        | Q(result__follow_up="rectification", result__rectified_on=None)
    )
    members = FilingOfficer.objects.select_related("officer", "certificate").only(*SHOWN_OF_MEMBER)
    return (
        Filing.objects.filter(answers, code_digest=digest)
        .select_related("agency", "principal", "subject__contact", "visit", "result")
        .only(*SHOWN)
        .prefetch_related(Prefetch("members", members.order_by("-lead", "pk")))
    )


def announced(filing: Filing) -> list[ItemVersion]:
    """What may be inspected under the filing, each with its legal bases."""
    named = FilingItem.objects.filter(filing=filing).order_by("pk")
    return versions(named.values_list("item_version_id", flat=True))


def judge(filing: Filing, at: datetime) -> Verdict:
    """What the filing itself says at `at`; the window is the one that was approved."""
    if filing.status in GIVEN_UP:
        return Verdict.WITHDRAWN
    if filing.status not in UNDER_WAY or at >= filing.planned_end:
        return Verdict.OVER
    if filing.number is None:
        return Verdict.NOT_APPROVED
    if at < filing.planned_start:
        return Verdict.NOT_YET
    day = local_date(at)
    held = [member.certificate for member in filing.members.all()]
    if not all(one is not None and one.is_valid(day) for one in held):
        return Verdict.UNQUALIFIED
    return Verdict.VALID


def may_rate(filing: Filing, at: datetime) -> bool:
    """Whether the visit may be rated: from the check-in until 30 days after the result."""
    visit = filing.visit
    if visit is None or visit.arrived_at is None or filing.status in GIVEN_UP:
        return False
    result = getattr(filing, "result", None)
    end = result.recorded_at if result else visit.left_at or filing.planned_end
    return visit.arrived_at <= at < end + KEPT
