"""Which definitions do these figures follow?  A compile of an older version lacks the newer ones.

Whatever shows or writes figures asks here, so that a sealed year opens under every later version.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reports.definitions import (
    INDICATORS,
    MISSING,
    TABLE,
    TABLES,
    TOTALS,
    Column,
    Figure,
    Indicator,
    Ratio,
    Table,
)
from reports.figures import quotient

Figures = dict[str, Any]


def totals(figures: Figures) -> list[Figure]:
    """The totals that the figures have."""
    return [one for one in TOTALS if one.name in figures.get("totals", {})]


def missing(figures: Figures) -> dict[Figure, int | None]:
    """What is missing, with its count."""
    counts = {row["code"]: row["count"] for row in figures.get("missing", ())}
    return {one: counts[one.name] for one in MISSING if one.name in counts}


def indicators(figures: Figures) -> dict[Indicator, dict[str, Any]]:
    """The indicators with their rows."""
    rows = {row["code"]: row for row in figures.get("indicators", ())}
    return {one: rows[one.name] for one in INDICATORS if one.name in rows}


def tables(figures: Figures) -> list[Table]:
    """The tables, each with the columns that its rows have."""
    known = figures.get("tables", {})
    return [table(figures, one.name) for one in TABLES if one.name in known]


def table(figures: Figures, name: str) -> Table:
    """The table of this name as the figures have it.  Raises KeyError."""
    rows, found = figures["tables"][name], TABLE[name]

    def has(one: Column | Ratio) -> bool:
        return not rows or one.name in rows[0]

    return replace(
        found,
        columns=tuple(one for one in found.columns if has(one)),
        ratios=tuple(one for one in found.ratios if has(one)),
    )


def sums(table: Table, rows: Sequence[dict[str, Any]]) -> dict[str, int | str | None]:
    """The foot of the table: the sum of each column, and the ratios of these sums.

    None where no row has a number.
    """
    told = {
        one.name: [row[one.name] for row in rows if row[one.name] is not None]
        for one in table.columns
    }
    found = {name: sum(cells) if cells or not rows else None for name, cells in told.items()}
    return found | {one.name: quotient(found[one.over], found[one.under]) for one in table.ratios}
