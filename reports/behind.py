"""Which filings does a figure count, which does it leave out, and why?

Answered from the facts that were kept with the compile, so that the list is the one that was
counted, whatever has become of the filings since.
"""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from agencies.query import BadParameter
from reports.definitions import INDICATORS, MISSING, TABLE, TOTALS
from reports.measures import STANDINGS, Measures
from reports.models import Compilation
from reports.parting import Parting
from reports.pieces import facts_of
from reports.registers import consult
from reports.tallies import OF_ALERTS, OF_RATINGS, OF_REGISTERS

PARTS = ("counted", "left_out")
SINGLE = {
    **{("totals", one.name, "count"): one.measure for one in TOTALS if one.measure},
    **{("missing", one.name, "count"): one.measure for one in MISSING if one.measure},
    **{("indicators", one.name, "numerator"): one.numerator for one in INDICATORS},
    **{("indicators", one.name, "denominator"): one.denominator for one in INDICATORS},
}
NOT_FILINGS = {"", *OF_REGISTERS, *OF_ALERTS, *OF_RATINGS}


class NoSuchFigure(LookupError):
    """The compile has no figure of this name."""

    code = "no_such_figure"


@dataclass(frozen=True, slots=True)
class Behind:
    """The ids of filings counted and left out, each in order, and where each filing stands.

    `entries` is the figure itself: the filings, or where it counts what hangs on them – items,
    alerts, cases – how many of those there are.
    """

    counted: np.ndarray
    left_out: np.ndarray
    standing: dict[int, str]
    entries: int

    def page(self, part: str, after: str, size: int) -> tuple[list[int], int | None]:
        """The next ids of a part, and the one after which the following page begins.

        Raises BadParameter.
        """
        if part not in PARTS:
            message = _("“%(value)s” is neither counted nor left_out.") % {"value": part[:40]}
            raise BadParameter("part", message, "bad_part")
        if after and not (after.isascii() and after.isdigit() and len(after) < 19):
            message = _("“%(value)s” is not the number of a row.") % {"value": after[:40]}
            raise BadParameter("after", message, "bad_cursor")
        ids = getattr(self, part)
        start = int(np.searchsorted(ids, int(after or 0), side="right"))
        shown = ids[start : start + size].tolist()
        return shown, shown[-1] if start + size < len(ids) else None

    def reasons(self) -> list[tuple[str, int]]:
        """Why filings are left out: their standing, and how many of each."""
        if not len(self.left_out):
            return []
        found = [self.standing[int(pk)] for pk in self.left_out]
        return [(name, found.count(name)) for name in STANDINGS if name in found]


def behind(compilation: Compilation, name: str, row: str, column: str) -> Behind:
    """The filings behind one cell of a table, or one figure.  Raises NoSuchFigure."""
    if not compilation.keeps_facts:
        raise NoSuchFigure(f"{name}: the list behind this compile is no longer kept")
    facts = facts_of(compilation)
    measures = Measures(facts)
    if name in TABLE and opens(name, row, column):
        inside, counted, entries = _cell(compilation, measures, name, row, column)
    else:
        measure = SINGLE.get((name, row, column), "")
        if measure in NOT_FILINGS:
            raise NoSuchFigure(f"{name}/{row}/{column}")
        counted = measures.mask(measure)
        inside, entries = np.ones(len(counted), bool), int(counted.sum())
    ids, standing = measures.rows["id"], measures.standing
    left_out = ids[inside & ~counted]
    shown = inside | counted
    named = zip(ids[shown].tolist(), standing[shown].tolist(), strict=True)
    standings = {pk: STANDINGS[place] for pk, place in named}
    return Behind(ids[counted], left_out, standings, entries)


def opens(name: str, row: str, column: str) -> bool:
    """Whether filings stand behind the figure, and not a register or ratings."""
    if name in TABLE:
        return bool(TABLE[name].dimension) and not TABLE[name].registered
    return SINGLE.get((name, row, column), "") not in NOT_FILINGS


def _cell(
    compilation: Compilation, measures: Measures, name: str, row: str, column: str
) -> tuple[np.ndarray, np.ndarray, int]:
    table = TABLE[name]
    if not table.dimension:
        raise NoSuchFigure(f"{name}/{row}/{column}")
    chosen = next((one for one in table.columns if one.name == column), None)
    parting = Parting(measures, consult(compilation.region, compilation.days), compilation.days)
    codes = [one.code for one in parting.rows_of[table.dimension]]
    if chosen is None or row not in codes:
        raise NoSuchFigure(f"{name}/{row}/{column}")
    parted = parting.along(table, chosen)
    place, mask = codes.index(row), measures.mask(chosen.measure)
    inside = parted.filings(place, len(measures.rows))
    return inside, inside & mask, parted.counts(mask, len(codes))[place]
