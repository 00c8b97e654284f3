"""From tallies and registers to the figures as they are published, and whether they add up."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agencies.models import Region
from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS, VERSION, Table
from reports.opinions import Opinions
from reports.parting import rows_by_code
from reports.periods import Period
from reports.registers import Registers, Row
from reports.tallies import Tally

Cells = list[dict[str, Any]]


class Unbalanced(RuntimeError):
    """Two ways of adding up the same filings disagree; nothing is published."""

    code = "unbalanced"


def figures_of(
    tally: Tally,
    registers: Registers,
    said: Opinions,
    period: Period,
    region: Region,
    apart: dict[str, int],
) -> dict[str, Any]:
    """The figures, from tallies, registers and ratings alone.

    `apart` has what no filing tells: idle officers, drawn subjects without a filing, filings read.
    """
    rows_of = rows_by_code(registers, period, sorted(tally.cells["alerts"]["count"]))
    tables = {
        table.name: _rows(table, tally, registers, rows_of) if table.dimension else said.rows()
        for table in TABLES
    }
    numbers: dict[str, int | None] = {
        **registers.totals,
        **apart,
        **tally.numbers,
        **_idle(tables),
        **said.numbers(),
    }

    def number(name: str) -> int | None:
        return numbers[name]

    totals: dict[str, Any] = {
        one.name: number(one.measure or one.name) for one in TOTALS if one.name != "mean_rating"
    }
    return {
        "year": period.first.year,
        "period": {"key": period.key, "first": str(period.first), "last": str(period.last)},
        "region": {"code": region.code, "name": region.name, "kind": region.kind},
        "definitions": VERSION,
        "totals": totals | {"mean_rating": said.mean()},
        "tables": tables,
        "indicators": [
            _quotient(one.name, number(one.numerator), number(one.denominator), one.percent)
            for one in INDICATORS
        ],
        "missing": [
            {"code": one.name, "count": number(one.measure or one.name)} for one in MISSING
        ],
        "checks": _checks(tables, totals, apart["read"]),
    }


def _idle(tables: dict[str, Cells]) -> dict[str, int]:
    """Who had the power and did nothing."""
    return {
        "agencies_idle": sum(1 for row in tables["by_agency"] if row["count"] == 0),
        "items_unused": sum(1 for row in tables["by_item"] if row["count"] == 0 and "name" in row),
    }


def _rows(table: Table, tally: Tally, registers: Registers, rows_of: dict[str, list[Row]]) -> Cells:
    columns = _registered(table, registers) if table.registered else tally.cells[table.name]
    cells = []
    for row in rows_of[table.dimension]:
        counts = {column.name: columns[column.name].get(row.code, 0) for column in table.columns}
        if row.shown or any(counts.values()):
            told = _told(row, counts)
            cells.append(_named(row) | told | _ratios(table, told))
    return sorted(cells, key=lambda cell: cell["code"]) if table.dimension == "agency" else cells


def _registered(table: Table, registers: Registers) -> dict[str, dict[str, int]]:
    return {
        column.name: {
            registers.agencies[pk].code: n for pk, n in registers.held[column.measure].items()
        }
        for column in table.columns
    }


def _named(row: Row) -> dict[str, Any]:
    return {"code": row.code, "name": row.name} if row.name else {"code": row.code}


def _told(row: Row, counts: dict[str, int]) -> dict[str, Any]:
    """Zero is a number; no power is none (R-STA-3)."""
    if row.power or any(counts.values()):
        return counts
    return dict.fromkeys(counts, None)


def _ratios(table: Table, told: dict[str, int | None]) -> dict[str, str | None]:
    return {one.name: quotient(told[one.over], told[one.under]) for one in table.ratios}


def _quotient(name: str, over: int | None, under: int | None, percent: bool) -> dict[str, Any]:
    value = quotient(over, under, percent=percent)
    return {"code": name, "numerator": over, "denominator": under, "value": value}


def quotient(over: int | None, under: int | None, *, percent: bool = True) -> str | None:
    """One number by another, half up to two places, as text; None where there is nothing."""
    if not under or over is None:
        return None
    exact = Decimal(over * (100 if percent else 1)) / under
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _checks(tables: dict[str, Cells], totals: dict[str, Any], read: int) -> Cells:
    """Sums that must agree: of agencies, of items, of months … with the count of filings."""
    sums = [
        (table.name, _sum(tables[table.name], "count"), totals["filings"])
        for table in TABLES
        if table.parts
    ]
    sums += [
        ("by_item.once", _sum(tables["by_item"], "once"), totals["filings"]),
        ("by_item.statutory", _sum(tables["by_item"], "statutory"), totals["statutory"]),
        ("by_agency.statutory", _sum(tables["by_agency"], "statutory"), totals["statutory"]),
        ("reconciliation", _sum(tables["reconciliation"], "count"), read),
        ("certificates.officers", _sum(tables["certificates"], "officers"), totals["officers"]),
    ]
    return [{"code": name, "sum": found, "total": total} for name, found, total in sums]


def _sum(rows: Cells, column: str) -> int:
    return sum(row[column] or 0 for row in rows)


def balance(figures: dict[str, Any], stated: int) -> None:
    """Refuse figures whose sums disagree, with each other or with the database's own count."""
    figures["checks"].append(
        {"code": "database", "sum": figures["totals"]["filings"], "total": stated}
    )
    for check in figures["checks"]:
        if check["sum"] != check["total"]:
            raise Unbalanced(f"{check['code']}: {check['sum']} is not {check['total']}")
