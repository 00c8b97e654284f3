"""`verify_year` over a sealed year, beside SHA-256 over the bytes that it verifies."""

import hashlib
import io
import time

from benchmarks import scratch
from benchmarks.recompile import compiled
from benchmarks.report import Result, middle


def measure(size: str, runs: int) -> list[Result]:
    """Megabytes per second on both sides."""
    from django.core.management import call_command

    from reports.leaves import log_of
    from reports.models import Seal

    scratch.filled(size)
    _seal()
    seal = Seal.objects.get()
    log = log_of(seal.leaves)
    said = ("\n".join(log) + seal.compilation.figures + seal.manifest).encode()
    ours, theirs = [], []
    for _ in range(runs):
        began = time.perf_counter()
        call_command("verify_year", str(scratch.YEAR), region="220200", stdout=io.StringIO())
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        hashlib.sha256(said).hexdigest()
        theirs.append(time.perf_counter() - began)
    amount = len(said) / 1e6
    sides = (amount / middle(ours), amount / middle(theirs))
    note = (
        f"{len(log):,} lines, {amount:.0f} MB in {middle(ours):.1f} s, of which the recount of the"
        f" records {_recount():.1f} s"
    )
    return [
        Result("verify", size, "SHA-256 of the same bytes", "MB/s", *sides, at_least=0.1, note=note)
    ]


def _recount() -> float:
    from agencies.models import Region
    from reports.compiler import compile_figures
    from reports.periods import of_year

    began = time.perf_counter()
    compile_figures(of_year(scratch.YEAR), Region.objects.get(code="220200"))
    return time.perf_counter() - began


def _seal() -> None:
    from django.utils import timezone

    from agencies.journal import Actor
    from reports import sealing
    from reports.models import Compilation

    compiled(full=True)
    done = Compilation.objects.finished().order_by("-id").first()
    proposal = sealing.propose(done, by=Actor("first"), at=timezone.now())
    sealing.seal(proposal, by=Actor("second"), at=timezone.now())
