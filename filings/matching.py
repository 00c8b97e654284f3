"""With whom a visit could be made together: what others plan at the same door (R-DUP-4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from agencies import walls
from agencies.models import Agency, ItemVersion
from filings.workflow import PLANNED

EVER = datetime(1, 1, 1, tzinfo=UTC)


class Standing(models.TextChoices):
    """How an offer stands, as one side sees it."""

    OPEN = "open", _("Not answered yet")
    ASKED = "asked", _("We asked; the other side has not answered")
    ASKS = "asks", _("The other side asks us to come along")
    DECLINED = "declined", _("We declined")
    REFUSED = "refused", _("The other side declined")
    TOGETHER = "together", _("Made as one visit")


class Kind(models.TextChoices):
    """Whether two agencies would go jointly, or one agency would go once instead of twice."""

    JOINT = "joint", _("Joint visit of several agencies")
    MERGE = "merge", _("One visit instead of two of the agency")


JOINABLE = (Standing.OPEN, Standing.ASKS, Standing.DECLINED)
MERGEABLE = tuple(one for one in Standing if one != Standing.TOGETHER)
DECLINABLE = (Standing.OPEN, Standing.ASKS, Standing.ASKED)
UNANSWERED = (Standing.OPEN, Standing.ASKS)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one side may know of the other's plan: who, when and which items, nothing else.

    `key` names the offer in an answer; it tells nothing of the other filing.  `since` is when both
    plans had been submitted.
    """

    key: str
    kind: Kind
    agency: Agency
    planned_start: datetime
    planned_end: datetime
    items: tuple[str, ...]
    standing: Standing
    since: datetime

    def __str__(self) -> str:
        return f"{self.agency.name} · {', '.join(self.items)}"


@dataclass(frozen=True, slots=True)
class Match:
    """Two planned filings that could share a visit, seen from the side of `mine`."""

    mine: Any
    other: Any

    @property
    def key(self) -> str:
        return salted_hmac("filings.joint", f"{self.mine.pk} {self.other.pk}").hexdigest()[:16]

    @property
    def kind(self) -> Kind:
        return Kind.MERGE if self.mine.agency_id == self.other.agency_id else Kind.JOINT

    @property
    def standing(self) -> Standing:
        if _share(self.mine, self.other):
            return Standing.TOGETHER
        said, heard = _answer(self.mine, self.other), _answer(self.other, self.mine)
        if said is False:
            return Standing.DECLINED
        if heard is False:
            return Standing.REFUSED
        if said:
            return Standing.ASKED
        return Standing.ASKS if heard else Standing.OPEN

    @property
    def since(self) -> datetime:
        """When both plans had been submitted."""
        return max(_filed(self.mine), _filed(self.other))

    def offer(self) -> Offer:
        """What `mine` may know of it."""
        other = self.other
        return Offer(
            key=self.key,
            kind=self.kind,
            agency=other.agency,
            planned_start=other.planned_start,
            planned_end=other.planned_end,
            items=tuple(sorted(one.item_version.name for one in other.items.all())),
            standing=self.standing,
            since=self.since,
        )


@walls.opened()
def offers(filing: Any, now: datetime) -> list[Offer]:
    """With whom `filing` could share its visit or does, the next first.

    Only a planned filing whose window has not passed is offered anything, and it is offered only
    such filings.  What an agency keeps unannounced stays its own until it asks; a window that
    begins as the other ends does not overlap.  Load `with_planned` and nothing is asked of the
    database.
    """
    return [one.offer() for one in matches(filing, now)]


@walls.opened()
def matches(filing: Any, now: datetime) -> list[Match]:
    """The pairs behind the `offers` of `filing`."""
    if filing.status not in PLANNED or filing.planned_end <= now:
        return []
    planned = known(filing)
    mine = next((one for one in planned if one.pk == filing.pk), None)
    if mine is None:
        return []
    return [
        Match(mine, other)
        for other in planned
        if other is not mine and other.planned_end > now and _fit(mine, other, planned)
    ]


def load_planned(filing: Any) -> Any:
    """The filing with what is planned at its subject, read once for all that is asked of it."""
    if filing.status in PLANNED:
        filing.subject.planned = known(filing)
    return filing


@walls.opened()
def known(filing: Any) -> list[Any]:
    """What is planned at the subject of `filing`: as loaded with it, or read now."""
    subject = filing.subject
    if hasattr(subject, "planned"):
        return list(subject.planned)
    planned = type(filing).objects.planned().filter(subject=filing.subject_id)
    found = list(planned.prefetch_related(None))
    if len(found) > 1:
        prefetch_related_objects(found, "joint_answers", "items__item_version")
    return found


def _fit(mine: Any, other: Any, planned: list[Any]) -> bool:
    if _share(mine, other):
        return True
    if any(one.visit is not None and one.visit.arrived_at for one in (mine, other)):
        return False
    if mine.visit_id and other.visit_id:
        return False
    group = [one for one in planned if one in (mine, other) or _in_a_visit_of(one, mine, other)]
    starts, ends = [one.planned_start for one in group], [one.planned_end for one in group]
    return max(starts) < min(ends) and _willing(mine, other) and _agreed(mine, other, group)


def _agreed(mine: Any, other: Any, group: list[Any]) -> bool:
    """Whether nobody who would come along has declined another; these two may still change."""
    pairs = (pair for pair in permutations(group, 2) if set(pair) != {mine, other})
    return all(_answer(*pair) is not False for pair in pairs)


def _willing(mine: Any, other: Any) -> bool:
    if any(one.method != ItemVersion.Method.ON_SITE for one in (mine, other)):
        return False
    if mine.agency_id == other.agency_id:
        return True
    told = not other.unannounced or _answer(other, mine) is not None
    return told and not (mine.joint_barred or other.joint_barred)


def _in_a_visit_of(one: Any, *others: Any) -> bool:
    return one.visit_id is not None and any(one.visit_id == other.visit_id for other in others)


def _share(mine: Any, other: Any) -> bool:
    return mine.visit_id is not None and mine.visit_id == other.visit_id


def _answer(filing: Any, other: Any) -> bool | None:
    """Whether `filing` said that it goes together with `other`; None while nothing is said."""
    said = (one for one in filing.joint_answers.all() if one.other_id == other.pk)
    return next((one.joins for one in said), None)


def _filed(filing: Any) -> datetime:
    return filing.submitted_at or filing.dated_at


def named(found: Iterable[Match], key: str) -> Match | None:
    """The match whose offer has the key."""
    return next((one for one in found if one.key == key), None)
