"""Ending what is in force: a division, an agency, an item, a claim."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import closing, journal
from agencies.authority import By, keeper, registrar
from agencies.models import Agency, Claim, Entrustment, InspectionItem, ItemVersion, Region
from agencies.refusals import RegisterRefused


@transaction.atomic
def end_region(region: Region, *, on: date, by: By, at: datetime, reason: str) -> Region:
    """The division is gone from the day `on`.  Raises RegisterRefused while anything stands in it.

    Raises NotAuthorised.
    """
    actor = registrar(by, region.parent or region)
    held = _locked(region)
    _require_ended(Region.objects.filter(parent=held), on)
    _require_ended(Agency.objects.filter(region=held), on)
    return _end(held, on, journal.SYSTEM, by=actor, at=at, reason=reason)


@transaction.atomic
def dissolve(
    agency: Agency, *, on: date, by: By, at: datetime, reason: str, successor: Agency | None = None
) -> Agency:
    """The agency is gone from the day `on`, with its claims, officers and offices.

    `successor` took its business over.

    Raises RegisterRefused while another agency answers to it, and NotAuthorised.
    """
    actor = registrar(by, agency.region)
    held = _locked(agency)
    _require_ended(Agency.objects.filter(Q(parent=held) | Q(principal=held)), on)
    if successor is not None:
        _require_successor(held, successor, on)
        held.successor = successor
    for claim in Claim.objects.select_for_update().filter(agency=held, valid_from__lt=on):
        if claim.valid_to is None or claim.valid_to > on:
            _end(claim, on, held.code, by=actor, at=at, reason=reason)
    ended = _end(held, on, journal.SYSTEM, by=actor, at=at, reason=reason)
    closing.close(ended, on=on, by=actor, at=at, reason=reason)
    return ended


@transaction.atomic
def abolish(item: InspectionItem, *, on: date, by: By, at: datetime, reason: str) -> InspectionItem:
    """The item may not be inspected from the day `on` (R-ITM-3).

    Raises RegisterRefused when no version is in force, and NotAuthorised.
    """
    actor = registrar(by, None)
    current = ItemVersion.objects.select_for_update().filter(item=item, valid_to=None).first()
    if current is None:
        raise RegisterRefused.at("on", "ended", _("The item has no version in force."))
    _end(current, on, journal.SYSTEM, by=actor, at=at, reason=reason)
    return item


@transaction.atomic
def release(claim: Claim, *, on: date, by: By, at: datetime, reason: str) -> Claim:
    """The agency uses the item no more from the day `on`.

    Raises RegisterRefused, NotAuthorised.
    """
    actor = keeper(by, claim.agency)
    return _end(_locked(claim), on, claim.agency.code, by=actor, at=at, reason=reason)


@transaction.atomic
def end_kept(row: Any, *, on: date, by: By, at: datetime, reason: str) -> Any:
    """What an agency keeps for itself is over from the day `on`: a plan, a letter.

    Raises RegisterRefused, NotAuthorised.
    """
    actor = keeper(by, row.agency)
    return _end(_locked(row), on, row.agency.code, by=actor, at=at, reason=reason)


@transaction.atomic
def end_ruled(row: Any, *, on: date, by: By, at: datetime, reason: str) -> Any:
    """What a region keeps for its agencies is over from the day `on`: a limit, a level, a letter.

    Raises RegisterRefused, NotAuthorised.
    """
    region = row.agency.region if isinstance(row, Entrustment) else row.region
    actor = registrar(by, region)
    return _end(_locked(row), on, journal.SYSTEM, by=actor, at=at, reason=reason)


def _locked(row: Any) -> Any:
    return type(row).objects.select_for_update().get(pk=row.pk)


def _end(row: Any, on: date, chain: str, **told: Any) -> Any:
    if row.valid_to is not None and row.valid_to <= on:
        raise RegisterRefused.at(
            "on", "ended", _("It has ended on %(day)s already.") % {"day": row.valid_to}
        )
    if on <= row.valid_from:
        raise RegisterRefused.at(
            "on",
            "period",
            _("It begins on %(day)s and cannot end before. Choose a later day.")
            % {"day": row.valid_from},
        )
    row.valid_to = on
    row.save()
    journal.append(chain, "end", row, on=str(on), name=str(row), **told)
    return row


def _require_ended(rows: models.QuerySet[Any], on: date) -> None:
    still = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).order_by("code").first()
    if still is not None:
        raise RegisterRefused.at(
            "on",
            "still_in_use",
            _("%(name)s (%(code)s) still stands under it. End or move that first.")
            % {"name": still.name, "code": still.code},
        )


def _require_successor(agency: Agency, successor: Agency, on: date) -> None:
    if successor.pk == agency.pk:
        raise RegisterRefused.at("successor", "itself", _("No agency succeeds itself."))
    if not Agency.objects.in_force(on).filter(pk=successor.pk).exists():
        raise RegisterRefused.at(
            "successor",
            "not_in_force",
            _("%(name)s does not exist on %(day)s.") % {"name": successor, "day": on},
        )
