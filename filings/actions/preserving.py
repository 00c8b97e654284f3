"""How evidence is registered in advance, and what is decided on it (domain D3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from filings.actions.moving import move, require, require_clean, stamp
from filings.models import Filing, Preservation
from filings.rules import Problem
from filings.workflow import Verb
from officers.authority import Authority


@transaction.atomic
def preserve(filing: Filing, *, things: str, kept_at: str, by: Authority, at: datetime) -> Filing:
    """Evidence that might be lost registered where it is; the clock of its decision starts."""
    require(Verb.PRESERVE, filing, by)
    require_clean(
        _blank("things", things, _("Say what is registered, piece by piece."))
        + _blank("kept_at", kept_at, _("Say where it is kept."))
    )
    made = Preservation.objects.create(
        filing=filing,
        things=things.strip(),
        kept_at=kept_at.strip(),
        registered_at=at,
        registered_by=by.account,
    )
    facts = {"preservation": made.pk, "things": made.things, "kept_at": made.kept_at}
    return move(filing, Verb.PRESERVE, by=by, at=at, facts=facts)


@transaction.atomic
def decide_evidence(
    filing: Filing, held: Preservation, *, decision: str, by: Authority, at: datetime
) -> Filing:
    """What becomes of evidence registered in advance decided on; its clock ends."""
    require(Verb.DECIDE_EVIDENCE, filing, by)
    require_clean(
        _blank("decision", decision, _("Say what becomes of the evidence."))
        + _not_waiting(filing, held)
    )
    stamp(
        held,
        decision=decision.strip(),
        decided_at=max(at, held.registered_at),
        decided_by=by.account,
    )
    facts = {"preservation": held.pk, "decision": held.decision}
    return move(filing, Verb.DECIDE_EVIDENCE, by=by, at=at, facts=facts)


def _not_waiting(filing: Filing, held: Preservation) -> list[Problem]:
    if held.filing_id == filing.pk and held.decided_at is None:
        return []
    message = _("This evidence belongs to another filing or has been decided on already.")
    return [Problem("held", "evidence_not_waiting", "D3", message)]


def _blank(pointer: str, value: str, message: str) -> list[Problem]:
    return [] if value.strip() else [Problem(pointer, f"{pointer}_missing", "D3", message)]
