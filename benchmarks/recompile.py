"""A compile after one day's changes beside a full recount, both from the order to the figures."""

import os
import time

from benchmarks import scratch
from benchmarks.report import Result, middle

DAYS = 365
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
ORDER BY f.dated_at DESC, f.id LIMIT %(many)s RETURNING id
"""


def measure(size: str, runs: int) -> list[Result]:
    """Seconds on both sides; the digests must agree after every day."""
    scratch.filled(size)
    compiled(full=True)
    few = scratch.SIZES[size]["filings"] // DAYS
    ours, theirs = [], []
    for day in range(runs):
        _pass(day, few)
        seconds, digest, read = compiled(full=False)
        if read:
            raise AssertionError("every filing was read again")
        ours.append(seconds)
        seconds, wanted, _ = compiled(full=True)
        theirs.append(seconds)
        if digest != wanted:
            raise AssertionError("the two sides have different figures")
    note = f"{few:,} new and {2 * few:,} changed filings; every compile published; {WHY}"
    sides = (middle(ours), middle(theirs))
    results = [Result("recompile", size, "a full recount", "s", *sides, at_most=0.01, note=note)]
    if size == "s":
        whole = "a full recount, job and publication included"
        results.append(Result("order", size, "one second", "s", sides[1], 1, at_most=1, note=whole))
    return results


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


def _pass(day: int, few: int) -> None:
    """What a day brings, each filing with its event."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGED, {"skip": day * 2 * few, "many": 2 * few})
        touched = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_new(day), {"many": few})
        touched += [pk for (pk,) in cursor.fetchall()]
        _tell(touched)


def _new(day: int) -> str:
    """Copies of filings as new ones, under numbers and codes of their own and without a visit."""
    from filings.models import Filing

    own = {
        "number": f"f.number || '-bench{os.getpid()}-{day}'",
        "code_digest": f"encode(sha256((f.code_digest || '-{os.getpid()}-{day}')::bytea), 'hex')",
        "visit_id": "NULL",
    }
    columns, values = scratch.copied(Filing, own)
    return NEW.format(columns=columns, values=values)


def _tell(touched: list[int]) -> None:
    from django.utils import timezone

    from agencies import journal
    from filings.models import Filing

    told: dict[str, list] = {}
    for filing in Filing.objects.filter(pk__in=touched).select_related("agency"):
        told.setdefault(filing.agency.code, []).append(("change", filing, {}))
    for chain, rows in told.items():
        journal.append_all(chain, rows, by=journal.Actor("benchmarks"), at=timezone.now())
