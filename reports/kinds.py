"""Filings that count alike in every figure, put together: a year of millions has a few thousand.

What a figure asks of a filing is asked once of each kind, and weighed with how many there are.
"""

from dataclasses import dataclass

import numpy as np

from reports.facts import BITS, LINKS, Facts
from reports.likeness import CLOSE, few_alike
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

        Left apart where there are more rows and kinds than entries.
        """
        kinds = self.of if parted.filing is None else self.of[parted.filing]
        inside, size = parted.places >= 0, max(len(self.numbers), 1)
        places, kinds = parted.places[inside], kinds[inside]
        if (int(places.max(initial=0)) + 1) * size > CLOSE * len(places):
            return Parted(places, kinds)
        numbers = np.bincount(places.astype(np.int64) * size + kinds)
        pairs = np.flatnonzero(numbers)
        return Parted(pairs // size, pairs % size, numbers[pairs])


def kinds_of(facts: Facts) -> Kinds:
    """The kinds of these filings."""
    places, firsts = few_alike(_said(facts))
    plain = Measures(_only(facts, firsts))
    every = Measures(facts)
    every.standing = plain.standing.astype(np.int8)[places]
    ranks = {name: getattr(every, f"is_{name}") for name in ONCE}
    beside = every.times.astype(np.int64) + 1
    for mask in ranks.values():
        beside = beside * 2 + mask
    size = (len(TIMES) + 1) << len(ranks)
    places, firsts = few_alike(places.astype(np.int64) * size + beside)
    measures = Measures(_only(facts, firsts))
    measures.times = every.times[firsts]
    for name, mask in ranks.items():
        setattr(measures, f"is_{name}", mask[firsts])
    return Kinds(places, np.bincount(places, minlength=len(firsts)), measures, every)


def _said(facts: Facts) -> np.ndarray:
    """All that a filing says of itself as one number."""
    said = (facts.filings["flags"] & SAID).astype(np.int64)
    for name in TOLD:
        said = said * WIDTH + (facts.filings[name] + 1)
    return said


def _only(facts: Facts, places: np.ndarray) -> Facts:
    links = {name: np.zeros(0, kind) for name, kind in LINKS.items()}
    return Facts(facts.filings[places], rules=facts.rules, **links)
