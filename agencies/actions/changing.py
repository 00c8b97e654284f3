"""Changing what a register says; what it said before stands in the book."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies import journal, uscc
from agencies.authority import By, keeper, registrar
from agencies.models import Agency, CalendarDay, Entrustment
from agencies.refusals import RegisterRefused


@transaction.atomic
def change(agency: Agency, said: Mapping[str, Any], *, by: By, at: datetime, reason: str) -> Agency:
    """The agency as `said` gives it anew; its code, kind and region stay.

    Raises RegisterRefused and NotAuthorised.
    """
    actor = registrar(by, agency.region)
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    _require_lawful(held, said)
    facts = rewrite(held, said)
    journal.append(journal.SYSTEM, "change", held, by=actor, at=at, reason=reason, **facts)
    return held


@transaction.atomic
def change_kept(row: Any, said: Mapping[str, Any], *, by: By, at: datetime, reason: str) -> Any:
    """What an agency keeps for itself as `said` gives it anew: a plan, a letter of assistance.

    Its period stays.  Raises RegisterRefused and NotAuthorised.
    """
    actor = keeper(by, row.agency)
    held = type(row).objects.select_for_update().get(pk=row.pk)
    facts = rewrite(held, said)
    journal.append(held.agency.code, "change", held, by=actor, at=at, reason=reason, **facts)
    return held


@transaction.atomic
def change_letter(
    row: Entrustment, said: Mapping[str, Any], *, by: By, at: datetime, reason: str
) -> Entrustment:
    """The letter of entrustment as `said` gives it anew: published, under another number.

    Raises RegisterRefused and NotAuthorised.
    """
    actor = registrar(by, row.agency.region)
    held = Entrustment.objects.select_for_update().get(pk=row.pk)
    facts = rewrite(held, said)
    journal.append(journal.SYSTEM, "change", held, by=actor, at=at, reason=reason, **facts)
    return held


@transaction.atomic
def rearrange(
    row: CalendarDay, said: Mapping[str, Any], *, by: By, at: datetime, reason: str
) -> CalendarDay:
    """The day as `said` gives it anew: worked or not, by which notice.

    Whoever keeps the whole catalogue keeps the calendar.  Raises RegisterRefused and NotAuthorised.
    """
    actor = registrar(by, None)
    held = CalendarDay.objects.select_for_update().get(pk=row.pk)
    facts = rewrite(held, said)
    journal.append(journal.SYSTEM, "change", held, by=actor, at=at, reason=reason, **facts)
    return held


def rewrite(row: models.Model, said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Save the row as `said` gives it; what it said before and says now, for the book.

    Raises RegisterRefused for what the row cannot be, and when it says so already.
    """
    before = {name: _plain(getattr(row, name)) for name in said}
    after = {name: _plain(value) for name, value in said.items()}
    if before == after:
        raise RegisterRefused.at("", "unchanged", _("The register says this already."))
    for name, value in said.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise RegisterRefused.of(error) from error
    row.save()
    return {"before": before, "after": after}


def _require_lawful(agency: Agency, said: Mapping[str, Any]) -> None:
    if said.get("uscc") and uscc.fault(said["uscc"]):
        raise RegisterRefused.at("uscc", "uscc", _("This is no credit code of GB 32100."))
    above = said.get("parent")
    while above is not None:
        if above.pk == agency.pk:
            raise RegisterRefused.at("parent", "circle", _("An agency cannot stand under itself."))
        above = above.parent


def _plain(value: Any) -> str:
    if isinstance(value, models.Model):
        return getattr(value, "code", str(value.pk))
    return value.isoformat() if isinstance(value, date) else str(value or "")
