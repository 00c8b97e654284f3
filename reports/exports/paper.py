"""The year on paper: PDF/A with the sentence, the figures, the official form and every table."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.paper import Part, Sheet, pdf
from reports import defined, sentence
from reports.exports.official import official_rows
from reports.labels import label_of
from reports.models import Compilation

NOTHING = "—"
LONGEST = 400


def as_pdf(compilation: Compilation) -> bytes:
    """The compile as it goes to a government: data tables, then what they mean."""
    figures = compilation.found()
    chinese = (get_language() or "").startswith("zh")
    totals = figures["totals"]
    form = official_rows(figures)
    sheet = Sheet(
        title=_("Administrative inspections of %(period)s, %(region)s")
        % {"period": compilation.period, "region": compilation.region.name},
        number=compilation.digest,
        facts=tuple(
            (str(one.label), _written(totals[one.name])) for one in defined.totals(figures)
        ),
        parts=(
            Part(
                _("Summary"),
                paragraphs=(sentence.chinese(figures), sentence.english(figures)),
            ),
            Part(form[0][0], columns=tuple(form[1]), rows=_texts(form[2:])),
            _indicators(figures),
            _missing(figures),
            *(_table(table, figures["tables"][table.name]) for table in defined.tables(figures)),
        ),
        foot=_("Compiled %(at)s; digest %(digest)s")
        % {"at": f"{compilation.as_of:%Y-%m-%d}", "digest": compilation.digest[:16]},
        language="zh" if chinese else "en",
    )
    return pdf(sheet, compilation.as_of)


def _indicators(figures: dict[str, Any]) -> Part:
    rows = [
        [one.label, row["value"], row["numerator"], row["denominator"]]
        for one, row in defined.indicators(figures).items()
    ]
    columns = (_("Indicator"), _("Value"), _("Numerator"), _("Denominator"))
    return Part(_("Indicators"), columns=columns, rows=_texts(rows))


def _missing(figures: dict[str, Any]) -> Part:
    rows = [[one.label, count] for one, count in defined.missing(figures).items()]
    return Part(_("What is missing"), columns=(_("Figure"), _("Value")), rows=_texts(rows))


def _table(table: Any, rows: list[dict[str, Any]]) -> Part:
    """One table with its definition; a wide one in the columns that fit, a long one at its head."""
    columns = table.columns[:5]
    shown = sorted(rows, key=lambda row: -(row[columns[0].name] or 0)) if len(rows) > 40 else rows
    said = [str(table.definition)]
    if len(columns) < len(table.columns) or len(shown) > LONGEST:
        said.append(_("The whole table is in the spreadsheet."))
    return Part(
        str(table.label),
        paragraphs=tuple(said),
        columns=("", *(str(column.label) for column in columns)),
        rows=_texts(
            [label_of(table.name, row), *(row[column.name] for column in columns)]
            for row in shown[:LONGEST]
        ),
    )


def _texts(rows: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_written(cell) for cell in row) for row in rows)


def _written(value: Any) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else str(value)
