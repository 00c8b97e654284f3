"""Drafts submitted over HTTP, beside a ModelSerializer that asks one query per check."""

import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks import client, scratch
from benchmarks.code_page import open_codes
from benchmarks.report import Result, middle

EACH = 160
PER_SECOND, SCANS = 20, 50
SLOWEST = 0.050


def measure(size: str, runs: int) -> list[Result]:
    """Submissions per second on both sides; every draft is another enterprise's."""
    scratch.filled(size)
    token, drafts = _desk((runs + 1) * EACH * 2 + EACH)
    made, codes = [one.pk for one in drafts], open_codes()
    rates = {0: [], 1: []}
    waits = {0: [], 1: []}
    sides = (_ours, _theirs)
    with client.serving() as port:
        for turn in range(runs + 1):
            for side, call in enumerate(sides):
                calls = [call(drafts.pop()) for _ in range(EACH)]
                began = time.perf_counter()
                taken = client.send(port, calls, token)
                if turn:
                    rates[side].append(EACH / (time.perf_counter() - began))
                    waits[side].append(1000 * middle(taken))
        slow = _slowest(port, [_ours(one) for one in drafts], token, codes)
    _alike(made)
    verdict = "reached" if slow <= SLOWEST else "not reached"
    note = (
        f"p50 {middle(waits[0]):.0f} ms beside {middle(waits[1]):.0f} ms; p99 {slow * 1000:.0f} ms"
        f" at {PER_SECOND}/s beside {SCANS} scans of codes a second, ≤ 50 ms {verdict};"
        " every rule reads its register by itself, and the answer is the whole filing"
    )
    pair = [middle(rates[side]) for side in (0, 1)]
    beside = "ModelSerializer, a query per check"
    return [Result("submit", size, beside, "req/s", *pair, at_least=1.3, note=note)]


def _slowest(port: int, calls: list[client.Call], token: str, codes: list[str]) -> float:
    """The 99th percentile of submitting at a steady pace, while codes are scanned at one too."""
    seconds = len(calls) / PER_SECOND
    scans = [
        partial(client.get, port, f"/c/{codes[number % len(codes)]}", "")
        for number in range(int(SCANS * seconds))
    ]
    with ThreadPoolExecutor(1) as pool:
        scanned = pool.submit(client.paced, scans, SCANS)
        asks = [partial(client.send, port, [call], token) for call in calls]
        slow = client.paced(asks, PER_SECOND)
        scanned.result()
    return slow


def _ours(filing) -> client.Call:
    headers = {"If-Match": f'"{filing.version}"', "Idempotency-Key": f"bench-{filing.pk}"}
    return client.Call("POST", f"/api/v1/filings/{filing.pk}/submit/", "{}", headers)


def _theirs(filing) -> client.Call:
    body = json.dumps({"place": filing.place})
    return client.Call("PATCH", f"/drf/submissions/{filing.pk}/", body, {})


def _alike(made: list[int]) -> None:
    """Both sides left their drafts submitted, with one event each."""
    from agencies.models import Event
    from filings.models import Filing

    done = Filing.objects.filter(pk__in=made, status="submitted").count()
    about = Event.objects.filter(object_type="filings.filing", object_id__in=map(str, made))
    told = about.filter(verb="submit").count()
    if (done, told) != (len(made), len(made)):
        raise AssertionError(f"{len(made)} drafts, {done} submitted, {told} told")


def _desk(count: int):
    """A token of the demonstration's officer, and `count` drafts for as many enterprises."""
    from django.utils import timezone

    from agencies.calendar import local_date
    from agencies.journal import Actor
    from config import demonstration, present
    from filings import actions
    from officers.actions.tokens import Grant, make
    from officers.models import Account
    from officers.roles import Permission, Role

    now, machine = timezone.now(), Actor("benchmarks")
    with tempfile.TemporaryDirectory() as folder:
        signs = demonstration.sign_ins(Path(folder) / "accounts.json", at=now)
    names = {one.role: one.username for one in signs}
    officer, approver = (
        Account.objects.get(username=names[role]) for role in (Role.OFFICER, Role.APPROVER)
    )
    desk = present.renewed_desk(officer, approver, by=machine, at=now)
    items = present.usable_items(desk.agency, local_date(now))
    start = now + timedelta(days=1)
    drafts = [
        actions.draft(
            desk.agency,
            present.said_of(desk, subject, items, start, now),
            by=desk.officer,
            at=now,
        )
        for subject in present.unvisited(desk.agency, items, now)[:count]
    ]
    if len(drafts) < count:
        raise AssertionError(f"only {len(drafts)} enterprises for {count} drafts")
    scopes = frozenset({Permission.FILING_READ, Permission.FILING_SUBMIT})
    grant = Grant("benchmarks", scopes, now + timedelta(days=1))
    return make(officer, grant, by=machine, at=now)[1], drafts
