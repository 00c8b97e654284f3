"""Which filings count otherwise because others changed, and what is known of them now?

Some figures count subjects, visits and how often an agency came.  A filing enters these by what is
seen of it here; as long as none of that changes, those of its subject and visit count as before.
"""

from functools import partial
from typing import Any

import numpy as np

from reports.caps import visited
from reports.facts import NEVER, Facts, joined
from reports.gathering import gather, named
from reports.likeness import Mask, different, places_among
from reports.measures import Measures
from reports.periods import Period
from reports.reading import read
from reports.registers import Registers
from reports.snapshots import Each

COLUMNS = {"subject_id": "i4"}
TOLD = ("agency", "subject", "visit", "month", "method", "trigger")


def asks_items(registers: Registers) -> bool:
    """Does a cap ask what items were announced?"""
    return any(cap.items for cap in registers.caps)


def moved(before: Facts, now: Facts, registers: Registers) -> tuple[Mask, Mask]:
    """Of the filings as they were and as they are, which are seen otherwise by others?

    Where a cap asks for items everything that changed is taken to be.
    """
    if asks_items(registers):
        return np.ones(len(before.filings), bool), np.ones(len(now.filings), bool)
    place = places_among(before.filings["id"], now.filings["id"])
    there = np.flatnonzero(place >= 0)
    same = (_seen(now)[there] == _seen(before)[place[there]]).all(axis=1)
    was, is_now = np.ones(len(before.filings), bool), np.ones(len(now.filings), bool)
    is_now[there[same]] = was[place[there[same]]] = False
    return was, is_now


def _seen(facts: Facts) -> np.ndarray:
    measures, rows = Measures(facts), facts.filings
    marks = (measures.is_count, measures.is_arrived, visited(rows), facts.flag("joint"))
    columns = [rows[name] for name in TOLD]
    return np.stack([*columns, *marks, measures.credit_class], axis=1)


def neighbours(
    each: Each, here: Any, period: Period, changed: tuple[np.ndarray, ...], *, bare: bool
) -> Facts:
    """The filings in `here` that share a subject or a visit with those changed, or with such a one.

    With the changed ones among them; `bare` without their results, items, alerts and cases.
    """
    subjects = fresh = _keys("subject", *changed)
    asked = np.zeros(0, subjects.dtype)
    visits = _keys("visit", *changed)
    parts = []
    while len(fresh):
        parts.append(gather(each, named(here, "subject", fresh), period, bare=bare))
        visits = different(np.concatenate([visits, parts[-1].filings["visit"]]))
        visits = visits[(visits != NEVER) & (places_among(asked, visits) < 0)]
        asked = different(np.concatenate([asked, visits]))
        looking = (partial(read, some, COLUMNS) for some in named(here, "visit", visits))
        sharing = each(looking)
        found = _keys("subject_id", *sharing)
        fresh = found[places_among(subjects, found) < 0]
        subjects = different(np.concatenate([subjects, fresh]))
    return joined(parts)


def _keys(name: str, *rows: np.ndarray) -> np.ndarray:
    return different(np.concatenate([np.zeros(0, "i4"), *(some[name] for some in rows)]))
