"""How every verb changes a filing: judged, swapped by version, told in one event."""

from datetime import datetime
from typing import Any, Protocol

from django.db.models import F, Model
from django.utils.translation import gettext as _

from agencies import journal
from agencies.journal import Actor
from agencies.models import Agency
from filings.models import Filing
from filings.policy import StaleFiling, refusal
from filings.rules import DuplicateFiling, FilingIncomplete, Problem
from filings.workflow import STEPS, Verb
from officers.authority import Authority
from officers.roles import Permission


class Acting(Protocol):
    """Whoever acts: the authority of an account, or the register's own clock."""

    def actor(self, permission: Permission, agency: Agency | None = None) -> Actor:
        """The actor as the book records it, in the role that grants `permission`."""


class Clockwork:
    """The register itself, where a verb asks who acts: its clock, or what it matches."""

    def __init__(self, part: str = "clock") -> None:
        self.part = part

    def actor(self, permission: Permission, agency: Agency | None = None) -> Actor:
        """The register as the book records it."""
        return Actor(journal.SYSTEM, self.part)


def require(verb: Verb, filing: Filing, by: Authority, reason: str = "") -> None:
    """Raise why `verb` may not be done to `filing` by `by`, a missing reason included."""
    refused = refusal(verb, filing, by)
    if refused is not None:
        raise refused
    if STEPS[verb].reason_required and not reason.strip():
        require_clean([Problem("reason", "reason_missing", "R-APP-1", _("Give the reason."))])


def require_clean(found: list[Problem]) -> None:
    """Raise FilingIncomplete with every problem that stops the filing, if any does.

    It is a DuplicateFiling when another filing stands in the way.
    """
    stopping = [one for one in found if one.stops]
    if any(one.filing for one in stopping):
        raise DuplicateFiling(stopping)
    if stopping:
        raise FilingIncomplete(stopping)


def require_seen(filing: Filing, version: int) -> None:
    """Raise StaleFiling when the filing is no longer the `version` its reader saw."""
    if filing.version != version:
        raise StaleFiling(_("Somebody else has changed this filing since you opened it."))


def move(
    filing: Filing,
    verb: Verb,
    *,
    by: Acting,
    at: datetime,
    facts: dict[str, Any] | None = None,
    **stamps: Any,
) -> Filing:
    """Carry `verb` out: swap state and `stamps` on the version read, and write its event.

    Raises StaleFiling when somebody was faster.  Call inside the transaction of the whole verb.
    """
    step = STEPS[verb]
    before = filing.status
    if step.target is not None:
        stamps["status"] = step.target
    swapped = Filing.objects.filter(pk=filing.pk, version=filing.version).update(
        version=F("version") + 1, **stamps
    )
    if not swapped:
        raise StaleFiling(_("Somebody else has changed this filing since you opened it."))
    for name, value in stamps.items():
        setattr(filing, name, value)
    filing.version += 1
    journal.append(
        filing.agency.code,
        verb,
        filing,
        by=by.actor(step.needs, filing.agency),
        at=at,
        **{"from": before, "to": filing.status, "version": filing.version, **(facts or {})},
    )
    return filing


def stamp(row: Model, **values: Any) -> None:
    """Write `values` into one row beside the filing, inside the verb's transaction."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
