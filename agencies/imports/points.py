"""The points of a checklist: from a cell to what a version of an item holds, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from agencies.imports import checking
from agencies.imports.checking import Parser
from agencies.imports.faults import Unfit
from agencies.imports.faults import said as _
from agencies.models import ItemVersion

LONGEST = 200
MOST = 100
PARTS: dict[str, Parser] = {
    "clause": checking.text(LONGEST),
    "standard": checking.text(LONGEST),
    "method": checking.choice(ItemVersion.Method),
    "severity": checking.choice(ItemVersion.Severity),
}


class Point(NamedTuple):
    """What is gone through, by which standard, how, and how grave it is if it is wrong (E4)."""

    clause: str
    standard: str = ""
    method: str = ""
    severity: str = ""

    def told(self) -> dict[str, str]:
        """What is said of the point, and no more."""
        return {name: value for name, value in self._asdict().items() if value}

    def agrees(self, stored: Point) -> bool:
        """Whether it is the stored point; what it leaves open says nothing against that."""
        return all(getattr(stored, name) == value for name, value in self.told().items())


def points(value: str) -> list[Point]:
    """The points of a cell, parted by semicolons or lines.  Raises Unfit, naming the point."""
    cells = re.split("[;；]", re.sub(r"[;；]?\s*\n\s*", ";", value.strip()))
    if len(cells) > MOST:
        raise Unfit(
            "too_many",
            _("has %(count)d points, at most %(most)d are possible")
            % {"count": len(cells), "most": MOST},
            _("Put several points into one."),
        )
    found = [_point(number, cell.strip()) for number, cell in enumerate(cells, start=1)]
    if len({one.clause for one in found}) < len(found):
        raise Unfit("repeated", _("names something twice"), _("Name each thing once."))
    return found


def _point(number: int, cell: str) -> Point:
    said = [part.strip() for part in re.split("[|｜]", cell)]
    if not said[0]:
        raise Unfit(
            "empty_point",
            _("has no words in point %(number)d") % {"number": number},
            _("Write the point, or delete its semicolon."),
        )
    if len(said) > len(PARTS):
        raise Unfit(
            "too_many_parts",
            _("has %(count)d parts in point %(number)d, at most %(most)d are possible")
            % {"count": len(said), "number": number, "most": len(PARTS)},
            _("Write: point | standard | method | severity."),
        )
    return Point(*_fit(number, cell, said))


def _fit(number: int, cell: str, said: list[str]) -> Iterator[str]:
    for parse, part in zip(PARTS.values(), said, strict=False):
        try:
            yield str(parse(part)) if part else ""
        except Unfit as fault:
            told = {"number": number, "point": cell[:20], "rule": fault.rule}
            rule = _("does not fit: point %(number)d “%(point)s…” %(rule)s") % told
            raise Unfit(fault.code, rule, fault.mend) from fault


def stored_points(checklist: Iterable[Any]) -> list[Point]:
    """The points of a stored checklist."""
    return [
        Point(*(str(one.get(name, "")) for name in PARTS))
        for one in checklist
        if isinstance(one, dict) and one.get("clause")
    ]


def written(checklist: Iterable[Any]) -> list[str]:
    """The points of a stored checklist as a cell says them."""
    return ["|".join(one).rstrip("|") for one in stored_points(checklist)]


def agree(said: Sequence[Point], checklist: Iterable[Any]) -> bool:
    """Whether what a cell says of the points is what is stored; an empty cell says nothing."""
    stored = stored_points(checklist)
    return not said or (len(said) == len(stored) and all(map(Point.agrees, said, stored)))


def followed(said: Iterable[Point], before: list[Any]) -> list[Any]:
    """The checklist of a new version: that of the one `before`, unless the cell says another.

    A clause that stays word for word keeps what its cell leaves open.
    """
    known = {one.clause: one.told() for one in stored_points(before)}
    return [known.get(one.clause, {}) | one.told() for one in said] or before
