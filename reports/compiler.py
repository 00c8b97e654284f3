"""From the records of one instant to the figures of one period (product 4).

Periods and months are half-open intervals of explicit instants, every row is ordered by its code
and no figure is a float: equal records give an equal digest on every database and in every time
zone.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from agencies.calendar import local_date
from agencies.journal import canonical
from agencies.models import Chain, Region
from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS, VERSION, Column, Table
from reports.facts import Facts, filings_of, gather
from reports.measures import Measures
from reports.opinions import Opinions, opinions
from reports.parting import Parting
from reports.periods import Period
from reports.registers import Registers, Row, consult, idle_officers, unfiled_draws

Told = Callable[[int, int], None]
Cells = list[dict[str, Any]]
FREQUENCY = ("visit_cap_reached", "visits_crowded")


class Unbalanced(RuntimeError):
    """Two ways of adding up the same filings disagree; nothing is published."""

    code = "unbalanced"


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one period and region, the facts behind them, and where the book stood."""

    figures: dict[str, Any]
    facts: Facts
    heads: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """How many filings were read."""
        return len(self.facts.filings)

    def text(self) -> str:
        """The one canonical JSON text of the figures."""
        return canonical(self.figures)

    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as of one instant, without writing.

    Inside a caller's transaction that transaction is taken as it stands.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL work_mem = '64MB'")
            yield
    else:
        with _reading_only(), transaction.atomic():
            yield


@contextmanager
def _reading_only() -> Iterator[None]:
    connection.ensure_connection()
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode


def compile_figures(period: Period, region: Region, told: Told = lambda done, total: None) -> Found:
    """Every figure of the period for the agencies of `region` and its divisions, recounted.

    Everything is read from one snapshot.  `told` hears how many of how many filings are read.
    Raises Unbalanced.
    """
    with snapshot():
        registers = consult(region, period)
        here = filings_of(region, period)
        total = here.count()
        told(0, total)
        said = opinions(region, period, local_date(timezone.now()))
        facts = gather(here, period, lambda count: told(count, total))
        counted = here.counted()
        apart = {
            "officers_idle": idle_officers(region, period, counted).count(),
            "drawn_unfiled": unfiled_draws(region, period, counted).count(),
        }
        stated = counted.count()
        heads = {c.key: [c.length, c.head] for c in Chain.objects.order_by("key")}
    told(total, total)
    figures = figures_of(facts, registers, said, period, region, apart)
    _balance(figures, stated)
    return Found(figures, facts, heads)


def figures_of(
    facts: Facts,
    registers: Registers,
    said: Opinions,
    period: Period,
    region: Region,
    apart: dict[str, int],
) -> dict[str, Any]:
    """The figures, from facts, registers and ratings alone."""
    measures = Measures(facts)
    parting = Parting(measures, registers, period)
    tables = {
        table.name: _rows(table, parting, measures) if table.dimension else said.rows()
        for table in TABLES
    }
    numbers: dict[str, int | None] = {
        **registers.totals,
        **apart,
        **_alerts(facts),
        **_idle(tables),
        **said.numbers(),
    }

    def number(name: str) -> int | None:
        return numbers[name] if name in numbers else int(measures.mask(name).sum())

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
        "checks": _checks(tables, totals, len(facts.filings)),
    }


def _alerts(facts: Facts) -> dict[str, int]:
    """How many alerts were raised and handled, and how many of them on too many visits."""
    places = [place for place, code in enumerate(facts.rules) if code in FREQUENCY]
    often = np.isin(facts.alerts["rule"], places)
    handled = facts.alerts["handled"] == 1
    return {
        "alerts_raised": len(facts.alerts),
        "alerts_handled": int(handled.sum()),
        "frequency_alerts_raised": int(often.sum()),
        "frequency_alerts_handled": int((often & handled).sum()),
    }


def _idle(tables: dict[str, Cells]) -> dict[str, int]:
    """Who had the power and did nothing."""
    return {
        "agencies_idle": sum(1 for row in tables["by_agency"] if row["count"] == 0),
        "items_unused": sum(1 for row in tables["by_item"] if row["count"] == 0 and "name" in row),
    }


def _rows(table: Table, parting: Parting, measures: Measures) -> Cells:
    rows = parting.rows_of[table.dimension]
    columns = {
        column.name: _counts(table, column, parting, measures, len(rows))
        for column in table.columns
    }
    cells = []
    for place, row in enumerate(rows):
        counts = {name: numbers[place] for name, numbers in columns.items()}
        if row.shown or any(counts.values()):
            cells.append(_named(row) | _told(row, counts))
    return sorted(cells, key=lambda cell: cell["code"]) if table.dimension == "agency" else cells


def _counts(
    table: Table, column: Column, parting: Parting, measures: Measures, rows: int
) -> list[int]:
    if table.registered:
        held = parting.registers.held[column.measure]
        return [held.get(agency, 0) for agency in parting.registers.agencies]
    return parting.along(table, column).counts(measures.mask(column.measure), rows)


def _named(row: Row) -> dict[str, Any]:
    return {"code": row.code, "name": row.name} if row.name else {"code": row.code}


def _told(row: Row, counts: dict[str, int]) -> dict[str, Any]:
    """Zero is a number; no power is none (R-STA-3)."""
    if row.power or any(counts.values()):
        return counts
    return dict.fromkeys(counts, None)


def _quotient(name: str, over: int | None, under: int | None, percent: bool) -> dict[str, Any]:
    value = None
    if under and over is not None:
        exact = Decimal(over * (100 if percent else 1)) / under
        value = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return {"code": name, "numerator": over, "denominator": under, "value": value}


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


def _balance(figures: dict[str, Any], stated: int) -> None:
    """Refuse figures whose sums disagree, with each other or with the database's own count."""
    figures["checks"].append(
        {"code": "database", "sum": figures["totals"]["filings"], "total": stated}
    )
    for check in figures["checks"]:
        if check["sum"] != check["total"]:
            raise Unbalanced(f"{check['code']}: {check['sum']} is not {check['total']}")
