"""The page behind a code beside an empty answer of the same server, and while others are served."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks import client, scratch
from benchmarks.report import Result, middle

SECONDS = 4.0
CODES = 40
PER_SECOND, FOR_SECONDS = 50, 10.0
SLOWEST = 0.050


def measure(size: str, runs: int) -> list[Result]:
    """Requests per second on both sides, then the slowest of a hundred at a steady pace."""
    scratch.filled(size)
    tokens = open_codes()
    ours, theirs = [f"/c/{one}" for one in tokens], ["/empty"]
    rates: dict[int, list[float]] = {0: [], 1: []}
    with client.serving() as port:
        first = _first(port, ours)
        for _ in range(runs):
            for side, paths in enumerate((ours, theirs)):
                began = time.perf_counter()
                taken = client.press(port, paths, "", SECONDS)
                rates[side].append(len(taken) / (time.perf_counter() - began))
        slow = _slowest(port, ours)
    sides = [middle(rates[side]) for side in (0, 1)]
    verdict = "reached" if slow <= SLOWEST else "not reached"
    note = (
        f"first scan of a code {first * 1000:.0f} ms; p99 {slow * 1000:.0f} ms"
        f" at {PER_SECOND} req/s beside two readers, ≤ 50 ms {verdict}"
    )
    beside = "an empty answer of the same server"
    return [Result("code_page", size, beside, "req/s", *sides, at_least=0.3, note=note)]


def _first(port: int, paths: list[str]) -> float:
    """The middle time of the first scan of each code, before anything of it was read."""
    taken = []
    for path in paths:
        began = time.perf_counter()
        if b"verdict-" not in client.get(port, path, ""):
            raise AssertionError("the page does not say what the code proves")
        taken.append(time.perf_counter() - began)
    return middle(taken)


def _slowest(port: int, paths: list[str]) -> float:
    """The 99th percentile at fifty requests a second, while two others read without a pause."""
    over = threading.Event()

    def other() -> None:
        while not over.is_set():
            client.get(port, "/published/", "")

    asks = [
        partial(client.get, port, paths[number % len(paths)], "")
        for number in range(int(PER_SECOND * FOR_SECONDS))
    ]
    with ThreadPoolExecutor(2) as pool:
        others = [pool.submit(other) for _ in range(2)]
        slow = client.paced(asks, PER_SECOND)
        over.set()
        for each in others:
            each.result()
    return slow


def open_codes() -> list[str]:
    """Codes of filings whose window is moved to now, so that they answer."""
    from datetime import timedelta

    from django.utils import timezone

    from filings import codes
    from filings.models import Filing

    now = timezone.now()
    rows = list(Filing.objects.filter(code_digest__isnull=False).order_by("pk")[:CODES])
    window = {
        "planned_start": now - timedelta(hours=1),
        "planned_end": now + timedelta(hours=8),
    }
    Filing.objects.filter(pk__in=[one.pk for one in rows]).update(**window)
    found = [codes.of(one) for one in rows]
    return [one for one in found if one]
