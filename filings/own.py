"""What may an enterprise read of the inspections of itself, and what is asked of it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.paper import Part, Sheet
from filings import codes
from filings.models import Filing, Subject
from filings.notice import language, moment
from filings.verifying import KEPT, may_rate
from filings.workflow import Status

MOST = 200
KNOWN = (
    Status.APPROVED,
    Status.ON_SITE,
    Status.RECORDED,
    Status.CONFIRMED,
    Status.CLOSED,
    Status.EXPIRED,
    Status.REFUSED,
    Status.TERMINATED,
    Status.VOIDED,
)
FOUND = (Status.CONFIRMED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection as the enterprise reads it; `token` while its code answers."""

    filing: Filing
    token: str | None
    items: tuple[str, ...]
    outcome: str
    rectify_by: date | None
    asks_rating: bool


def inspections(subject: Subject, at: datetime) -> list[Inspection]:
    """The inspections of this subject and of nobody else, the latest first.

    What is unannounced is not told before the officers are there (R-NOT-2), a result not
    before it is confirmed.
    """
    secret = Q(unannounced=True, status__in=[Status.APPROVED, Status.EXPIRED])
    rows = (
        Filing.objects.filter(subject=subject, status__in=KNOWN, origin="native")
        .exclude(secret)
        .select_related("agency", "visit", "result")
        .prefetch_related("items__item_version")
        .order_by("-planned_start", "-pk")
    )
    return [_told(one, at) for one in rows[:MOST]]


def _told(filing: Filing, at: datetime) -> Inspection:
    result = getattr(filing, "result", None) if filing.status in FOUND else None
    token = codes.of(filing) if filing.planned_end > at - KEPT or may_rate(filing, at) else None
    return Inspection(
        filing,
        token,
        tuple(one.item_version.name for one in filing.items.all()),
        result.get_outcome_display() if result else "",
        result.rectify_by if result else None,
        bool(token) and may_rate(filing, at) and not filing.visit.right,
    )


def sheet(subject: Subject, found: Iterable[Inspection], at: datetime) -> Sheet:
    """The same on paper."""
    rows = tuple(
        (
            moment(one.filing.planned_start),
            one.filing.agency.name,
            one.filing.number or "",
            "\n".join(one.items),
            one.outcome or one.filing.get_status_display(),
            f"{one.rectify_by:%Y-%m-%d}" if one.rectify_by else "",
        )
        for one in found
    )
    heads = (_("from"), _("agency"), _("number"), _("items"), _("result"), _("rectify by"))
    return Sheet(
        title=_("Inspections of your enterprise"),
        facts=(
            (_("Enterprise"), subject.name),
            (_("Unified social credit code"), subject.uscc or ""),
            (_("As of"), moment(at)),
        ),
        parts=(Part(_("Inspections"), columns=heads, rows=rows),),
        foot=_("Jianbei, the register of inspections filed before they happen"),
        language=language(),
    )
