"""How the row of a table is called in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import ItemVersion
from filings.models import Filing, Result, SupervisionCase
from filings.rules.catalogue import CATALOGUE
from reports.caps import GENERAL
from reports.definitions import INDICATORS, MISSING, TABLE, TOTALS
from reports.parting import NONE

STANDING = {
    "imported": gettext_lazy("Imported from another system"),
    "unnumbered": gettext_lazy("Without a number: draft, submitted or returned"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "voided": gettext_lazy("Voided"),
    "waiting": gettext_lazy("Approved, visit not made yet"),
    "expired": gettext_lazy("Expired without a visit"),
    "refused": gettext_lazy("Refused by the subject"),
    "terminated": gettext_lazy("Terminated without a result"),
    "unrecorded": gettext_lazy("Visited, no result recorded"),
    "incomplete": gettext_lazy("Record not complete"),
    "enforced": gettext_lazy("A penalty or another enforcement act followed"),
    "statutory": gettext_lazy("Statutory inspection"),
}
TIMING = {
    "before": gettext_lazy("Before the visit"),
    "on_site": gettext_lazy("On site"),
    "after": gettext_lazy("After the visit, in time"),
    "late": gettext_lazy("Late, unlocked by a supervisor"),
    "open": gettext_lazy("Not yet back-filed"),
}
INDUSTRY = {
    "A": gettext_lazy("Agriculture, forestry, animal husbandry and fishery"),
    "B": gettext_lazy("Mining"),
    "C": gettext_lazy("Manufacturing"),
    "D": gettext_lazy("Electricity, heat, gas and water supply"),
    "E": gettext_lazy("Construction"),
    "F": gettext_lazy("Wholesale and retail trade"),
    "G": gettext_lazy("Transport, storage and post"),
    "H": gettext_lazy("Accommodation and catering"),
    "I": gettext_lazy("Information transmission, software and IT services"),
    "J": gettext_lazy("Finance"),
    "K": gettext_lazy("Real estate"),
    "L": gettext_lazy("Leasing and business services"),
    "M": gettext_lazy("Scientific research and technical services"),
    "N": gettext_lazy("Water conservancy, environment and public facilities"),
    "O": gettext_lazy("Resident services, repair and other services"),
    "P": gettext_lazy("Education"),
    "Q": gettext_lazy("Health and social work"),
    "R": gettext_lazy("Culture, sports and entertainment"),
    "S": gettext_lazy("Public administration and social organisations"),
    "T": gettext_lazy("International organisations"),
    NONE: gettext_lazy("No industry recorded"),
}
_CHOICES: dict[str, dict[str, Any]] = {
    "reconciliation": STANDING,
    "by_type": dict(Filing.CheckType.choices),
    "by_trigger": dict(Filing.Trigger.choices),
    "by_method": dict(ItemVersion.Method.choices),
    "by_industry": INDUSTRY,
    "by_timing": TIMING,
    "by_item": {NONE: gettext_lazy("No item announced")},
    "by_outcome": {
        **dict(Result.Outcome.choices),
        NONE: gettext_lazy("No outcome recorded yet"),
    },
    "by_follow_up": dict(Result.FollowUp.choices),
    "alerts": {code: entry.title for code, entry in CATALOGUE.items()},
    "cases": dict(SupervisionCase.Kind.choices),
    "caps": {GENERAL: CATALOGUE[GENERAL].title},
    "totals": {one.name: one.label for one in TOTALS},
    "missing": {one.name: one.label for one in MISSING},
    "indicators": {one.name: one.label for one in INDICATORS},
}


def label_of(table: str, row: dict[str, Any]) -> str:
    """The name of a row: its own, that of its code, or the code itself."""
    code = row["code"]
    if "name" in row:
        return f"{code} {row['name']}"
    known = _CHOICES.get(table, {}).get(code)
    if known is None:
        return str(code)
    return f"{code} {known}" if table == "by_industry" and code != NONE else str(known)


def sheet_label(name: str) -> str:
    """What the sheet of a workbook with this table is called."""
    beside = {
        "totals": _("Totals"),
        "official": _("Official form"),
        "indicators": _("Indicators"),
        "missing": _("What is missing"),
    }
    return beside.get(name) or str(TABLE[name].label)


def check_label(code: str) -> str:
    """What a check adds up."""
    if code == "database":
        return _("Count by the database")
    name, _dot, column = code.partition(".")
    table = TABLE[name]
    found = next((one.label for one in table.columns if one.name == column), "")
    return f"{table.label} · {found}" if found else str(table.label)
