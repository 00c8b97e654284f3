"""The list of filings over HTTP beside the Django REST framework's defaults on the same server."""

import json
import time
from datetime import date, timedelta

from benchmarks import client, scratch
from benchmarks.report import Result, middle

WINDOW = "dated_after=2022-03-01&dated_before=2022-11-30&status=closed"
SECONDS = 4.0
AGENCIES = 16


def measure(size: str, runs: int) -> list[Result]:
    """Requests per second and the middle answer time on both sides."""
    scratch.filled(size)
    codes, token = _busiest(), _token()
    ours = [f"/api/v1/filings/?agency={code}&{WINDOW}" for code in codes]
    theirs = [f"/drf/filings/?agency={code}&{WINDOW}" for code in codes]
    with client.serving() as port:
        for pair in zip(ours, theirs, strict=True):
            shown = [_rows(client.get(port, path, token)) for path in pair]
            if shown[0] != shown[1]:
                raise AssertionError(f"{pair[0]} and {pair[1]} show different rows")
        rates = {0: [], 1: []}
        waits = {0: [], 1: []}
        for _ in range(runs):
            for side, paths in enumerate((ours, theirs)):
                began = time.perf_counter()
                taken = client.press(port, paths, token, SECONDS)
                rates[side].append(len(taken) / (time.perf_counter() - began))
                waits[side].append(1000 * middle(taken))
    note = f"p50 {middle(waits[0]):.0f} ms beside {middle(waits[1]):.0f} ms"
    sides = [middle(rates[side]) for side in (0, 1)]
    return [Result("api_list", size, "DRF defaults", "req/s", *sides, at_least=15, note=note)]


def _rows(body: bytes) -> list[dict]:
    rows = json.loads(body)["results"]
    for row in rows:
        row["items"].sort(key=lambda item: item["code"])
        row["officers"].sort(key=lambda officer: officer["id"])
    if not rows:
        raise AssertionError("an empty page proves nothing")
    return rows


def _busiest() -> list[str]:
    from django.db.models import Count

    from agencies.models import Agency

    busy = Agency.objects.annotate(filed=Count("filings")).order_by("-filed")
    return list(busy.values_list("code", flat=True)[:AGENCIES])


def _token() -> str:
    """A token of a supervisor of the whole city, with which programs read."""
    from django.utils import timezone

    from agencies.journal import Actor
    from agencies.models import Region
    from officers.actions.tokens import Grant, make
    from officers.models import Account, Appointment
    from officers.roles import Permission

    now = timezone.now()
    account = Account.objects.create(username="bench", name="Bench", created_at=now)
    city = Region.objects.get(code="220200")
    Appointment.objects.create(
        account=account,
        role="supervisor",
        region=city,
        valid_from=date(2020, 1, 1),
        confirmed_at=now,
    )
    scopes = frozenset({Permission.FILING_READ, Permission.REGISTER_READ})
    grant = Grant("benchmarks", scopes, now + timedelta(days=1))
    return make(account, grant, by=Actor("benchmarks"), at=now)[1]
