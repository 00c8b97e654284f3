"""How the figures of a compile are put before a reader."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports import behind, defined, drawing, entries
from reports.definitions import Table
from reports.labels import check_label, label_of
from reports.models import Compilation
from reports.web.charts import Bar, Cell, lengths, share

WHOLE, FIRST = slice(None), slice(20)
SENTENCE = ("agencies", "items", "officers", "filings")
RANKED = ("agency", "region", "item")
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
        for one in defined.totals(figures)
    ]
    return (
        [row for row in rows if row["name"] in SENTENCE],
        [row for row in rows if row["name"] not in SENTENCE],
    )


def missing(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """What should be there and is not."""
    return [
        _figure(compilation, "missing", one, count, linked=linked)
        for one, count in defined.missing(figures).items()
    ]


def indicators(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """Each indicator with its numerator and denominator."""
    rows = []
    for one, row in defined.indicators(figures).items():
        value = NOTHING if row["value"] is None else row["value"] + ("%" if one.percent else "")
        parts = {
            part: Cell(
                written(row[part]),
                link(compilation, "indicators", one.name, part, row[part]) if linked else None,
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
        one.name: table(compilation, figures, one.name, linked=linked, part=FIRST)
        for one in defined.tables(figures)
    }


def table(
    compilation: Compilation, figures: dict, name: str, *, linked: bool, part: slice = WHOLE
) -> Shown:
    """One table; the ranked ones with the largest rows first, and only `part` of those."""
    definition = defined.table(figures, name)
    columns = [column.name for column in definition.columns]
    rows = figures["tables"][name]
    ranked = definition.dimension in RANKED
    if ranked:
        rows = sorted(rows, key=lambda row: (-(row[columns[0]] or 0), row["code"]))
    parts = figures["totals"]["filings"] if definition.parts else 0
    sizes = lengths([row[columns[0]] or 0 for row in rows])
    part = part if ranked else WHOLE
    bars = [
        _bar(definition, row, size, parts, _cells(compilation, definition, row, linked=linked))
        for row, size in zip(rows[part], sizes[part], strict=True)
    ]
    return Shown(
        name,
        str(definition.label),
        str(definition.definition),
        str(definition.unit),
        [str(one.label) for one in definition.heads],
        bars,
        len(rows),
        _sums(definition, rows),
    )


def _sums(definition: Table, rows: list[dict]) -> list[str]:
    """The foot of a table."""
    found = defined.sums(definition, rows)
    counts = [written(found[one.name]) for one in definition.columns]
    return counts + [percent(found[one.name]) for one in definition.ratios]


def waterfall(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """From every filing of the period, standing by standing, to the statutory inspections."""
    shown = table(compilation, figures, "reconciliation", linked=linked)
    whole = {"label": _("All filings of the period"), "shown": shown.totals[0], "link": None}
    rows = [{"label": bar.label, "shown": bar.shown, "link": bar.link} for bar in shown.bars]
    steps = drawing.waterfall([bar.count or 0 for bar in shown.bars])
    return [row | {"step": step} for row, step in zip([whole, *rows], steps, strict=True)]


def tiles(compilation: Compilation, figures: dict, *, linked: bool) -> list[dict]:
    """One tile for each region in the order of the codes, shaded by its filings."""
    shown = table(compilation, figures, "by_region", linked=linked)
    most = max((bar.count or 0 for bar in shown.bars), default=0)
    return [
        {
            "label": bar.label.partition(" ")[2] or bar.label,
            "shown": bar.shown,
            "link": bar.link,
            "shade": drawing.shade(bar.count, most),
        }
        for bar in sorted(shown.bars, key=lambda bar: bar.code)
    ]


def _bar(definition, row, size, parts, cells) -> Bar:
    columns = definition.columns
    count = row[columns[0].name]
    part = row[columns[1].name] if len(columns) > 1 else 0
    inner = size * (part or 0) // count if count else 0
    return Bar(
        row["code"],
        label_of(definition.name, row),
        count,
        size,
        share(count or 0, parts),
        cells,
        inner,
    )


def _cells(compilation, definition, row, *, linked) -> list[Cell]:
    name, code = definition.name, row["code"]
    counts = [
        Cell(
            written(row[one.name]),
            link(compilation, name, code, one.name, row[one.name]) if linked else None,
        )
        for one in definition.columns
    ]
    return counts + [Cell(percent(row[one.name])) for one in definition.ratios]


def _figure(compilation, group, one, value, *, linked) -> dict:
    return {
        "name": one.name,
        "label": one.label,
        "definition": one.definition,
        "unit": one.unit,
        "value": written(value),
        "link": link(compilation, group, one.name, "count", value) if linked else None,
    }


def link(compilation, name, row, column, value) -> str | None:
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


def written(value) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else str(value)


def percent(value: str | None) -> str:
    return NOTHING if value is None else f"{value}%"
