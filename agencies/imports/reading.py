"""Which rows does a CSV or XLSX file hold, read without guessing and without being bombed?"""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy

from agencies.imports import workbook
from agencies.imports.faults import FileRefused
from agencies.imports.faults import said as _

MAX_BYTES = 1024 * 1024 * 1024
MAX_LINE = 64 * 1024
BLOCK = 1024 * 1024
MARKS = {
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old .xls workbook or one protected by a password"),
    b"%PDF": gettext_lazy("a PDF"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"\x1f\x8b": gettext_lazy("a compressed file"),
    b"SQLite": gettext_lazy("a database"),
}
MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: where, which bytes, in which encoding (`xlsx` for a workbook)."""

    path: Path
    digest: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What the map says about the file itself."""

    delimiter: str = ","
    encoding: str = ""
    sheet: str = ""


def examine(path: Path, layout: Layout) -> Source:
    """What the file is.  Raises FileRefused for what is no readable CSV or XLSX."""
    try:
        head, digest, size = _digest(path)
    except OSError as error:
        raise FileRefused(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error
    if size == 0:
        raise FileRefused(_("%(path)s is empty.") % {"path": path})
    if size > MAX_BYTES:
        raise FileRefused(_("%(path)s is larger than 1 GB; split it.") % {"path": path})
    if head.startswith(b"PK"):
        return Source(path, digest, "xlsx")
    _refuse_other_formats(path, head)
    return Source(path, digest, _encoding(path, head, layout.encoding))


def _digest(path: Path) -> tuple[bytes, str, int]:
    digest, head, size = hashlib.sha256(), b"", 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            head = head or block[:512]
            size += len(block)
            digest.update(block)
    return head, digest.hexdigest(), size


def _refuse_other_formats(path: Path, head: bytes) -> None:
    what = next((name for mark, name in MARKS.items() if head.startswith(mark)), "")
    if not what and MARKUP.match(head):
        what = _("a web page or XML")
    if not what:
        return
    raise FileRefused(
        _("%(path)s is %(what)s, whatever its name says. Save it as XLSX or as CSV in UTF-8.")
        % {"path": path, "what": what}
    )


def _encoding(path: Path, head: bytes, wanted: str) -> str:
    """UTF-8 if every byte is UTF-8, else GB18030 if every byte is that; never a guess."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused(_("%(path)s is UTF-16. Save it as CSV in UTF-8.") % {"path": path})
    marked = head.startswith(codecs.BOM_UTF8)
    for encoding in [wanted] if wanted else ["utf-8"] if marked else ["utf-8", "gb18030"]:
        if _decodes(path, encoding) and not (encoding == "gb18030" and _is_mixed(path)):
            return "utf-8-sig" if marked and encoding == "utf-8" else encoding
    raise FileRefused(
        _(
            "%(path)s is neither wholly UTF-8 nor wholly GB18030; lines that are not UTF-8: "
            "%(lines)s. Save it again as CSV in UTF-8."
        )
        % {"path": path, "lines": ", ".join(map(str, _foreign_lines(path)))}
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_mixed(path: Path) -> bool:
    """Whether most lines outside ASCII are UTF-8, so that the others are the broken ones."""
    good = bad = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                good, bad = (good + 1, bad) if _is_utf8(line) else (good, bad + 1)
    return good > bad


def _foreign_lines(path: Path, limit: int = 10) -> list[int]:
    found = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not _is_utf8(line):
                found.append(number)
                if len(found) == limit:
                    break
    return found


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def rows(source: Source, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with its number as a spreadsheet program counts."""
    if source.encoding == "xlsx":
        found: Iterable[tuple[int, list[str]]] = workbook.rows(source.path, layout.sheet)
    else:
        found = _csv_rows(source, layout.delimiter)
    for number, cells in found:
        if any(cell.strip() for cell in cells):
            yield number, cells


def _csv_rows(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with source.path.open("r", encoding=source.encoding, newline="") as file:
        reader = csv.reader(_lines(file, source.path), delimiter=delimiter, strict=True)
        number, line = 0, 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise FileRefused(
                    _(
                        "%(path)s: the row that begins on line %(line)d cannot be read "
                        "(%(why)s). Look for a quotation mark that is not closed."
                    )
                    % {"path": source.path, "line": line, "why": error}
                ) from error
            number, line = number + 1, reader.line_num + 1
            yield number, cells


def _lines(file: io.TextIOBase, path: Path) -> Iterator[str]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise FileRefused(
                _("%(path)s: line %(line)d is longer than 64 KB.") % {"path": path, "line": number}
            )
        yield line
