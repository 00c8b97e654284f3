"""The official form of a year: enforcement acts other than penalty, licence and measure (F2).

Of the acts in the form only inspections are kept here; the other columns say so with a dash, for
“not kept here” is not zero.
"""

from typing import Any

from django.utils.translation import gettext as _

NOT_KEPT = "—"


def headings() -> list[str]:
    """The columns of the form."""
    return [
        _("Agency"),
        _("Levies"),
        _("Inspections"),
        _("Rulings"),
        _("Confirmations"),
        _("Rewards"),
        _("Payments"),
        _("Other acts"),
    ]


def official_rows(figures: dict[str, Any]) -> list[list[Any]]:
    """The form: headings, one row per agency, and the total."""
    rows = [[row["name"], row["statutory"]] for row in figures["tables"]["by_agency"]]
    rows.append([_("Total"), figures["totals"]["statutory"]])
    return [
        [_("Other administrative enforcement acts")],
        headings(),
        *(_line(name, NOT_KEPT if number is None else number) for name, number in rows),
    ]


def _line(name: str, number: Any) -> list[Any]:
    return [name, NOT_KEPT, number, *[NOT_KEPT] * 5]
