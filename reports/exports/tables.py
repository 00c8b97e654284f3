"""The figures of a compile as tables for people, and as CSV and JSON, all of them inert.

A dash stands where there is no such power, or too few ratings to be told; 0 is a number.  Text
that a spreadsheet would take for a formula is written as text: marked by an apostrophe in CSV, as a
string cell in XLSX.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reports import defined, sentence
from reports.definitions import Table
from reports.exports.official import official_rows
from reports.labels import label_of
from reports.models import Compilation

NO_POWER = "—"
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cells = list[Any]


def sheets(compilation: Compilation) -> Iterator[tuple[str, list[Cells]]]:
    """Every table under its name: a row of headings, then the rows."""
    figures = compilation.found()
    totals = [
        [one.label, _shown(figures["totals"][one.name]), one.definition]
        for one in defined.totals(figures)
    ]
    yield (
        "totals",
        [
            [_("Region"), f"{figures['region']['code']} {figures['region']['name']}"],
            [_("Period"), figures["period"]["key"]],
            [_("Digest"), compilation.digest],
            [sentence.chinese(figures)],
            [sentence.english(figures)],
            [_("Figure"), _("Value"), _("Definition")],
            *totals,
        ],
    )
    yield "official", official_rows(figures)
    yield "indicators", _indicators(figures)
    heading = [_("Figure"), _("Value"), _("Definition")]
    missing = defined.missing(figures).items()
    yield "missing", [heading, *([one.label, n, one.definition] for one, n in missing)]
    for table in defined.tables(figures):
        yield table.name, [_heads(table), *_lines(table, figures["tables"][table.name])]


def _heads(table: Table) -> Cells:
    ratios = [f"{one.label} (%)" for one in table.ratios]
    return [_("Code"), table.label, *(one.label for one in table.columns), *ratios]


def _lines(table: Table, rows: list[dict[str, Any]]) -> Iterator[Cells]:
    """A line for each row, and the sums below."""
    names = [one.name for one in table.heads]
    for row in rows:
        label = row.get("name") or label_of(table.name, row)
        yield [row["code"], label, *(_shown(row[name]) for name in names)]
    if rows:
        foot = defined.sums(table, rows)
        yield ["", _("Total"), *(_shown(foot[name]) for name in names)]


def _indicators(figures: dict[str, Any]) -> list[Cells]:
    return [
        [_("Indicator"), _("Value"), _("Numerator"), _("Denominator"), _("Definition")],
        *(
            [
                one.label,
                _shown(row["value"]),
                _shown(row["numerator"]),
                _shown(row["denominator"]),
                one.definition,
            ]
            for one, row in defined.indicators(figures).items()
        ),
    ]


def as_csv(compilation: Compilation) -> bytes:
    """All tables below one another, as spreadsheets in China read them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for name, rows in sheets(compilation):
        writer.writerow([name])
        writer.writerows([[inert(cell) for cell in row] for row in rows])
        writer.writerow([])
    return out.getvalue().encode("utf-8-sig")


def as_json(compilation: Compilation) -> bytes:
    """The canonical text of the figures, whose SHA-256 is the digest."""
    return compilation.figures.encode()


def inert(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet would run."""
    if isinstance(cell, int):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(LIVE) else text


def _shown(value: Any) -> Any:
    """A count, a share or mean as a decimal number, or the dash."""
    if value is None:
        return NO_POWER
    return value if isinstance(value, int) else Decimal(value)
