"""The filings behind a compile as a list: each with where it stood, those left out too.

Written as it is read, a few thousand at a time, so that a million filings need no more memory than
one piece of facts.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from filings.models import Filing
from reports.exports import book, columnar
from reports.exports.tables import inert
from reports.facts import FOLLOW_UP, INDUSTRIES, METHOD, OUTCOME, TRIGGER, TYPE
from reports.labels import STANDING, label_of
from reports.measures import STANDINGS, TIMINGS, Measures
from reports.models import Compilation, KeptPiece
from reports.packing import Packed
from reports.parting import NONE

BLOCK = 1 << 16


# The tables by which a filing is told, in the order of the columns.
TOLD = ("by_type", "by_trigger", "by_method", "by_industry", "by_timing", "by_outcome",
        "by_follow_up")  # fmt: skip


def headings() -> list[str]:
    """The columns of the list."""
    return [
        _("Number"),
        _("Agency"),
        _("Agency code"),
        _("Region"),
        _("Subject"),
        _("Month"),
        _("Type"),
        _("What set it off"),
        _("Method"),
        _("Industry"),
        _("When it was filed"),
        _("Outcome"),
        _("Follow-up"),
        _("Visit made"),
        _("Joint visit"),
        _("Counted"),
        _("Statutory"),
        _("Standing when counted"),
    ]


def rows(compilation: Compilation) -> Iterator[list[Any]]:
    """Every filing that was read, in order of its id."""
    months, said = compilation.days.months, (_("no"), _("yes"))
    labels = _labels()
    kept = KeptPiece.objects.filter(compilation=compilation).order_by("bucket")
    for (data,) in kept.values_list("piece__data").iterator(chunk_size=1):
        measures = Measures(Packed(bytes(data)).facts())
        facts = measures.rows
        ids = facts["id"].tolist()
        columns = ("number", "agency__name", "agency__code", "agency__region__code")
        found = Filing.objects.filter(pk__range=(ids[0], ids[-1])).order_by()
        named = {pk: rest for pk, *rest in found.values_list("pk", *columns, "subject__name")}
        codes = zip(*(_places(measures, name) for name in TOLD), strict=True)
        marks = (measures.is_arrived, measures.is_joint, measures.is_count, measures.is_statutory)
        flags = zip(*(mark.tolist() for mark in marks), strict=True)
        for fact, place, told, flag in zip(facts, measures.standing, codes, flags, strict=True):
            yield [
                *(cell or "" for cell in named.get(int(fact["id"]), [""] * 5)),
                months[fact["month"]],
                *(labels[name][one] for name, one in zip(TOLD, told, strict=True)),
                *(said[one] for one in flag),
                str(STANDING[STANDINGS[place]]),
            ]


def _labels() -> dict[str, list[str]]:
    """What each place of each of these tables is called; the last is where nothing is known."""
    codes = {
        "by_type": TYPE.codes,
        "by_trigger": TRIGGER.codes,
        "by_method": METHOD.codes,
        "by_industry": [*INDUSTRIES, NONE],
        "by_timing": TIMINGS,
        "by_outcome": [*OUTCOME.codes, NONE],
        "by_follow_up": FOLLOW_UP.codes,
    }
    told = {
        name: [label_of(name, {"code": one}) for one in all_of] for name, all_of in codes.items()
    }
    return told | {"by_follow_up": [*told["by_follow_up"], ""]}


def _places(measures: Measures, table: str) -> Any:
    if table == "by_timing":
        return measures.timing
    return measures.rows[table.removeprefix("by_")]


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
    return book.written(headings(), rows(compilation), compilation.row_count or 0)


def parquet_of(compilation: Compilation) -> Iterator[bytes]:
    """The list as Parquet, in groups of rows; every column is text."""
    return columnar.written(headings(), rows(compilation))


LISTS = {"csv": csv_of, "xlsx": xlsx_of, "parquet": parquet_of}
