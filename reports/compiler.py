"""From the records of one instant to the figures of one period (product 4).

Periods and months are half-open intervals of explicit instants, every row is ordered by its code
and no figure is a float: equal records give an equal digest on every database and in every time
zone.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from agencies.calendar import local_date
from agencies.journal import canonical
from agencies.models import Chain, Region
from filings.models import FilingOfficer
from reports import pieces
from reports.facts import Facts, joined
from reports.figures import balance, figures_of
from reports.gathering import extent, filings_of, sliced, works
from reports.opinions import opinions
from reports.periods import Period
from reports.registers import consult, entries, unfiled_draws, unfiled_plans
from reports.snapshots import snapshot
from reports.tallies import count

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one period and region, and where the book stood when they were read.

    `parts` are the facts behind them by bucket; where `base` names an earlier compile, its other
    parts hold still.  `busy` says of each officer on how many of the filings he or she is.
    """

    figures: dict[str, Any]
    row_count: int
    parts: dict[int, Facts]
    heads: dict[str, list[Any]]
    busy: dict[str, int]
    base: int | None = None

    def text(self) -> str:
        """The one canonical JSON text of the figures."""
        return canonical(self.figures)

    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def compile_figures(period: Period, region: Region, told: Told = lambda done, total: None) -> Found:
    """Every figure of the period for the agencies of `region` and its divisions, recounted.

    Everything is read from one snapshot.  `told` hears how many of how many filings are read.  In a
    caller's transaction it hears nothing while they come, for they come by that connection.  Raises
    Unbalanced.
    """
    alone = not connection.in_atomic_block
    with snapshot() as each:
        here = filings_of(region, period)
        counted = here.counted()
        found = extent(here)
        told(0, total := found.total)
        parts = each(works(sliced(here, found), period))
        members = each(partial(memberships, some) for some in sliced(counted, found))
        registers = consult(region, period)
        said = opinions(region, period, local_date(timezone.now()))
        facts = _together(parts, lambda done: told(done, total) if alone else None)
        busy = dict(sum((Counter(some) for some in members), Counter[str]()))
        apart = apart_from(busy, region, period, counted, len(facts.filings))
        stated = counted.count()
        heads = chain_heads()
    told(total, total)
    tally = count(facts, registers, period)
    figures = figures_of(tally, registers, said, period, region, apart)
    balance(figures, stated)
    return Found(figures, len(facts.filings), pieces.split(facts), heads, busy)


def _together(parts: Iterable[Facts], told: Callable[[int], None]) -> Facts:
    come = []
    for part in parts:
        come.append(part)
        told(sum(len(some.filings) for some in come))
    return joined(come)


def memberships(counted: Any) -> dict[str, int]:
    """On how many of the filings `counted` is each officer who is on any?"""
    members = FilingOfficer.objects.order_by().filter(filing__in=counted)
    return {
        str(officer): n for officer, n in members.values_list("officer").annotate(n=Count("pk"))
    }


def apart_from(
    busy: dict[str, int], region: Region, period: Period, counted: Any, read: int
) -> dict[str, int]:
    """What is told beside the tallies of filings."""
    serving = entries(region, period.last)["officers"].values_list("pk", flat=True)
    return {
        "officers_idle": sum(1 for officer in serving if str(officer) not in busy),
        "drawn_unfiled": unfiled_draws(region, period, counted).count(),
        "plans_unfiled": unfiled_plans(region, period, counted).count(),
        "read": read,
    }


def chain_heads() -> dict[str, list[Any]]:
    """Where every chain of the book stands."""
    return {c.key: [c.length, c.head] for c in Chain.objects.order_by("key")}
