"""From the records of one instant to the figures of one period (product 4).

Periods and months are half-open intervals of explicit instants, every row is ordered by its code
and no figure is a float: equal records give an equal digest on every database and in every time
zone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from agencies.calendar import local_date
from agencies.journal import canonical
from agencies.models import Chain, Region
from reports import pieces
from reports.definitions import VERSION
from reports.facts import Facts, come
from reports.figures import balance, figures_of
from reports.gathering import classify, extent, filings_of, sliced, subject_works, works
from reports.memory import LARGE, give_back
from reports.models import Compilation
from reports.opinions import Heard, hear, told_by
from reports.periods import Period
from reports.registers import consult, officers_at_work, unfiled_draws, unfiled_plans
from reports.snapshots import snapshot
from reports.tallies import count

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one period and region, and where the book stood when they were read.

    `parts` are the facts behind them by bucket, each made as it is taken; where `base` names an
    earlier compile, its other parts hold still.
    """

    figures: dict[str, Any]
    row_count: int
    parts: pieces.Parts
    heads: dict[str, list[Any]]
    heard: Heard
    at_work: dict[int, int]
    base: Compilation | None = None

    def write(self, compilation: Compilation, *, as_of: datetime, at: datetime) -> None:
        """Fill in the compile with what was found."""
        compilation.as_of, compilation.finished_at = as_of, at
        compilation.definitions_version = VERSION
        compilation.figures = self.text()
        compilation.digest = digest_of(compilation.figures)
        compilation.row_count = self.row_count
        compilation.heads, compilation.heard = canonical(self.heads), self.heard.text()
        compilation.at_work = canonical([list(pair) for pair in sorted(self.at_work.items())])
        compilation.recounted = self.base is None

    def text(self) -> str:
        """The one canonical JSON text of the figures."""
        return canonical(self.figures)

    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return digest_of(self.text())


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


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
        ids = (found.low, found.high)
        beside = each(
            [
                counted.count,
                partial(apart_from, region, period, counted),
                partial(officers_at_work, region, period, counted, ids, {}),
            ]
        )
        registers = consult(region, period)
        heard = hear(region, period, local_date(timezone.now()), turns=1 + total // LARGE)
        said = told_by(heard, region, period)
        facts = come(_telling(parts, lambda done: told(done, total) if alone else None), total)
        give_back(total)
        classify([facts], each(subject_works([facts])))
        heads = chain_heads()
        stated, apart, at_work = beside
    told(total, total)
    give_back(total)
    tally = count(facts, registers, period)
    apart |= {"read": len(facts.filings), "officers_idle": idle(at_work)}
    figures = figures_of(tally, registers, said, period, region, apart)
    balance(figures, stated)
    return Found(figures, len(facts.filings), pieces.split(facts), heads, heard, at_work)


def idle(at_work: dict[int, int]) -> int:
    """How many officers have no filing."""
    return sum(1 for filing in at_work.values() if not filing)


def _telling(parts: Iterable[Facts], told: Callable[[int], None]) -> Iterator[Facts]:
    done = 0
    for part in parts:
        yield part
        done += len(part.filings)
        told(done)


def apart_from(region: Region, period: Period, counted: Any) -> dict[str, int]:
    """What is told of the registers beside the tallies of filings."""
    return {
        "drawn_unfiled": unfiled_draws(region, period, counted).count(),
        "plans_unfiled": unfiled_plans(region, period, counted).count(),
    }


def chain_heads() -> dict[str, list[Any]]:
    """Where every chain of the book stands."""
    return {c.key: [c.length, c.head] for c in Chain.objects.order_by("key")}
