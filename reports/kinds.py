"""Filings that count alike in every figure, put together: a year of millions has a few thousand.

What a figure asks of a filing is asked once of each kind, and weighed with how many there are.
"""

from dataclasses import dataclass

import numpy as np

from reports.facts import BITS, LINKS, Facts
from reports.likeness import few_alike, looked_up, stretches
from reports.measures import TIMES, Measures
from reports.parting import Parted

TOLD = ("status", "trigger", "method", "outcome", "follow_up")
WIDTH = 32
# What a filing is only beside others; the class of its subject is asked by the caps alone.
ONCE = ("visit", "visited_subject", "pair", "shareable_visit")
SAID = np.uint32(sum(bit for name, bit in BITS.items() if not name.startswith("class_")))


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of each filing, how many there are of each, and what can be asked of one of each.

    `every` answers for each filing, where a figure asks for more than its kind.
    """

    of: np.ndarray
    numbers: np.ndarray
    measures: Measures
    every: Measures

    def weighed(self, parted: Parted) -> Parted:
        """Every kind in its row, as many times as it has filings."""
        return Parted(parted.places, None, self.numbers)

    def together(self, parted: Parted) -> Parted:
        """Entries of filings of one kind in one row made one, with their number.

        Left apart where there could be more of these than there are entries.
        """
        rows, size = int(parted.places.max(initial=-1)) + 1, max(len(self.numbers), 1)
        if rows * size > len(parted.places):
            kinds = self.of if parted.filing is None else looked_up(self.of, parted.filing)
            return Parted(parted.places, kinds)
        numbers = np.zeros(rows * size, np.int64)
        for part in stretches(len(parted.places)):
            places = parted.places[part]
            kinds = self.of[part if parted.filing is None else parted.filing[part]]
            inside = places >= 0
            pairs = places[inside].astype(np.int64) * size + kinds[inside]
            numbers += np.bincount(pairs, minlength=len(numbers))
        pairs = np.flatnonzero(numbers)
        return Parted(pairs // size, pairs % size, numbers[pairs])


def kinds_of(facts: Facts) -> Kinds:
    """The kinds of these filings."""
    rows = facts.filings
    size = len(rows)
    places, firsts = few_alike((_said(rows[part]) for part in stretches(size)), size)
    plain = Measures(_only(facts, firsts))
    every, standing = Measures(facts), looked_up(plain.standing, places)
    every.standing = standing
    beside = every.times + 1
    for name in ONCE:
        beside *= 2
        beside += getattr(every, f"is_{name}")
    # What was found out of every filing takes ten bytes for each, and little of it is asked again.
    every = Measures(facts)
    every.standing = standing
    most = (len(TIMES) + 1) << len(ONCE)
    told = (places[part].astype(np.int64) * most + beside[part] for part in stretches(size))
    places, firsts = few_alike(told, size)
    measures = Measures(_only(facts, firsts))
    told_of = beside[firsts]
    for name in reversed(ONCE):
        setattr(measures, f"is_{name}", told_of % 2 == 1)
        told_of //= 2
    measures.times = told_of - 1
    return Kinds(places, np.bincount(places, minlength=len(firsts)), measures, every)


def _said(filings: np.ndarray) -> np.ndarray:
    """All that a filing says of itself as one number."""
    said = (filings["flags"] & SAID).astype(np.int64)
    for name in TOLD:
        said = said * WIDTH + (filings[name] + 1)
    return said


def _only(facts: Facts, places: np.ndarray) -> Facts:
    links = {name: np.zeros(0, kind) for name, kind in LINKS.items()}
    return Facts(facts.filings[places], rules=facts.rules, **links)
