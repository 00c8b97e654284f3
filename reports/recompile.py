"""A compile from the one before: what is read and counted follows the change, not the year.

The changed filings are read again and their earlier facts taken from the pieces kept.  Those that
share a subject or a visit with one that others see differently now are read too, for some figures
count subjects, visits and how often an agency came.  Both are counted as they were and as they are;
what is outside counts as it did.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from django.utils import timezone

from agencies.calendar import local_date
from filings.models import Filing, Rating
from reports import around, changes, pieces
from reports.compiler import Found, Told, apart_from, chain_heads, idle
from reports.facts import NOTHING, Facts, joined
from reports.figures import balance, figures_of
from reports.gathering import filings_of, gather, named
from reports.likeness import Mask, different, places_among
from reports.models import Compilation
from reports.opinions import SILENCE, Heard, hear, told_by
from reports.reading import read
from reports.registers import Registers, consult, officers_at_work
from reports.snapshots import Each, snapshot
from reports.tallies import count, recalled

FEW = 1000
DEAR = 8000
"""How many kept filings are opened in the time in which one subject's are asked for."""


def adjusted(
    earlier: Compilation, told: Told = lambda done, total: None, *, anyway: bool = True
) -> Found | None:
    """The figures now, from those of `earlier` and what has changed since; equal to a recount.

    None when the change is too large, or of a kind that only a full recount can count; and, but for
    `anyway`, when no filing or rating changed.  Raises Unbalanced.
    """
    with snapshot() as each:
        earlier = Compilation.every.select_related("region").get(pk=earlier.pk)
        period, region = earlier.days, earlier.region
        since = changes.since(json.loads(earlier.heads))
        if since is None or len(since.filings) > max(FEW, (earlier.row_count or 0) // 5):
            return None
        if not anyway and not len(since.filings) and not len(since.ratings):
            return None
        if len(since.filings) > FEW:
            told(0, len(since.filings))
        here, ids = filings_of(region, period).counted(), _span(earlier, since.filings)
        known = _at_work(earlier, since.filings)
        works = (
            partial(consult, region, period),
            partial(apart_from, region, period, here),
            partial(officers_at_work, region, period, here, ids, known),
        )
        beside = each(works)
        changed = _changed(each, earlier, since.filings)
        registers = next(beside)
        stayed = _beside(each, earlier, changed, registers)
        heard = _heard(earlier, since.ratings, local_date(timezone.now()))
        said = told_by(heard, region, period)
        heads = chain_heads()
        apart, at_work = beside
    told(len(since.filings), len(since.filings))
    tally = recalled(earlier.found()).adjusted(
        count(joined([stayed, changed.before]), registers, period),
        count(joined([stayed, changed.now]), registers, period),
    )
    read = (earlier.row_count or 0) + len(changed.now.filings) - len(changed.before.filings)
    apart |= {"read": read, "officers_idle": idle(at_work)}
    figures = figures_of(tally, registers, said, period, region, apart)
    balance(figures, tally.numbers["count"])
    return Found(figures, read, changed.parts(), heads, heard, at_work, earlier)


@dataclass(frozen=True, slots=True)
class _Changed:
    """The changed filings as they were and as they are.

    `kept` has all that the pieces hold in which one of them was; `left` marks the others there.
    """

    ids: np.ndarray
    before: Facts
    now: Facts
    kept: Facts
    left: Mask

    def parts(self) -> pieces.Parts:
        """The pieces to be written anew: those in which a filing changed, came or went."""
        gone, come = (pieces.buckets_of(some.filings) for some in (self.before, self.now))
        fresh = dict(pieces.split(joined([self.kept.taken(self.left), self.now])))
        touched = {*gone.tolist(), *come.tolist()}
        return ((bucket, fresh.get(bucket, NOTHING)) for bucket in sorted(touched))


def _changed(each: Each, earlier: Compilation, touched: np.ndarray) -> _Changed:
    period, here = earlier.days, filings_of(earlier.region, earlier.days)
    ids = _with_visits(here, touched)
    kept = pieces.facts_of(earlier, different(ids >> pieces.SHIFT))
    left = places_among(ids, kept.filings["id"]) < 0
    now = gather(each, named(here, "pk", ids), period)
    return _Changed(ids, kept.taken(~left), now, kept, left)


def _beside(each: Each, earlier: Compilation, changed: _Changed, registers: Registers) -> Facts:
    """Those around the changed filings that stayed as they were."""
    were, are = around.moved(changed.before, changed.now, registers)
    rows = (changed.before.filings[were], changed.now.filings[are])
    bare = not around.asks_items(registers)
    if sum(len(some) for some in rows) * DEAR < (earlier.row_count or 0):
        here = filings_of(earlier.region, earlier.days)
        found = around.neighbours(each, here, earlier.days, rows, bare=bare)
    else:
        found = pieces.facts_around(each, earlier, rows, bare=bare)
    return found.taken(places_among(changed.ids, found.filings["id"]) < 0)


def _with_visits(here: Any, touched: np.ndarray) -> np.ndarray:
    """The filings touched, and those that share a visit with one of them."""
    visiting = Filing.objects.order_by().filter(visit__isnull=False)
    visits = [read(some, {"visit_id": "i4"}) for some in named(visiting, "pk", touched)]
    keys = different(np.concatenate([np.zeros(0, "i4"), *(rows["visit_id"] for rows in visits)]))
    shared = [read(some, {"pk": "i8"})["pk"] for some in named(here, "visit", keys)]
    return different(np.concatenate([touched, *shared]))


def _heard(earlier: Compilation, came: np.ndarray, today: date) -> Heard:
    """What ratings say now: they go on from the earlier compile, if none that came is older."""
    kept = Heard.of(earlier.heard)
    late = Rating.objects.order_by().filter(rated_on__gte=kept.until)
    late_ones = sum(some.count() for some in named(late, "pk", came))
    if late_ones < len(came) or today < kept.until:
        kept = SILENCE
    return hear(earlier.region, earlier.days, today, kept)


def _at_work(earlier: Compilation, touched: np.ndarray) -> dict[int, int]:
    """The officers of whom a filing was known that has not been touched since."""
    gone = set(touched.tolist())
    kept = json.loads(earlier.at_work or "[]")
    return {officer: filing for officer, filing in kept if filing not in gone}


def _span(earlier: Compilation, touched: np.ndarray) -> tuple[int, int]:
    """From which id to which the filings can be."""
    low, high = pieces.span(earlier)
    return int(touched.min(initial=low)), int(touched.max(initial=high))
