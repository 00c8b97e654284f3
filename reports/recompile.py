"""A compile from the one before: only the filings that changed are read again.

Their subjects and visits are closed over first, since some figures count subjects, visits and how
often an agency came: what is outside the closed set counts as it did.
"""

import json
from typing import Any

import numpy as np
from django.utils import timezone

from agencies.calendar import local_date
from reports import changes, pieces
from reports.compiler import Found, Told, apart_from, chain_heads, memberships
from reports.facts import Facts, joined
from reports.figures import balance, figures_of
from reports.gathering import filings_of, gather
from reports.measures import Measures
from reports.models import Compilation
from reports.opinions import opinions
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
        changed = changes.since(json.loads(earlier.heads))
        if changed is None or len(changed) > max(FEW, (earlier.row_count or 0) // 5):
            return None
        here = filings_of(region, period)
        old = pieces.facts_of(earlier, {pieces.bucket_of(pk) for pk in changed})
        before = old.taken(np.isin(old.filings["id"], list(changed)))
        around = _closed(here, changed, before)
        told(0, len(around))
        after = gather(here.filter(pk__in=around), period)
        said = opinions(region, period, local_date(timezone.now()))
        registers = consult(region, period)
        moved = np.isin(after.filings["id"], list(changed))
        busy = _busy(earlier, before, after.taken(moved))
        read = (earlier.row_count or 0) - len(before.filings) + int(moved.sum())
        apart = apart_from(busy, region, period, here.counted(), read)
        heads = chain_heads()
    told(len(around), len(around))
    gone = joined([after.taken(~moved), before])
    tally = recalled(earlier.found()).adjusted(
        count(gone, registers, period), count(after, registers, period)
    )
    figures = figures_of(tally, registers, said, period, region, apart)
    balance(figures, tally.numbers["count"])
    parts = _parts(old, changed, after.taken(moved))
    return Found(figures, read, parts, heads, busy, earlier.pk)


def _closed(here: Any, changed: set[int], before: Facts) -> set[int]:
    """The changed filings with every filing of the same subjects and visits, and of theirs."""
    subjects = set(before.filings["subject"].tolist())
    visits = set(before.filings["visit"].tolist()) - {0}
    around: set[int] = set()
    fresh = list(here.filter(pk__in=changed).values_list("pk", "subject", "visit"))
    while fresh:
        around |= {pk for pk, _, _ in fresh}
        subjects |= {subject for _, subject, _ in fresh}
        visits |= {visit for _, _, visit in fresh} - {None}
        columns = ("pk", "subject", "visit")
        found = {
            *here.filter(subject__in=subjects).values_list(*columns),
            *here.filter(visit__in=visits).values_list(*columns),
        }
        fresh = [row for row in found if row[0] not in around]
        if all(row[1] in subjects and (row[2] is None or row[2] in visits) for row in fresh):
            return around | {row[0] for row in fresh}
    return around


def _busy(earlier: Compilation, before: Facts, after: Facts) -> dict[str, int]:
    """On how many filings each officer is, after some began to count and some ceased to."""
    was = set(before.filings["id"][Measures(before).is_count].tolist())
    now = set(after.filings["id"][Measures(after).is_count].tolist())
    busy = json.loads(earlier.busy)
    for ids, sign in ((now - was, 1), (was - now, -1)):
        for officer, number in memberships(ids).items():
            busy[officer] = busy.get(officer, 0) + sign * number
    return {officer: number for officer, number in busy.items() if number}


def _parts(old: Facts, changed: set[int], after: Facts) -> dict[int, Facts]:
    """The pieces to be written anew: those in which a filing changed, came or went."""
    kept = old.taken(~np.isin(old.filings["id"], list(changed)))
    fresh = pieces.split(joined([kept, after]))
    emptied = {pieces.bucket_of(pk) for pk in old.filings["id"].tolist()} - set(fresh)
    nothing = old.taken(np.zeros(len(old.filings), bool))
    return fresh | dict.fromkeys(emptied, nothing)
