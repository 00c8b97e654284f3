"""Which filings does a figure count, which does it leave out, and why?

Answered from the facts that were kept with the compile, so that the list is the one that was
counted, whatever has become of the filings since.
"""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from agencies.query import BadParameter, row_after
from reports.definitions import INDICATORS, MISSING, TABLE, TOTALS
from reports.measures import Measures
from reports.models import Compilation
from reports.parting import Parting
from reports.pieces import facts_of
from reports.reasons import REASONS, reasons
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
    """The filings that a figure counts or leaves out, in the order of their ids.

    `times` says how often each counts: 0 for one left out, more than once where the figure counts
    what hangs on the filings – items, alerts, cases.  `standing` and `why` are places in STANDINGS
    and REASONS.
    """

    ids: np.ndarray
    times: np.ndarray
    standing: np.ndarray
    why: np.ndarray

    @property
    def counted(self) -> np.ndarray:
        """The ids of the filings counted."""
        return self.ids[self.times > 0]

    @property
    def left_out(self) -> np.ndarray:
        """The ids of the filings left out."""
        return self.ids[self.times == 0]

    @property
    def entries(self) -> int:
        """The figure itself."""
        return int(self.times.sum())

    def at(self, pk: int) -> int | None:
        """The place of a filing in the list; None when it is not there."""
        place = int(np.searchsorted(self.ids, pk))
        return place if place < len(self.ids) and self.ids[place] == pk else None

    def page(self, part: str, after: str, size: int) -> tuple[list[int], int | None]:
        """The next ids of a part, and the one after which the following page begins.

        Raises BadParameter.
        """
        if part not in PARTS:
            message = _("“%(value)s” is neither counted nor left_out.") % {"value": part[:40]}
            raise BadParameter("part", message, "bad_part")
        return page_of(getattr(self, part), after, size)

    def reasons(self) -> list[tuple[str, int]]:
        """Why filings are left out, and how many of each."""
        numbers = np.bincount(self.why[self.times == 0], minlength=len(REASONS)).tolist()
        return [(name, n) for name, n in zip(REASONS, numbers, strict=True) if n]


def page_of(ids: np.ndarray, after: str, size: int) -> tuple[list[int], int | None]:
    """The next of these ids, and the one after which the following page begins.

    Raises BadParameter.
    """
    start = int(np.searchsorted(ids, row_after(after), side="right"))
    shown = ids[start : start + size].tolist()
    return shown, shown[-1] if start + size < len(ids) else None


def behind(compilation: Compilation, name: str, row: str, column: str) -> Behind:
    """The filings behind one cell of a table, or one figure.  Raises NoSuchFigure."""
    if not compilation.keeps_facts:
        raise NoSuchFigure(f"{name}: the list behind this compile is no longer kept")
    measures = Measures(facts_of(compilation))
    if name in TABLE and opens(name, row, column):
        measure, within = _cell(compilation, measures, name, row, column)
    else:
        measure = SINGLE.get((name, row, column), "")
        if measure in NOT_FILINGS:
            raise NoSuchFigure(f"{name}/{row}/{column}")
        within = np.ones(len(measures.rows), np.int64)
    shown = within > 0
    return Behind(
        measures.rows["id"][shown],
        np.where(measures.mask(measure), within, 0)[shown],
        measures.standing[shown],
        reasons(measures, measure)[shown],
    )


def opens(name: str, row: str, column: str) -> bool:
    """Whether filings stand behind the figure, and not a register or ratings."""
    if name in TABLE:
        return bool(TABLE[name].dimension) and not TABLE[name].registered
    return SINGLE.get((name, row, column), "") not in NOT_FILINGS


def _cell(
    compilation: Compilation, measures: Measures, name: str, row: str, column: str
) -> tuple[str, np.ndarray]:
    """What the column of the table counts, and how often each filing stands in the row."""
    table = TABLE[name]
    chosen = next((one for one in table.columns if one.name == column), None)
    parting = Parting(measures, consult(compilation.region, compilation.days), compilation.days)
    codes = [one.code for one in parting.rows_of[table.dimension]]
    if chosen is None or row not in codes:
        raise NoSuchFigure(f"{name}/{row}/{column}")
    parted = parting.along(table, chosen)
    return chosen.measure, parted.times(codes.index(row), len(measures.rows))
