"""The compile of a year with nine other years stored beside it, and alone."""

import time
from typing import Any

from benchmarks import scratch
from benchmarks.report import Result, middle

YEARS = 9
APART = 20_000_000
"""How far the ids of one year's copies lie from another's."""


def measure(size: str, runs: int) -> list[Result]:
    """Seconds of a full compile, as the register stands with ten years and with one."""
    scratch.filled(size)
    alone, wanted = _compiled(runs)
    for back in range(1, YEARS + 1):
        _store(back)
    with scratch.connect() as connection:
        connection.execute("ANALYZE")
    beside, found = _compiled(runs)
    if found != wanted:
        raise AssertionError("other years change the figures")
    note = f"digest equal; {runs} runs one after another, before and after"
    sides = (middle(beside), middle(alone))
    return [Result("ten years", size, "one year stored", "s", *sides, at_most=1.1, note=note)]


def _compiled(runs: int) -> tuple[list[float], str]:
    from agencies.models import Region
    from reports.compiler import compile_figures
    from reports.periods import of_year

    region, seconds, digest = Region.objects.get(code="220200"), [], ""
    for _ in range(runs + 1):
        began = time.perf_counter()
        digest = compile_figures(of_year(scratch.YEAR), region).digest()
        seconds.append(time.perf_counter() - began)
    return seconds[1:], digest


def _store(back: int) -> None:
    """The whole year once more, so many years earlier."""
    from filings.models import Filing, FilingItem, FilingOfficer, Result, Visit

    off, ago = back * APART, f"- interval '{back} years'"
    moved = {
        "id": f"f.id + {off}",
        "number": f"f.number || '-{back}'",
        "code_digest": f"encode(sha256((f.code_digest || ' {back} years ago')::bytea), 'hex')",
        "dated_at": f"f.dated_at {ago}",
        "visit_id": f"f.visit_id + {off}",
    }
    linked = {"id": f"f.id + {off}", "filing_id": f"f.filing_id + {off}"}
    _copy(Visit, {"id": moved["id"]})
    _copy(Filing, moved)
    for model in (Result, FilingItem, FilingOfficer):
        _copy(model, linked)


def _copy(model: Any, own: dict[str, str]) -> None:
    columns, values = scratch.copied(model, own)
    table = model._meta.db_table
    with scratch.connect() as connection:
        connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} f WHERE f.id < {APART}"
        )
