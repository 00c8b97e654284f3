"""The points of a checklist: from a cell to what a version of an item holds, and back."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from agencies.imports import checking
from agencies.imports.faults import Unfit

LONGEST = 200
MOST = 100
_clause = checking.text(LONGEST)
_several = checking.listed(_clause)


def points(value: str) -> list[str]:
    """The clauses of a cell, parted by semicolons.  Raises Unfit, naming the point."""
    parts = [part.strip() for part in re.split("[;；]", value)]
    if len(parts) > MOST:
        raise Unfit(
            "too_many",
            _("has %(count)d points, at most %(most)d are possible")
            % {"count": len(parts), "most": MOST},
            _("Put several points into one."),
        )
    for number, part in enumerate(parts, start=1):
        _refuse_unfit(number, part)
    return _several(value)


def _refuse_unfit(number: int, part: str) -> None:
    if not part:
        raise Unfit(
            "empty_point",
            _("has no words in point %(number)d") % {"number": number},
            _("Write the point, or delete its semicolon."),
        )
    try:
        _clause(part)
    except Unfit as fault:
        told = {"number": number, "point": part[:20], "rule": fault.rule}
        rule = _("does not fit: point %(number)d “%(point)s…” %(rule)s") % told
        raise Unfit(fault.code, rule, fault.mend) from fault


def clauses(checklist: Iterable[Any]) -> list[str]:
    """The clauses of a stored checklist, as a cell names them."""
    return [str(one["clause"]) for one in checklist if isinstance(one, dict) and one.get("clause")]


def followed(said: Iterable[str], before: list[Any]) -> list[Any]:
    """The checklist of a new version: that of the one `before`, unless the cell says another.

    A clause that stays word for word keeps its standard, method and severity.
    """
    held = {clause: one for one in before for clause in clauses([one])}
    return [held.get(one, {"clause": one}) for one in said] or before
