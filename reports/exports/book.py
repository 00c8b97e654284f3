"""A long list as a workbook that is sent while it is written.

XlsxWriter makes the book with its headings; the rows are put into its sheets as the archive goes
out, so that the first of it leaves at once and a million rows need no more memory than a few.
"""

import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from reports.exports.pipe import Pipe

MOST = 1_000_000
"""The rows of one sheet; programs open 1,048,576."""
AT_ONCE = 500
PACKING = 3
SHEET = "xl/worksheets/sheet"
# It would say that the headings are all; without it programs look for themselves.
DIMENSION = re.compile(rb"<dimension [^>]*/>")
# Characters that XML does not have, as spreadsheets write them, and text that looks like that.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


def written(headings: list[str], rows: Iterable[list[Any]], number: int) -> Iterator[bytes]:
    """So many rows as XLSX in blocks, in as many sheets as they need.

    A cell is text or a whole number.
    """
    coming, pipe = iter(rows), Pipe()
    with (
        ZipFile(_empty(headings, max(1, -(-number // MOST)))) as book,
        ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=PACKING) as out,
    ):
        for part in sorted(book.namelist(), key=lambda name: name.startswith(SHEET)):
            text = book.read(part)
            if not part.startswith(SHEET):
                out.writestr(part, text)
                continue
            head, end, foot = DIMENSION.sub(b"", text).partition(b"</sheetData>")
            with out.open(part, "w") as sheet:
                sheet.write(head)
                yield pipe.taken()
                for block in _blocks(islice(coming, MOST), len(headings)):
                    sheet.write(block)
                    yield pipe.taken()
                sheet.write(end + foot)
    yield pipe.taken()
    if next(coming, None) is not None:
        raise ValueError(f"more than the {number} rows that were told of")


def _empty(headings: list[str], sheets: int) -> io.BytesIO:
    """The book with nothing but its headings, which stay in sight."""
    # Fourteen megabytes that a web worker needs for nothing else.
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        for _ in range(sheets):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, headings)
            sheet.freeze_panes(1, 1)
    return out


def _blocks(rows: Iterable[list[Any]], width: int) -> Iterator[bytes]:
    """The rows below the headings as XML, some at a time."""
    from xlsxwriter.utility import xl_col_to_name

    numbered = enumerate(rows, start=2)
    columns = [xl_col_to_name(place) for place in range(width)]
    while some := list(islice(numbered, AT_ONCE)):
        yield "".join(_row(place, columns, row) for place, row in some).encode()


def _row(place: int, columns: list[str], row: list[Any]) -> str:
    cells = (
        f'<c r="{column}{place}"><v>{cell}</v></c>'
        if isinstance(cell, int)
        else f'<c r="{column}{place}" t="inlineStr"><is>{_text(str(cell))}</is></c>'
        for column, cell in zip(columns, row, strict=True)
        if cell != ""
    )
    return f'<row r="{place}">{"".join(cells)}</row>'


@lru_cache(maxsize=1 << 12)
def _text(text: str) -> str:
    whole = ' xml:space="preserve"' if text != text.strip() else ""
    said = ODD.sub(lambda odd: f"_x{ord(odd[0][0]):04X}_{odd[0][1:]}", escape(text))
    return f"<t{whole}>{said}</t>"
