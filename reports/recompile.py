"""A compile from the one before: only the filings that changed are read again.

Some figures count subjects, visits and how often an agency came, so the changed filings are counted
with all that share a subject or a visit with them, taken from the facts that the earlier compile
kept: what is outside that set counts as it did.
"""

import json
from typing import Any

import numpy as np
from django.utils import timezone

from agencies.calendar import local_date
from filings.models import Filing
from reports import changes, pieces
from reports.compiler import Found, Told, apart_from, chain_heads
from reports.facts import NEVER, Facts, joined
from reports.figures import balance, figures_of
from reports.gathering import filings_of, gather
from reports.models import Compilation
from reports.opinions import opinions
from reports.periods import Period
from reports.reading import among
from reports.registers import consult
from reports.snapshots import snapshot
from reports.tallies import count, recalled

FEW = 1000


def adjusted(earlier: Compilation, told: Told = lambda done, total: None) -> Found | None:
    """The figures now, from those of `earlier` and what has changed since; equal to a recount.

    None when the change is too large, or of a kind that only a full recount can count.  Raises
    Unbalanced.
    """
    period, region = earlier.days, earlier.region
    with snapshot():
        touched = changes.since(json.loads(earlier.heads))
        if touched is None or len(touched) > max(FEW, (earlier.row_count or 0) // 5):
            return None
        here = filings_of(region, period)
        today = local_date(timezone.now())
        old = pieces.facts_of(earlier)
        now = _read(here, period, touched, told)
        changed = np.union1d(now.filings["id"], np.fromiter(touched, np.int64))
        again = np.isin(old.filings["id"], changed)
        before = old.taken(again)
        said, registers = opinions(region, period, today), consult(region, period)
        read = (earlier.row_count or 0) - len(before.filings) + len(now.filings)
        apart = apart_from(region, period, here.counted(), _range(old, now)) | {"read": read}
        heads = chain_heads()
    told(len(touched), len(touched))
    beside = old.taken(_around(old.filings, before.filings, now.filings) & ~again)
    tally = recalled(earlier.found()).adjusted(
        count(joined([beside, before]), registers, period),
        count(joined([beside, now]), registers, period),
    )
    figures = figures_of(tally, registers, said, period, region, apart)
    balance(figures, tally.numbers["count"])
    return Found(figures, read, _parts(old, again, now), heads, earlier.pk)


def _read(here: Any, period: Period, touched: set[int], told: Told) -> Facts:
    """What holds now of the filings touched, and of those that share a visit with one of them."""
    told(0, len(touched))
    visits = Filing.objects.filter(pk__in=among(touched), visit__isnull=False).values("visit")
    shared = here.filter(visit__in=visits).values_list("pk", flat=True)
    return gather(here.filter(pk__in=among(touched.union(shared))), period)


def _around(rows: np.ndarray, *moved: np.ndarray) -> np.ndarray:
    """Which rows share a subject or a visit with one of those that moved, or with such a row."""
    subjects = np.unique(np.concatenate([some["subject"] for some in moved]))
    visits = np.unique(np.concatenate([some["visit"] for some in moved]))
    while True:
        near = np.isin(rows["subject"], subjects)
        near |= np.isin(rows["visit"], visits[visits != NEVER])
        grown = np.unique(rows["subject"][near]), np.unique(rows["visit"][near])
        known = len(subjects), len(visits)
        subjects, visits = np.union1d(subjects, grown[0]), np.union1d(visits, grown[1])
        if (len(subjects), len(visits)) == known:
            return near


def _range(*facts: Facts) -> tuple[int, int]:
    """From which id to which the filings are."""
    ids = np.concatenate([some.filings["id"] for some in facts])
    return int(ids.min(initial=0)), int(ids.max(initial=-1))


def _parts(old: Facts, again: np.ndarray, now: Facts) -> dict[int, Facts]:
    """The pieces to be written anew: those in which a filing changed, came or went."""
    gone, come = (pieces.buckets_of(some) for some in (old.filings[again], now.filings))
    touched = np.union1d(gone, come)
    kept = old.taken(np.isin(old.filings["id"] >> pieces.SHIFT, touched) & ~again)
    fresh = pieces.split(joined([kept, now]))
    nothing = old.taken(np.zeros(len(old.filings), bool))
    return dict.fromkeys(set(touched.tolist()) - set(fresh), nothing) | fresh
