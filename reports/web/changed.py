"""What is not as in the version before, in words: which filings and which figures."""

from django.utils.translation import gettext_lazy as _

from reports.definitions import TABLE
from reports.labels import STANDING, label_of, sheet_label

SHOWN = 200
CHANGE = {
    "added": _("counted now"),
    "amended": _("counted otherwise"),
    "left_out": _("no longer counted"),
}


def told(changes: dict, figures: dict) -> dict:
    """The first changes of each kind as a page shows them, and how many there are of each."""
    names = {name: {row["code"]: row for row in rows} for name, rows in figures["tables"].items()}
    return {
        "filings": [_filing(one) for one in changes["filings"][:SHOWN]],
        "figures": [_figure(one, names) for one in changes["cells"][:SHOWN]],
        "filing_count": len(changes["filings"]),
        "figure_count": len(changes["cells"]),
        "shown": SHOWN,
    }


def _filing(one: dict) -> dict:
    return {
        "number": one["number"],
        "change": CHANGE[one["change"]],
        "standing": STANDING.get(one.get("standing"), ""),
        "events": one.get("events", []),
    }


def _figure(one: dict, names: dict) -> dict:
    table, code, column = one["figure"]
    row = names.get(table, {}).get(code, {"code": code})
    labels = [sheet_label(table) if table in SHEETS else table, label_of(table, row)]
    if table in TABLE:
        heads = {head.name: str(head.label) for head in TABLE[table].heads}
        labels.append(heads.get(column, column))
    elif column != "count":
        labels.append(str(PARTS.get(column, column)))
    return {"label": " · ".join(labels), "before": one["before"], "after": one["after"]}


SHEETS = {"totals", "indicators", "missing", *TABLE}
PARTS = {"numerator": _("Numerator"), "denominator": _("Denominator"), "value": _("Value")}
