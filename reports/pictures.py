"""The drawings of a compile: each figure in them is one of its figures."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports import drawing
from reports.labels import label_of
from reports.models import Compilation

NAMES = ("months", "waterfall", "tiles")


def picture(compilation: Compilation, figures: dict[str, Any], name: str) -> SafeString | None:
    """The months, the waterfall or the tiles as an SVG of its own; None for another name."""
    if name not in NAMES:
        return None
    title, tables = f"{compilation.period} · {compilation.region.name}", figures["tables"]
    if name == "months":
        heading = _("Filings by month")
        columns = [(row["code"], row["count"], row["statutory"] or 0) for row in tables["by_month"]]
        return drawing.columns_svg(f"{title} · {heading}", columns)
    if name == "waterfall":
        heading = _("From filings to statutory inspections")
        steps = [
            (label_of("reconciliation", row), row["count"]) for row in tables["reconciliation"]
        ]
        whole = (_("All filings of the period"), sum(count for _label, count in steps))
        return drawing.waterfall_svg(f"{title} · {heading}", [whole, *steps])
    heading = _("Filings by region")
    rows = sorted(tables["by_region"], key=lambda row: row["code"])
    named = [(row["name"], row["count"]) for row in rows]
    return drawing.tiles_svg(f"{title} · {heading}", named)
