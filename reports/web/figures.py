"""How the figures of a compile are put before a reader."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from reports import behind, entries
from reports.definitions import INDICATORS, MISSING, TABLE, TABLES, TOTALS
from reports.labels import check_label, label_of
from reports.models import Compilation
from reports.web.charts import Bar, Cell, lengths, share

FIRST = 20
SENTENCE = ("agencies", "items", "officers", "filings")
RANKED = ("by_agency", "by_region", "by_item", "sheet")
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Shown:
    """One table: its definition, the rows to show, how many there are, and their sum."""

    name: str
    label: str
    definition: str
    unit: str
    columns: list[str]
    bars: list[Bar]
    rows: int
    totals: list[str] = field(default_factory=list)


def totals(compilation: Compilation, figures: dict, *, linked: bool) -> tuple[list, list]:
    """The four numbers of the sentence, and the others beside them."""
    rows = [
        _figure(compilation, "totals", one, figures["totals"][one.name], linked=linked)
        for one in TOTALS
    ]
    return (
        [row for row in rows if row["name"] in SENTENCE],
        [row for row in rows if row["name"] not in SENTENCE],
    )


def missing(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """What should be there and is not."""
    counts = {row["code"]: row["count"] for row in figures["missing"]}
    return [
        _figure(compilation, "missing", one, counts[one.name], linked=linked) for one in MISSING
    ]


def indicators(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """Each indicator with its numerator and denominator."""
    found = {row["code"]: row for row in figures["indicators"]}
    rows = []
    for one in INDICATORS:
        row = found[one.name]
        value = NOTHING if row["value"] is None else row["value"] + ("%" if one.percent else "")
        parts = {
            part: Cell(
                _written(row[part]),
                _link(compilation, "indicators", one.name, part, row[part]) if linked else None,
            )
            for part in ("numerator", "denominator")
        }
        rows.append(
            {"name": one.name, "label": one.label, "definition": one.definition, "value": value}
            | parts
        )
    return rows


def checks(figures: dict) -> list[dict]:
    """The sums that were compared."""
    return [
        {"label": check_label(row["code"]), "sum": f"{row['sum']:,}", "total": f"{row['total']:,}"}
        for row in figures["checks"]
    ]


def tables(compilation: Compilation, figures: dict, *, linked: bool) -> dict[str, Shown]:
    """Every table by name; the long ones with their first rows."""
    return {
        one.name: table(compilation, figures, one.name, linked=linked, first=FIRST)
        for one in TABLES
    }


def table(
    compilation: Compilation, figures: dict, name: str, *, linked: bool, first: int | None = None
) -> Shown:
    """One table; the ranked ones with the largest rows first, `first` of them when given."""
    definition = TABLE[name]
    columns = [column.name for column in definition.columns]
    rows = figures["tables"][name]
    if name in RANKED:
        rows = sorted(rows, key=lambda row: (-(row[columns[0]] or 0), row["code"]))
    parts = figures["totals"]["filings"] if definition.parts else 0
    sizes = lengths([row[columns[0]] or 0 for row in rows])
    shown = rows[:first] if name in RANKED else rows
    bars = [
        _bar(name, row, size, parts, _cells(compilation, name, row, linked=linked))
        for row, size in zip(shown, sizes, strict=False)
    ]
    return Shown(
        name,
        str(definition.label),
        str(definition.definition),
        str(definition.unit),
        [str(column.label) for column in definition.columns],
        bars,
        len(rows),
        [_written(_total([row[column] for row in rows])) for column in columns],
    )


def _total(cells: list) -> int | None:
    told = [cell for cell in cells if cell is not None]
    return sum(told) if told or not cells else None


def _bar(name, row, size, parts, cells) -> Bar:
    count = row[TABLE[name].columns[0].name]
    return Bar(row["code"], label_of(name, row), count, size, share(count or 0, parts), cells)


def _cells(compilation, name, row, *, linked) -> list[Cell]:
    return [
        Cell(
            _written(row[column.name]),
            _link(compilation, name, row["code"], column.name, row[column.name])
            if linked
            else None,
        )
        for column in TABLE[name].columns
    ]


def _figure(compilation, group, one, value, *, linked) -> dict:
    return {
        "name": one.name,
        "label": one.label,
        "definition": one.definition,
        "unit": one.unit,
        "value": _written(value),
        "link": _link(compilation, group, one.name, "count", value) if linked else None,
    }


def _link(compilation, name, row, column, value) -> str | None:
    """The list of the filings behind a figure, or of the entries of the registers."""
    if compilation is None or not value:
        return None
    place = [compilation.period, compilation.region.code, compilation.pk]
    if behind.opens(name, row, column):
        query = urlencode({"row": row, "column": column})
        return f"{reverse('reports:behind', args=[*place, name])}?{query}"
    if name == "certificates":
        query = urlencode({"agency": row})
        return f"{reverse('reports:entries', args=[*place, column])}?{query}"
    held = {"numerator": "officers_certified", "denominator": "officers"}.get(column, row)
    known = held in entries.NAMES and (name != "indicators" or row == "certified")
    return reverse("reports:entries", args=[*place, held]) if known else None


def _written(value) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else str(value)
