"""How the figures of a compiled year are put before a reader."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from agencies.calendar import local_date, month_bounds
from officers.roles import GRANTS, Permission, Role
from reports.definitions import SUMS_TO_FILINGS, TABLES, TOTALS
from reports.labels import label_of
from reports.models import Compilation
from reports.web.charts import Bar, lengths, share

FIRST = 20
SENTENCE = ("agencies", "items", "officers", "filings")
RANKED = ("by_agency", "by_region", "by_item")
FILTERS = {
    "by_agency": "agency",
    "by_type": "type",
    "by_trigger": "trigger",
    "by_item": "item",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One table: its definition, the rows to show, how many there are, and their sum."""

    name: str
    label: str
    definition: str
    unit: str
    bars: list[Bar]
    rows: int
    total: int


def totals(compilation: Compilation, figures: dict) -> tuple[list[dict], list[dict]]:
    """The four numbers of the sentence, and the others beside them."""
    link = _link_to(compilation, {}) if figures["totals"]["filings"] else None
    rows = [
        {
            "name": one.name,
            "label": one.label,
            "definition": one.definition,
            "value": _written(figures["totals"][one.name]),
            "link": link if one.name == "filings" else None,
        }
        for one in TOTALS
    ]
    return (
        [row for row in rows if row["name"] in SENTENCE],
        [row for row in rows if row["name"] not in SENTENCE],
    )


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
    definition = next(one for one in TABLES if one.name == name)
    rows = figures["tables"][name]
    if name in RANKED:
        rows = sorted(rows, key=lambda row: (-row["count"], row["code"]))
    whole = sum(row["count"] for row in rows)
    parts = figures["totals"]["filings"] if name in SUMS_TO_FILINGS else 0
    sizes = lengths([row["count"] for row in rows])
    shown = rows[:first] if name in RANKED else rows
    bars = [
        Bar(
            row["code"],
            label_of(name, row),
            row["count"],
            size,
            share(row["count"], parts),
            _row_link(compilation, name, row) if linked else None,
        )
        for row, size in zip(shown, sizes, strict=False)
    ]
    return Shown(
        name,
        str(definition.label),
        str(definition.definition),
        str(definition.unit),
        bars,
        len(rows),
        whole,
    )


def reads_filings(authority, region) -> bool:
    """Whether every filing behind a figure of `region` is open to the reader."""
    return any(
        held.region is not None
        and region.path.startswith(held.region.path)
        and Permission.FILING_READ in GRANTS[Role(held.role)]
        for held in authority.appointments
    )


def _row_link(compilation, name, row) -> str | None:
    if not row["count"]:
        return None
    if name == "by_month":
        return _link_to(compilation, _month(compilation.year, int(row["code"])))
    return _link_to(compilation, {FILTERS[name]: row["code"]}) if name in FILTERS else None


def _month(year: int, month: int) -> dict[str, str]:
    bounds = month_bounds(year)
    first, beyond = local_date(bounds[month - 1]), local_date(bounds[month])
    return {
        "dated_after": first.isoformat(),
        "dated_before": beyond.fromordinal(beyond.toordinal() - 1).isoformat(),
    }


def _link_to(compilation, filters: dict[str, str]) -> str:
    """The list of the filings counted, narrowed by `filters`."""
    whole = {
        "region": compilation.region.code,
        "counted": "true",
        "dated_after": f"{compilation.year}-01-01",
        "dated_before": f"{compilation.year}-12-31",
    }
    return f"{reverse('filings:list')}?{urlencode(whole | filters)}"


def _written(value) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else str(value)
