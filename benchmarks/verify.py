"""`verify_year --kept` over a sealed year, beside SHA-256 over the bytes that it reads.

They are the lines, the figures, the changes and the manifest.  What a whole `verify_year` and the
verifier that strangers have need is told beside.
"""

import hashlib
import io
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import scratch
from benchmarks.recompile import compiled
from benchmarks.report import DOCS, Result, middle

FILES = ("manifest.json", "signature.txt", "figures.json", "leaves.ndjson", "changes.json")
YEAR = (str(scratch.YEAR), "--region", "220200")


def measure(size: str, runs: int) -> list[Result]:
    """Megabytes per second on both sides."""
    from reports.leaves import text_of
    from reports.models import Seal

    scratch.filled(size)
    _seal()
    seal = Seal.objects.get()
    log = text_of(seal.leaves)
    said = log + (seal.compilation.figures + seal.changes + seal.manifest).encode()
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_verified("--kept"))
        began = time.perf_counter()
        hashlib.sha256(said).hexdigest()
        theirs.append(time.perf_counter() - began)
    amount = len(said) / 1e6
    sides = (amount / middle(ours), amount / middle(theirs))
    note = (
        f"{len(log.splitlines()):,} lines, {amount:.0f} MB in {middle(ours):.2f} s, two hashes for"
        f" each line; with the recount of the records {_verified():.1f} s; verify_published.py over"
        f" the files {_by_a_stranger(seal):.1f} s"
    )
    return [
        Result("verify", size, "SHA-256 of the same bytes", "MB/s", *sides, at_least=0.1, note=note)
    ]


def _verified(*told: str) -> float:
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("verify_year", *YEAR, *told, stdout=io.StringIO())
    return time.perf_counter() - began


def _by_a_stranger(seal: Any) -> float:
    """Seconds of the verifier over the published files."""
    from reports.web import files

    with TemporaryDirectory() as folder:
        for name in FILES:
            (Path(folder) / name).write_bytes(files.FILES[name].bytes_of(seal))
        command = [sys.executable, str(DOCS / "verify_published.py"), folder, seal.public_key]
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
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
