"""Along which dimension is a table parted, and which filing stands in which of its rows?"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reports.caps import GENERAL, USES, uses
from reports.definitions import Column, Table
from reports.facts import (
    CASE_KINDS,
    CASE_OUTCOMES,
    FOLLOW_UP,
    INDUSTRIES,
    METHOD,
    OUTCOME,
    TRIGGER,
    TYPE,
)
from reports.likeness import PLACE, looked_up, marked_places, stretches
from reports.measures import STANDINGS, TIMES, TIMINGS, Measures
from reports.periods import Period
from reports.registers import Registers, Row, codes

NONE = "none"
ONE_BY_ONE = (
    "agency", "region", "month", "type", "industry", "item", "first_item", "alert", "case",
    "cap",
)  # fmt: skip
"""The dimensions, and those that begin so, of which a filing says nothing by its kind."""


@dataclass(frozen=True, slots=True)
class Parted:
    """For each entry the place of its row, -1 for none, and the place of its filing.

    `filing` None says that the entries are the filings themselves.  `numbers` says how often each
    entry counts, once by default.
    """

    places: np.ndarray
    filing: np.ndarray | None = None
    numbers: np.ndarray | None = None

    def counts(self, mask: np.ndarray, rows: int) -> list[int]:
        """How many of the entries whose filing is marked stand in each row?"""
        counts = np.zeros(rows, np.int64)
        for part in stretches(len(self.places)):
            places = self.places[part]
            marked = mask[part if self.filing is None else self.filing[part]] & (places >= 0)
            weights = None if self.numbers is None else self.numbers[part][marked]
            counts += np.bincount(places[marked], weights, rows).astype(np.int64)
        return counts.tolist()

    def times(self, row: int, size: int) -> np.ndarray:
        """How often has each of the `size` filings an entry in the row?"""
        here = self.places == row
        if self.filing is None:
            return here.astype(np.int64)
        weights = None if self.numbers is None else self.numbers[here]
        return np.bincount(self.filing[here], weights, size).astype(np.int64)


class Parting:
    """Every dimension of one compile."""

    def __init__(self, measures: Measures, registers: Registers, period: Period) -> None:
        self.measures, self.registers, self.period = measures, registers, period
        self.rows_of = rows_by_code(registers, period, measures.facts.rules)

    def along(self, table: Table, column: Column) -> Parted:
        """How the column of the table is parted."""
        return self.by(column.along or table.dimension)

    def by(self, name: str) -> Parted:
        """How the filings are parted along the dimension."""
        return _WAYS[name](self)

    def _of_agency(self) -> Parted:
        return Parted(_through(list(self.registers.agencies), self.measures.rows["agency"]))

    def _of_region(self) -> Parted:
        place = {row.code: index for index, row in enumerate(self.registers.regions)}
        regions = self.registers.region_of
        of_agency = np.array([place[regions[pk]] for pk in self.registers.agencies], PLACE)
        places = _through(list(regions), self.measures.rows["agency"])
        return Parted(looked_up(of_agency, places))

    def _of_item(self) -> Parted:
        links = self.measures.facts.items
        return Parted(_through(list(self.registers.items), links["item"]), links["filing"])

    def _of_first_item(self) -> Parted:
        """The items are in the order of their codes, so the lowest place is the lowest code."""
        every = self._of_item()
        none = len(self.registers.items)
        lowest = np.full(len(self.measures.rows), none, PLACE)
        np.minimum.at(lowest, every.filing, every.places)
        return Parted(lowest)

    @cached_property
    def _uses(self) -> list[tuple[str, dict[str, np.ndarray]]]:
        """Each cap by its code with the filings that stand for its uses."""
        return [(cap.code, uses(self.measures, cap)) for cap in self.registers.caps]

    def _of_cap(self, use: str) -> Parted:
        rows = [row.code for row in self.rows_of["cap"]]
        found = [(rows.index(code), marked_places(of[use])) for code, of in self._uses]
        places = [np.full(len(filings), row, PLACE) for row, filings in found]
        filings = [filings for _row, filings in found]
        nothing = np.zeros(0, PLACE)
        return Parted(np.concatenate([nothing, *places]), np.concatenate([nothing, *filings]))

    def _of_agency_cap(self, use: str) -> Parted:
        """The uses of the general cap by agency; each agency has it once."""
        used = np.zeros(len(self.measures.rows), bool)
        for code, of in self._uses:
            if code == GENERAL:
                used |= of[use]
        filings = marked_places(used)
        agencies = self.measures.rows["agency"][filings]
        return Parted(_through(list(self.registers.agencies), agencies), filings)

    def _plain(self, name: str) -> Parted:
        return Parted(self.measures.rows[name])

    def _or_none(self, name: str, none: int) -> Parted:
        places = self.measures.rows[name]
        return Parted(np.where(places < 0, places.dtype.type(none), places))

    def _of_alert(self, handled: int | None = None) -> Parted:
        links = self.measures.facts.alerts
        places = links["rule"].astype(np.int64)
        if handled is not None:
            places = np.where(links["handled"] == handled, places, -1)
        return Parted(places, links["filing"])

    def _of_case(self, outcome: int | None = None) -> Parted:
        links = self.measures.facts.cases
        places = links["kind"].astype(np.int64)
        if outcome is not None:
            places = np.where(links["outcome"] == outcome, places, -1)
        return Parted(places, links["filing"])


def rows_by_code(registers: Registers, period: Period, rules: list[str]) -> dict[str, list[Row]]:
    """The rows of every dimension; `rules` are those by which alerts were raised."""
    agencies = list(registers.agencies.values())
    items = list(registers.items.values())
    return {
        "standing": codes(STANDINGS),
        "agency": agencies,
        "region": registers.regions,
        "month": codes(period.months),
        "type": codes(TYPE.codes),
        "trigger": codes(TRIGGER.codes),
        "method": codes(METHOD.codes),
        "industry": codes([*INDUSTRIES, NONE]),
        "timing": codes(TIMINGS),
        "item": [*items, Row(NONE, "")],
        "outcome": codes([*OUTCOME.codes, NONE]),
        "follow_up": codes(FOLLOW_UP.codes),
        "times": codes(TIMES),
        "alert": codes(rules),
        "case": codes(CASE_KINDS),
        "cap": list({cap.code: Row(cap.code, cap.name) for cap in registers.caps}.values()),
    }


def _of_outcome(outcome: int) -> Callable[[Parting], Parted]:
    return lambda parting: parting._of_case(outcome)


def _of_use(use: str) -> Callable[[Parting], Parted]:
    return lambda parting: parting._of_cap(use)


def _of_agency_use(use: str) -> Callable[[Parting], Parted]:
    return lambda parting: parting._of_agency_cap(use)


def _through(keys: list[int], wanted: np.ndarray) -> np.ndarray:
    """For each wanted key its place among `keys`, which are those of a register and so not many."""
    place = np.zeros(max(keys, default=0) + 1, PLACE)
    place[keys] = np.arange(len(keys))
    return looked_up(place, wanted)


_WAYS: dict[str, Callable[[Parting], Parted]] = {
    "standing": lambda p: Parted(p.measures.standing),
    "agency": Parting._of_agency,
    "region": Parting._of_region,
    "month": lambda p: p._plain("month"),
    "type": lambda p: p._plain("type"),
    "trigger": lambda p: p._plain("trigger"),
    "method": lambda p: p._plain("method"),
    "industry": lambda p: p._or_none("industry", len(INDUSTRIES)),
    "timing": lambda p: Parted(p.measures.timing),
    "item": Parting._of_item,
    "first_item": Parting._of_first_item,
    "outcome": lambda p: p._or_none("outcome", len(OUTCOME.codes)),
    "follow_up": lambda p: p._plain("follow_up"),
    "times": lambda p: Parted(p.measures.times),
    "alert": Parting._of_alert,
    "alert_handled": lambda p: p._of_alert(1),
    "alert_open": lambda p: p._of_alert(0),
    "case": Parting._of_case,
    **{f"cap_{use}": _of_use(use) for use in USES},
    **{f"agency_cap_{use}": _of_agency_use(use) for use in USES},
    **{f"case_{name}": _of_outcome(place) for place, name in enumerate(CASE_OUTCOMES)},
}
