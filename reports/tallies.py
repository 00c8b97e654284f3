"""How many filings stand in each cell: numbers that can be added to and taken from.

A tally of some filings is right only when every filing of the same subject, and of the same visit,
is among them; then the tallies of several such sets add up to that of all.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.definitions import INDICATORS, MISSING, TABLES, TOTALS
from reports.facts import Facts
from reports.kinds import Kinds, kinds_of
from reports.likeness import STRETCH
from reports.memory import give_back
from reports.parting import ONE_BY_ONE, Parted, Parting
from reports.periods import Period
from reports.registers import Registers

FREQUENCY = ("visit_cap_reached", "visits_crowded")
OF_REGISTERS = {"officers", "officers_certified"}
OF_RATINGS = {"rated", "bad_rating", "bad_rating_case", "bad_rating_checked"}
OF_ALERTS = {
    "alerts_raised",
    "alerts_handled",
    "frequency_alerts_raised",
    "frequency_alerts_handled",
}
NUMBERS = (
    {
        *(one.measure for one in (*TOTALS, *MISSING) if one.measure),
        *(name for one in INDICATORS for name in (one.numerator, one.denominator)),
    }
    - OF_REGISTERS
    - OF_RATINGS
)

ALONG = [table for table in TABLES if table.dimension and not table.registered]


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of each cell by table, column and row, and of each measure by name."""

    cells: dict[str, dict[str, Counter[str]]]
    numbers: Counter[str]

    def adjusted(self, gone: "Tally", come: "Tally") -> "Tally":
        """This tally after some filings went and others came."""
        cells = {
            table: {
                column: _nonzero(
                    _moved(counts, gone.cells[table][column], come.cells[table][column])
                )
                for column, counts in columns.items()
            }
            for table, columns in self.cells.items()
        }
        return Tally(cells, _moved(self.numbers, gone.numbers, come.numbers))


def _moved(held: Counter[str], gone: Counter[str], come: Counter[str]) -> Counter[str]:
    moved = Counter(held)
    moved.update(come)
    moved.subtract(gone)
    return moved


def _nonzero(counts: Counter[str]) -> Counter[str]:
    """A row of nothing is no row: of a rule by which no alert is left, nothing is told."""
    return Counter({code: n for code, n in counts.items() if n})


def count(facts: Facts, registers: Registers, period: Period) -> Tally:
    """The tally of these filings."""
    kinds = kinds_of(facts)
    give_back(len(facts.filings))
    ways = _Ways(kinds, registers, period)
    cells: dict[str, dict[str, Counter[str]]] = {}
    for table in ALONG:
        rows = ways.rows_of[table.dimension]
        cells[table.name] = {
            column.name: _by_code(
                rows,
                ways.by(column.along or table.dimension).counts(
                    kinds.measures.mask(column.measure), len(rows)
                ),
            )
            for column in table.columns
        }
    alerts = _alerts(facts)
    numbers = {
        name: int(kinds.numbers[kinds.measures.mask(name)].sum()) for name in NUMBERS - OF_ALERTS
    }
    return Tally(cells, Counter(numbers | alerts))


class _Ways:
    """Every dimension of one compile, with the kinds of filings in each row of it."""

    def __init__(self, kinds: Kinds, registers: Registers, period: Period) -> None:
        self._kinds = kinds
        self._alike = Parting(kinds.measures, registers, period)
        self._single = Parting(kinds.every, registers, period)
        self._made: dict[str, Parted] = {}
        self.rows_of = self._single.rows_of

    def by(self, name: str) -> Parted:
        """The kinds in each row of the dimension."""
        if name in self._made:
            return self._made[name]
        if name.startswith(ONE_BY_ONE):
            made = self._kinds.together(self._single.by(name))
        else:
            made = self._kinds.weighed(self._alike.by(name))
        # The items of a large year, each for itself, are too much to be held till the end.
        if len(made.places) <= STRETCH:
            self._made[name] = made
        return made


def _by_code(rows: list[Any], counts: list[int]) -> Counter[str]:
    return Counter({row.code: n for row, n in zip(rows, counts, strict=True) if n})


def _alerts(facts: Facts) -> dict[str, int]:
    """How many alerts were raised and handled, and how many of them on too many visits."""
    places = [place for place, code in enumerate(facts.rules) if code in FREQUENCY]
    often = np.isin(facts.alerts["rule"], places)
    handled = facts.alerts["handled"] == 1
    return {
        "alerts_raised": len(facts.alerts),
        "alerts_handled": int(handled.sum()),
        "frequency_alerts_raised": int(often.sum()),
        "frequency_alerts_handled": int((often & handled).sum()),
    }


def recalled(figures: dict[str, Any]) -> Tally:
    """The tally from which published figures were written."""
    cells = {
        table.name: {
            column.name: Counter(
                {row["code"]: row[column.name] or 0 for row in figures["tables"][table.name]}
            )
            for column in table.columns
        }
        for table in ALONG
    }
    known = {one.measure: figures["totals"][one.name] for one in TOTALS if one.measure}
    missing = {row["code"]: row["count"] for row in figures["missing"]}
    known |= {one.measure: missing[one.name] for one in MISSING if one.measure}
    for one, row in zip(INDICATORS, figures["indicators"], strict=True):
        known |= {one.numerator: row["numerator"], one.denominator: row["denominator"]}
    return Tally(cells, Counter({name: known[name] for name in NUMBERS}))
