"""With whom a visit could be made jointly: what other agencies plan at the same door."""

from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency
from filings.models import Filing
from filings.workflow import Status

PLANNED = (Status.SUBMITTED, Status.APPROVED)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one agency may know of another's plan: who, when and which items, nothing else."""

    agency: Agency
    planned_start: datetime
    planned_end: datetime
    items: tuple[str, ...]


def offers(filing: Filing, now: datetime) -> list[Offer]:
    """The plans of other agencies for the same subject whose windows overlap, the next first.

    Only a planned filing whose window has not passed is offered anything, and it is offered only
    such filings.  What an agency keeps unannounced stays its own; a window that begins as the
    other ends does not overlap.
    """
    if filing.status not in PLANNED or filing.planned_end <= now:
        return []
    others = (
        Filing.objects.filter(
            subject=filing.subject_id,
            status__in=PLANNED,
            origin=Filing.Origin.NATIVE,
            unannounced=False,
            planned_start__lt=filing.planned_end,
            planned_end__gt=max(filing.planned_start, now),
        )
        .exclude(agency=filing.agency_id)
        .select_related("agency")
        .prefetch_related("items__item_version")
        .order_by("planned_start", "pk")
    )
    return [_offer(other) for other in others]


def _offer(other: Filing) -> Offer:
    items = tuple(sorted(one.item_version.name for one in other.items.all()))
    return Offer(other.agency, other.planned_start, other.planned_end, items)
