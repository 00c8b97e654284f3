"""A compile after one day's changes beside a full recount, both from the order to the figures."""

import secrets
import time
from typing import Any

from benchmarks import scratch
from benchmarks.report import Result, middle

DAYS = 365
RUN = secrets.token_hex(3)
FOLDS = 120
"""Five minutes each in a working day of ten hours."""
WHY = (
    "the changed filings are read from six tables; registers, figures and job cost the same always"
)
# One day: for each new filing two that were filed in the last days are changed.
CHANGED = """
UPDATE filings_result SET complete_record = NOT complete_record WHERE filing_id IN (
  SELECT f.id FROM filings_filing f JOIN filings_result r ON r.filing_id = f.id
  WHERE f.origin = 'native' AND f.number IS NOT NULL
  ORDER BY f.dated_at DESC, f.id OFFSET %(skip)s LIMIT %(many)s
) RETURNING filing_id
"""
NEW = """
INSERT INTO filings_filing ({columns}) SELECT {values} FROM filings_filing f
WHERE f.origin = 'native' AND f.number IS NOT NULL AND NOT f.number LIKE '%%-bench%%'
ORDER BY f.dated_at DESC, f.id OFFSET %(skip)s LIMIT %(many)s RETURNING id
"""


def measure(size: str, runs: int) -> list[Result]:
    """Seconds of all sides; the digests must agree after every day."""
    scratch.filled(size)
    compiled(full=True)
    few = scratch.SIZES[size]["filings"] // DAYS
    once, last, folding, theirs = [], [], [], []
    for run in range(runs):
        _pass(few, skip=4 * run * few)
        once.append(_adjusted())
        theirs.append(_recounted(once[-1]))
        folding.append(_folded_day(few, skip=(4 * run + 2) * few))
        last.append(_adjusted())
        theirs.append(_recounted(last[-1]))
    full = middle(theirs)
    day = f"{few:,} new and {2 * few:,} changed filings; every compile published"
    folds = f"counted as they came in {FOLDS} parts, the last with the order"
    cost = middle(folding)
    results = [
        _beside("recompile", size, once, full, f"{day}; {WHY}"),
        _beside(
            "recompile folded", size, last, full, f"{day}; {folds}; the others took {cost:.1f} s"
        ),
    ]
    if size == "s":
        whole = "a full recount, job and publication included"
        results.append(Result("order", size, "one second", "s", full, 1, at_most=1, note=whole))
    return results


def _beside(name: str, size: str, ours: list[Any], full: float, note: str) -> Result:
    seconds = middle([seconds for seconds, _digest in ours])
    return Result(name, size, "a full recount", "s", seconds, full, at_most=0.01, note=note)


def _adjusted() -> tuple[float, str]:
    seconds, digest, recounted = compiled(full=False)
    if recounted:
        raise AssertionError("every filing was read again")
    return seconds, digest


def _recounted(found: tuple[float, str]) -> float:
    seconds, digest, _ = compiled(full=True)
    if digest != found[1]:
        raise AssertionError("the two sides have different figures")
    return seconds


def _folded_day(few: int, skip: int) -> float:
    """A day whose changes are counted as they come, but for the last part; the seconds of that."""
    from django.utils import timezone

    from reports import folding

    seconds = 0.0
    for part in range(FOLDS):
        begin, end = (few * edge // FOLDS for edge in (part, part + 1))
        _pass(end - begin, skip=skip + 2 * begin)
        if part < FOLDS - 1:
            began = time.perf_counter()
            folding.fold(clock=timezone.now)
            seconds += time.perf_counter() - began
    return seconds


def compiled(*, full: bool) -> tuple[float, str, bool]:
    """Order and run a compile: its seconds, its digest, and whether all was read."""
    from django.utils import timezone

    from agencies.journal import Actor
    from agencies.models import Region
    from reports import actions
    from reports.periods import of_year

    region, by = Region.objects.get(code="220200"), Actor("benchmarks")
    began = time.perf_counter()
    ordered = actions.order(of_year(scratch.YEAR), region, by=by, at=timezone.now(), full=full)
    done = actions.run(ordered.job_id, clock=timezone.now)
    return time.perf_counter() - began, done.digest, done.recounted


def _pass(few: int, skip: int) -> None:
    """What a day or a part of it brings, each filing with its event."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGED, {"skip": skip, "many": 2 * few})
        touched = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_new(skip), {"skip": skip, "many": few})
        touched += [pk for (pk,) in cursor.fetchall()]
        _tell(touched)


def _new(skip: int) -> str:
    """Copies of filings as new ones, under numbers and codes of their own and without a visit."""
    from filings.models import Filing

    own = {
        "number": f"f.number || '-bench{RUN}-{skip}'",
        "code_digest": f"encode(sha256((f.code_digest || '-{RUN}-{skip}')::bytea), 'hex')",
        "visit_id": "NULL",
    }
    columns, values = scratch.copied(Filing, own)
    return NEW.format(columns=columns, values=values)


def _tell(touched: list[int]) -> None:
    from django.utils import timezone

    from agencies import journal
    from filings.models import Filing
    from reports.reading import among

    told: dict[str, list] = {}
    for filing in Filing.objects.filter(pk__in=among(touched)).select_related("agency"):
        told.setdefault(filing.agency.code, []).append(("change", filing, {}))
    for chain, rows in told.items():
        journal.append_all(chain, rows, by=journal.Actor("benchmarks"), at=timezone.now())
