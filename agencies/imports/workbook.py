"""Which rows does an XLSX workbook hold, and is it safe to open (reliability F1-F4, F8)?

The workbook library builds the whole rectangle up to the farthest cell in memory and shows a cell
with an error as an empty one, so both are looked for in the XML first, in bounded pieces.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from agencies.imports.faults import FileRefused
from agencies.imports.faults import said as _

MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 200
MAX_ROWS = 100_000
MAX_CELLS = 3_000_000
BLOCK = 1024 * 1024
MAX_ROW_BYTES = 8 * BLOCK

ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)")
CELL = re.compile(rb"<(?:\w+:)?c(?:\s([^>]*?))?(?<!/)>(.*?)</(?:\w+:)?c\s*>", re.DOTALL)
PLACE = re.compile(rb"\br\s*=\s*[\"']\$?([A-Za-z]+)\$?(\d+)")
IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")


class NumberCell(str):
    """A cell the workbook holds as a number: leading zeros and late digits may be lost."""


class DateCell(str):
    """A cell the workbook holds as a date, written `2022-03-05`."""


def guard(path: Path) -> dict[tuple[int, int], str]:
    """The cells that hold an error or a formula without a value, by row and column from 0.

    Raises FileRefused for what is no plain workbook or would unpack beyond the limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_by_directory(path, archive.infolist())
            broken: dict[tuple[int, int], str] = {}
            for member in archive.infolist():
                with archive.open(member) as file:
                    broken.update(_scan(path, iter(lambda file=file: file.read(BLOCK), b"")))
            return broken
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileRefused(
            _("%(path)s is a damaged or protected workbook (%(why)s). Save it again as XLSX.")
            % {"path": path, "why": error}
        ) from error


def _refuse_by_directory(path: Path, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    why = ""
    if "xl/workbook.xml" not in names:
        why = _("it is a ZIP archive, but not an XLSX workbook")
    elif any("vbaProject" in name for name in names):
        why = _("it holds macros; save it as XLSX without macros")
    elif len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        why = _("it unpacks to more than 100 MB or 200 parts; split it or save it as CSV")
    if why:
        raise FileRefused(_("%(path)s was not opened: %(why)s.") % {"path": path, "why": why})


def _scan(path: Path, blocks: Iterator[bytes]) -> dict[tuple[int, int], str]:
    """Look through one part of the archive row by row."""
    broken: dict[tuple[int, int], str] = {}
    rest, width, height, number = b"", 0, 0, 0
    for block in blocks:
        rest += block
        if b"<!DOCTYPE" in rest or b"<!ENTITY" in rest:
            raise FileRefused(
                _("%(path)s was not opened: its XML declares entities.") % {"path": path}
            )
        *rows, rest = ROW_END.split(rest)
        for row in rows:
            number += 1
            far = _scan_row(row, number, broken)
            number, height = far[0], max(height, far[0])
            width = max(width, far[1])
        if height > MAX_ROWS or height * width > MAX_CELLS:
            raise FileRefused(
                _(
                    "%(path)s was not opened: its cells reach to row %(row)d, column %(column)d. "
                    "Delete what stands far off the table, split it, or save it as CSV."
                )
                % {"path": path, "row": height, "column": width}
            )
        if len(rest) > MAX_ROW_BYTES and b"<row" in rest:
            raise FileRefused(_("%(path)s was not opened: a row is too long.") % {"path": path})
        if b"<row" not in rest:
            rest = rest[-200:]
    return broken


def _scan_row(row: bytes, number: int, broken: dict[tuple[int, int], str]) -> tuple[int, int]:
    """The number and width of one row; notes its broken cells."""
    named = ROW_NUMBER.search(row)
    cells = CELL.findall(row)
    if not cells:
        return number, 0
    number = int(named[1]) if named else number
    column = 0
    for attributes, content in cells:
        place = PLACE.search(attributes)
        column = _column(place[1]) if place else column + 1
        number = max(number, int(place[2])) if place else number
        value = VALUE.search(content)
        if IS_ERROR.search(attributes):
            broken[number - 1, column - 1] = value[1].decode("utf-8", "replace") if value else "#"
        elif value is None and FORMULA.search(content):
            broken[number - 1, column - 1] = "#N/A"
    return number, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def rows(path: Path, wanted: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of the one filled sheet, or of the sheet called `wanted`, numbered from 1."""
    broken = guard(path)
    try:
        sheet = _sheet(path, CalamineWorkbook.from_path(str(path)), wanted)
        left = sheet.start[1] if sheet.start else 0
        for row, cells in enumerate(sheet.iter_rows()):
            yield (
                row + 1,
                [
                    _text(cell) or broken.get((row, column), "")
                    for column, cell in enumerate(cells, start=left)
                ],
            )
    except CalamineError as error:
        raise FileRefused(
            _("%(path)s is a damaged workbook (%(why)s). Save it again as XLSX.")
            % {"path": path, "why": error}
        ) from error


def _sheet(path: Path, book: CalamineWorkbook, wanted: str) -> CalamineSheet:
    names = [wanted] if wanted else list(book.sheet_names)
    if wanted and wanted not in book.sheet_names:
        raise FileRefused(
            _("%(path)s has no sheet %(wanted)s; its sheets are %(names)s.")
            % {"path": path, "wanted": wanted, "names": ", ".join(book.sheet_names)}
        )
    filled = [sheet for sheet in map(book.get_sheet_by_name, names) if sheet.height]
    if len(filled) > 1:
        raise FileRefused(
            _("%(path)s has several filled sheets (%(names)s). Name one in the map: %(how)s.")
            % {
                "path": path,
                "names": ", ".join(sheet.name for sheet in filled),
                "how": f'[file] sheet = "{filled[0].name}"',
            }
        )
    if not filled:
        raise FileRefused(_("%(path)s has no filled sheet.") % {"path": path})
    if filled[0].merged_cell_ranges:
        raise FileRefused(_("%(path)s has merged cells. Unmerge them.") % {"path": path})
    return filled[0]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        exact = float(cell).is_integer() and abs(cell) < 10**15
        return NumberCell(int(cell) if exact else repr(cell))
    if isinstance(cell, datetime):
        return DateCell(cell.date() if cell.time() == time.min else cell.isoformat(" "))
    if isinstance(cell, date | time | timedelta):
        return DateCell(cell)
    return str(cell)
