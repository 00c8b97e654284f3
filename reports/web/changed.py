"""What is not as in the version before, in words: which filings and which figures."""

import json
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from filings.workflow import Verb
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
        "events": [_event(event) for event in one.get("events", [])],
    }


def _event(one: dict) -> dict:
    """What was done, and when."""
    verb = one["verb"]
    label = Verb(verb).label if verb in Verb else verb
    return {"label": label, "at": datetime.fromisoformat(one["at"])}


def line(leaf: str) -> dict:
    """What the sealed line of one filing says."""
    said = json.loads(leaf)
    code, month = said.get("agency", ""), said.get("month", "")
    agency = Agency.objects.filter(code=code).values_list("name", flat=True).first()
    return {
        "counted": said["change"] != "left_out",
        "change": CHANGE[said["change"]],
        "standing": STANDING.get(said.get("standing"), ""),
        "agency": agency or code,
        "month": month,
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
