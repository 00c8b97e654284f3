"""A list as a file: rows under headings as CSV, XLSX or Parquet, written as they are read.

A cell is text or a whole number, and nothing in it runs in a spreadsheet.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reports.exports import book, columnar
from reports.exports.tables import inert

BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class List:
    """Headings and so many rows; the columns named in `whole` hold whole numbers, all else text."""

    headings: list[str]
    rows: Iterable[list[Any]]
    number: int
    whole: Collection[str] = ()


def _csv(told: List) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield "\ufeff".encode()
    writer.writerow([inert(cell) for cell in told.headings])
    yield _taken(out)
    for row in told.rows:
        writer.writerow([inert(cell) for cell in row])
        if out.tell() > BLOCK:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


WRITERS = {
    "csv": _csv,
    "xlsx": lambda told: book.written(told.headings, told.rows, told.number),
    "parquet": lambda told: columnar.written(told.headings, told.rows, told.whole),
}
