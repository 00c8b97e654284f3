"""The figures of a compile as a spreadsheet for people: headed, wide enough, numbers as numbers."""

import io
import unicodedata
from decimal import Decimal
from typing import Any

from reports.exports.tables import Cells, sheets
from reports.labels import sheet_label
from reports.models import Compilation

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
WIDEST, TAB = 60, 31


def as_xlsx(compilation: Compilation) -> bytes:
    """One sheet per table, called as the table is; the headings stay in sight."""
    # Eight megabytes that a web worker needs for nothing else.
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": f"{compilation.period} {compilation.region.name}"})
        looks = _looks(book)
        for name, rows in sheets(compilation):
            sheet = book.add_worksheet(sheet_label(name)[:TAB])
            _fill(sheet, rows, looks)
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E4EEF3", "text_wrap": True}),
        "count": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.00"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _fill(sheet: Any, rows: list[Cells], looks: dict[str, Any]) -> None:
    """The rows; the first that is as long as the longest is the headings."""
    longest = max(len(row) for row in rows)
    head = next(place for place, row in enumerate(rows) if len(row) == longest)
    for column in range(longest):
        cells = [row[column] for row in rows[head:] if column < len(row)]
        width = max(_width(cell) for cell in cells)
        sheet.set_column(column, column, min(max(width + 2, 8), WIDEST))
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            _write(sheet, (place, column), cell, looks, heading=place == head)
    sheet.freeze_panes(head + 1, min(2, longest - 1))


def _write(
    sheet: Any, place: tuple[int, int], cell: Any, looks: dict[str, Any], *, heading: bool
) -> None:
    if heading:
        sheet.write_string(*place, str(cell), looks["head"])
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, looks["count"])
    elif isinstance(cell, Decimal):
        sheet.write_number(*place, cell, looks["share"])
    else:
        look = looks["text"] if _width(cell) > WIDEST and place[1] else None
        sheet.write_string(*place, str(cell), look)


def _width(cell: Any) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in str(cell))
