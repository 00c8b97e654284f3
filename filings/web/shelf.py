"""What one register shows in its list and on the page of one row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.filters import StrictFilterSet
from agencies.imports.kind import Kind
from officers.roles import Permission

Columns = tuple[tuple[Promise, Callable[[Any], Any]], ...]
Rows = Callable[[Any], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Change:
    """How a row is changed in place: by which verb, in which of its fields."""

    act: Callable[..., Any]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One register: what is asked of it, what its list and its pages show, who keeps it.

    `columns` begin with what a row is called; `more` are tables on the page of one row.  What is
    not changed in place but followed by a new row tells by `succession` what that one begins with.
    """

    label: Promise
    told: Promise
    model: Any
    filterset: type[StrictFilterSet]
    kind: type[Kind]
    keeps: Permission
    order: tuple[str, ...]
    joined: tuple[str, ...]
    columns: Columns
    facts: Columns = ()
    more: tuple[tuple[Promise, tuple[Promise, ...], Rows], ...] = ()
    end: Callable[..., Any] | None = None
    change: Change | None = None
    succession: Callable[[Any], dict[str, Any]] | None = None


HAPPENED = {
    "register": _("entered"),
    "import": _("brought from a file"),
    "succeed": _("succeeded the one before"),
    "change": _("changed"),
    "end": _("ended"),
    "leave": _("left the service"),
    "set_photo": _("given a photo"),
    "set_contact": _("given a contact"),
    "read_contact": _("contact read"),
    "set_particulars": _("given its numbers"),
    "read_particulars": _("numbers read in full"),
    "find_by_number": _("found by a number"),
}


def happened(verb: str) -> str:
    """What an event of a register tells, in words; the verb itself where none are known."""
    return str(HAPPENED.get(verb, verb))


def period(one: Any) -> str:
    """From when to when the row holds."""
    return span(one.valid_from, one.valid_to)


def span(start: date, end: date | None) -> str:
    """From when to when."""
    return f"{start:%Y-%m-%d} – {end or ''}".strip()
