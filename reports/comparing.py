"""How do two compiles differ, figure by figure?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.definitions import INDICATORS, TABLE, TOTALS
from reports.labels import label_of

COMPARED = ("by_month", "by_region", "by_agency", "by_item", "by_type", "by_trigger", "by_outcome")
MOST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands in a compile: its table, its row and its column."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in both compiles; None where a compile does not have it."""

    place: Place
    label: str
    before: int | Decimal | None
    after: int | Decimal | None

    @property
    def change(self) -> int | Decimal | None:
        """How much more there is after; None where neither compile has the figure.

        What one of them does not have counts as nothing.
        """
        if self.before is None and self.after is None:
            return None
        return (self.after or 0) - (self.before or 0)


def totals(before: dict, after: dict) -> list[Difference]:
    """The numbers of the sentence and those beside it, whether or not they differ."""
    return [
        Difference(
            Place("totals", one.name, "count"),
            str(one.label),
            _number(before["totals"].get(one.name)),
            _number(after["totals"].get(one.name)),
        )
        for one in TOTALS
        if one.name in before["totals"] or one.name in after["totals"]
    ]


def indicators(before: dict, after: dict) -> list[Difference]:
    """The indicators that both compiles know, in percent or as they are."""
    earlier, later = (_values(one["indicators"]) for one in (before, after))
    return [
        Difference(
            Place("indicators", one.name, "numerator"),
            str(one.label),
            earlier.get(one.name),
            later.get(one.name),
        )
        for one in INDICATORS
        if one.name in earlier or one.name in later
    ]


def table(name: str, before: dict, after: dict) -> tuple[list[Difference], int]:
    """The rows of one table that differ most in their first column, and how many differ at all.

    Months keep their order; all else begins with the greatest difference.
    """
    column = TABLE[name].columns[0].name
    earlier, later = (_rows(one["tables"].get(name, ())) for one in (before, after))
    found = [
        Difference(
            Place(name, code, column),
            label_of(name, later.get(code) or earlier[code]),
            earlier.get(code, {}).get(column),
            later.get(code, {}).get(column),
        )
        for code in sorted(earlier.keys() | later.keys())
    ]
    if name == "by_month":
        return found, sum(1 for one in found if one.change)
    differing = [one for one in found if one.change]
    differing.sort(key=lambda one: (-abs(one.change or 0), one.place.row))
    return differing[:MOST], len(differing)


def _rows(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows}


def _values(rows: Iterable[dict[str, Any]]) -> dict[str, Decimal | None]:
    return {row["code"]: _number(row["value"]) for row in rows}


def _number(kept: int | str | None) -> int | Decimal | None:
    """A figure as it counts: a compile keeps what is not whole as text."""
    return Decimal(kept) if isinstance(kept, str) else kept
