"""What a correction changed, as a person reads it: the field, before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from filings.models import Correction, Finding, Result


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction: when, why, and each field that it changed with both its values."""

    at: datetime
    reason: str
    changes: list[tuple[str, str, str]]


def corrections_of(result: Result) -> list[Corrected]:
    """Every correction of `result`, the first one first."""
    return [
        Corrected(one.corrected_at, one.reason, _changes(one))
        for one in result.corrections.order_by("corrected_at", "pk")
    ]


def _changes(one: Correction) -> list[tuple[str, str, str]]:
    return [
        (_label(name), _shown(name, one.before.get(name)), _shown(name, value))
        for name, value in one.after.items()
        if one.before.get(name) != value
    ]


def _label(name: str) -> str:
    if name == "findings":
        return _("Findings")
    return str(Result._meta.get_field(name).verbose_name)


def _shown(name: str, value: Any) -> str:
    if name == "findings":
        severity = dict(Finding.Severity.choices)
        told = (f"{one['text']} ({severity.get(one['severity'], '')})" for one in value or ())
        return "; ".join(told) or "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(Result._meta.get_field(name).choices or ())
    return str(choices.get(value, value or "—"))
