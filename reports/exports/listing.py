"""The filings behind a compile, or behind one of its figures, as a list to take away.

Each with where it stood, those left out too, and in which figures it counts.  The rows are written
as they are read, a few thousand at a time; held of all filings are only the marks of the figures.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filings.models import Filing
from reports import entries
from reports.behind import NOT_FILINGS, Behind
from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS
from reports.exports.lists import WRITERS, List
from reports.facts import FOLLOW_UP, INDUSTRIES, METHOD, OUTCOME, TRIGGER, TYPE, Facts
from reports.labels import STANDING, label_of
from reports.measures import STANDINGS, TIMINGS, Measures
from reports.models import Compilation, KeptPiece
from reports.packing import Packed
from reports.parting import NONE
from reports.pieces import facts_of
from reports.reasons import REASON, REASONS

# The tables by which a filing is told, in the order of the columns.
TOLD = ("by_type", "by_trigger", "by_method", "by_industry", "by_timing", "by_outcome",
        "by_follow_up")  # fmt: skip
TOLD_ALREADY = {"every", "count", "statutory", "arrived", "joint"}
BETWEEN = "; "


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
        _("Also counted in"),
    ]


def headings_of_figure() -> list[str]:
    """The columns of the list behind one figure."""
    return [*headings(), _("Times it counts here"), _("Why it is left out")]


def rows(compilation: Compilation, found: Behind | None = None) -> Iterator[list[Any]]:
    """Every filing that was read, in order of its id; of one figure, those it counts or leaves out.

    The list of a figure ends with how often a filing counts in it, and why it does not.
    """
    also, place = _Also(facts_of(compilation)), 0
    kept = KeptPiece.objects.filter(compilation=compilation).order_by("bucket")
    for (data,) in kept.values_list("piece__data").iterator(chunk_size=1):
        measures = Measures(Packed(bytes(data)).facts())
        texts = also.texts(place, len(measures.rows))
        place += len(measures.rows)
        for pk, *told in zip(*_columns(compilation, measures), texts, strict=True):
            if found is None:
                yield told
            elif (at := found.at(pk)) is not None:
                times = int(found.times[at])
                yield [*told, times, "" if times else str(REASON[REASONS[found.why[at]]])]


def _columns(compilation: Compilation, measures: Measures) -> list[Iterable[Any]]:
    """The ids of the filings of one piece, and the columns that the list tells of them."""
    months, said = compilation.days.months, (_("no"), _("yes"))
    labels, facts = _labels(), measures.rows
    ids = facts["id"].tolist()
    columns = ("number", "agency__name", "agency__code", "agency__region__code", "subject__name")
    found = Filing.objects.filter(pk__range=(ids[0], ids[-1])).order_by()
    named = {pk: rest for pk, *rest in found.values_list("pk", *columns)}
    marks = (measures.is_arrived, measures.is_joint, measures.is_count, measures.is_statutory)
    return [
        ids,
        *zip(*([cell or "" for cell in named.get(pk, [""] * 5)] for pk in ids), strict=True),
        [months[one] for one in facts["month"]],
        *([labels[name][one] for one in _places(measures, name)] for name in TOLD),
        *([said[one] for one in mark.tolist()] for mark in marks),
        [str(STANDING[STANDINGS[one]]) for one in measures.standing],
    ]


class _Also:
    """In which figures each filing counts, but those that a column of the list tells already."""

    def __init__(self, facts: Facts) -> None:
        measures = Measures(facts)
        self._labels = list(figures_by_measure().items())
        self._marks = np.zeros(len(facts.filings), np.int64)
        for place, (measure, _label) in enumerate(self._labels):
            self._marks |= measures.mask(measure).astype(np.int64) << place
        self._texts: dict[int, str] = {}

    def texts(self, start: int, size: int) -> list[str]:
        """The labels of the figures for each of the filings from this place on."""
        return [self._text(one) for one in self._marks[start : start + size].tolist()]

    def _text(self, marks: int) -> str:
        if marks not in self._texts:
            inside = [label for place, (_m, label) in enumerate(self._labels) if marks >> place & 1]
            self._texts[marks] = BETWEEN.join(inside)
        return self._texts[marks]


def figures_by_measure() -> dict[str, str]:
    """What each measure is called that no column of the list tells: by its first figure.

    A column goes by its own name; where another bears the same, the table stands before it.
    """
    columns = [
        (column.measure, str(table.label), str(column.label))
        for table in TABLES
        for column in table.columns
        if table.dimension and not table.registered
    ]
    bearers = {
        label: {one for one, _t, other in columns if other == label} for *_c, label in columns
    }
    named = [(one.measure, str(one.label)) for one in (*TOTALS, *MISSING)]
    named += [
        (measure, label if len(bearers[label]) == 1 else f"{table} – {label}")
        for measure, table, label in columns
    ]
    named += [(one.numerator, str(one.label)) for one in INDICATORS]
    named += [(one.denominator, f"{one.label} – {_('Denominator')}") for one in INDICATORS]
    shown: dict[str, str] = {}
    for measure, label in named:
        if measure not in NOT_FILINGS | TOLD_ALREADY and ":" not in measure:
            shown.setdefault(measure, label)
    return shown


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


Writer = Callable[[Compilation], Iterator[bytes]]


def _whole(kind: str) -> Writer:
    return lambda compilation: WRITERS[kind](
        List(headings(), rows(compilation), compilation.row_count or 0)
    )


LISTS: dict[str, Writer] = {kind: _whole(kind) for kind in WRITERS}


def of_figure(compilation: Compilation, found: Behind, kind: str) -> Iterator[bytes]:
    """The list behind one figure as a file of this kind."""
    heads = headings_of_figure()
    return WRITERS[kind](List(heads, rows(compilation, found), len(found.ids), heads[-2:-1]))


def of_entries(rows: QuerySet[Any], kind: str) -> Iterator[bytes]:
    """The entries of a register behind a figure as a file of this kind."""
    told = ([one.code, one.name] for one in entries.every(rows))
    return WRITERS[kind](List([_("Code"), _("Name")], told, rows.count()))


def file_name(compilation: Compilation, *words: str) -> str:
    """What a list of this compile is called as a file, without the kind; plain letters only."""
    told = ("jianbei", compilation.period, compilation.region.code, *words)
    return "-".join(re.sub(r"[^0-9A-Za-z_.]+", "_", word) for word in told if word)
