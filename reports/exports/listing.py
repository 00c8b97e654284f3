"""The filings behind a compile as a list: each with where it stood, those left out too.

Written as it is read, a few thousand at a time, so that a million filings need no more memory than
one piece of facts.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from filings.models import Filing
from reports.exports.tables import inert
from reports.facts import METHOD, TRIGGER, TYPE
from reports.labels import STANDING
from reports.measures import STANDINGS, Measures
from reports.models import Compilation, KeptPiece
from reports.pieces import unpacked

BLOCK = 1 << 16


def headings() -> list[str]:
    """The columns of the list."""
    return [
        _("Number"),
        _("Agency"),
        _("Agency code"),
        _("Subject"),
        _("Month"),
        _("Type"),
        _("What set it off"),
        _("Method"),
        _("Counted"),
        _("Statutory"),
        _("Standing when counted"),
    ]


def rows(compilation: Compilation) -> Iterator[list[Any]]:
    """Every filing that was read, in order of its id."""
    months, yes, no = compilation.days.months, _("yes"), _("no")
    kept = KeptPiece.objects.filter(compilation=compilation).order_by("bucket")
    for (data,) in kept.values_list("piece__data").iterator(chunk_size=1):
        measures = Measures(unpacked(bytes(data)))
        facts = measures.rows
        ids = facts["id"].tolist()
        columns = ("number", "agency__name", "agency__code", "subject__name")
        found = Filing.objects.filter(pk__range=(ids[0], ids[-1])).order_by()
        named = {pk: rest for pk, *rest in found.values_list("pk", *columns)}
        for fact, place, counted in zip(facts, measures.standing, measures.is_count, strict=True):
            name = STANDINGS[place]
            yield [
                *(cell or "" for cell in named.get(int(fact["id"]), ("", "", "", ""))),
                months[fact["month"]],
                TYPE.codes[fact["type"]],
                TRIGGER.codes[fact["trigger"]],
                METHOD.codes[fact["method"]],
                yes if counted else no,
                yes if name == "statutory" else no,
                str(STANDING[name]),
            ]


def csv_of(compilation: Compilation) -> Iterator[bytes]:
    """The list as CSV, in blocks; nothing in it runs in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield "\ufeff".encode()
    for row in _with_headings(compilation):
        writer.writerow([inert(cell) for cell in row])
        if out.tell() > BLOCK:
            yield _taken(out)
    yield _taken(out)


def _with_headings(compilation: Compilation) -> Iterable[list[Any]]:
    yield headings()
    yield from rows(compilation)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def xlsx_of(compilation: Compilation) -> Iterator[bytes]:
    """The list as XLSX, in sheets of at most a million rows; every cell is text."""
    with TemporaryFile() as out:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            sheet, place = None, 0
            for row in rows(compilation):
                if sheet is None or place > 1_000_000:
                    sheet, place = book.add_worksheet(), 1
                    sheet.write_row(0, 0, headings())
                for column, cell in enumerate(row):
                    sheet.write_string(place, column, str(cell))
                place += 1
            if sheet is None:
                book.add_worksheet().write_row(0, 0, headings())
        out.seek(0)
        while block := out.read(BLOCK):
            yield block


LISTS = {"csv": csv_of, "xlsx": xlsx_of}
