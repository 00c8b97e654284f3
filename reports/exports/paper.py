"""The year on paper: PDF/A with the sentence, the figures, the official form and every table."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.calendar import local_date
from agencies.paper import Part, Sheet, pdf
from reports import defined, pictures, sentence
from reports.definitions import Table
from reports.exports.official import official_rows
from reports.labels import check_label, label_of
from reports.models import Compilation

NOTHING = "—"
LONGEST, FITTING = 50, 5


def as_pdf(compilation: Compilation) -> bytes:
    """The compile as it goes to a government: data tables, then what they mean."""
    figures = compilation.found()
    chinese = (get_language() or "").startswith("zh")
    totals = figures["totals"]
    form = official_rows(figures)
    sheet = Sheet(
        title=_("Administrative inspections of %(period)s, %(region)s")
        % {"period": compilation.period, "region": compilation.region.name},
        parts=(
            Part(
                _("Summary"),
                paragraphs=(sentence.chinese(figures), sentence.english(figures)),
            ),
            _numbers(
                _("Totals"),
                ["", _("Value")],
                ([one.label, totals[one.name]] for one in defined.totals(figures)),
            ),
            *(_drawn(compilation, figures, name) for name in pictures.NAMES),
            _indicators(figures),
            _missing(figures),
            _numbers(form[0][0], form[1], form[2:]),
            *(_table(table, figures["tables"][table.name]) for table in defined.tables(figures)),
            _checks(figures),
        ),
        foot=_("Compiled %(at)s; digest %(digest)s")
        % {"at": f"{local_date(compilation.as_of)}", "digest": compilation.digest},
        language="zh" if chinese else "en",
    )
    return pdf(sheet, compilation.as_of)


def _drawn(compilation: Compilation, figures: dict[str, Any], name: str) -> Part:
    return Part("", picture=str(pictures.picture(compilation, figures, name)))


def _indicators(figures: dict[str, Any]) -> Part:
    rows = [
        [one.label, row["value"], row["numerator"], row["denominator"]]
        for one, row in defined.indicators(figures).items()
    ]
    columns = [_("Indicator"), _("Value"), _("Numerator"), _("Denominator")]
    return _numbers(_("Indicators"), columns, rows)


def _missing(figures: dict[str, Any]) -> Part:
    rows = [[one.label, count] for one, count in defined.missing(figures).items()]
    return _numbers(_("What is missing"), [_("Figure"), _("Value")], rows)


def _checks(figures: dict[str, Any]) -> Part:
    rows = [[check_label(one["code"]), one["sum"], one["total"]] for one in figures["checks"]]
    return _numbers(_("Sums compared"), [_("Sum of"), _("Sum"), _("Total")], rows)


def _table(table: Table, rows: list[dict[str, Any]]) -> Part:
    """One table with its definition; a wide one in the columns that fit, a long one at its head."""
    heads = table.heads[:FITTING]
    first = heads[0].name
    shown = sorted(rows, key=lambda row: -(row[first] or 0)) if len(rows) > LONGEST else rows
    said = [str(table.definition)]
    if len(shown) > LONGEST:
        told = {"shown": LONGEST, "all": len(rows)}
        said.append(_("The largest %(shown)d of %(all)d; all are in the spreadsheet.") % told)
    if len(heads) < len(table.heads):
        said.append(_("The other columns are in the spreadsheet."))
    lines = [[label_of(table.name, row), *(row[one.name] for one in heads)] for row in shown]
    foot = defined.sums(table, rows)
    lines = [*lines[:LONGEST], [_("Total"), *(foot[one.name] for one in heads)]]
    return _numbers(str(table.label), ["", *(one.label for one in heads)], lines, said)


def _numbers(heading: str, columns: Any, rows: Any, said: Any = ()) -> Part:
    return Part(
        heading,
        paragraphs=tuple(said),
        columns=tuple(map(str, columns)),
        rows=tuple(tuple(_written(cell) for cell in row) for row in rows),
        numbers=True,
    )


def _written(value: Any) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else str(value)
