"""The list of filings over HTTP beside the REST framework's defaults and django-ninja."""

import json
import time
from datetime import date, datetime, timedelta

from benchmarks import client, scratch
from benchmarks.report import Result, middle

WINDOW = "dated_after=2022-03-01&dated_before=2022-11-30&status=closed"
SECONDS = 4.0
AGENCIES = 16


# Where each comparison program answers, and how many times its rate is asked for.
BESIDE = {"DRF defaults": ("/drf/filings/", 15), "django-ninja": ("/ninja/filings/", 3)}


def measure(size: str, runs: int) -> list[Result]:
    """Requests per second and the middle answer time of each side."""
    scratch.filled(size)
    codes, token = _busiest(), _token()
    places = {"": "/api/v1/filings/"} | {name: place for name, (place, _) in BESIDE.items()}
    sides = {
        name: [f"{place}?agency={code}&{WINDOW}" for code in codes]
        for name, place in places.items()
    }
    rates: dict[str, list[float]] = {name: [] for name in sides}
    waits: dict[str, list[float]] = {name: [] for name in sides}
    with client.serving() as port:
        for paths in zip(*sides.values(), strict=True):
            first, *others = (_rows(client.get(port, path, token)) for path in paths)
            if any(other != first for other in others):
                raise AssertionError(f"{', '.join(paths)} show different rows")
        for _ in range(runs):
            for name, paths in sides.items():
                began = time.perf_counter()
                taken = client.press(port, paths, token, SECONDS)
                rates[name].append(len(taken) / (time.perf_counter() - began))
                waits[name].append(1000 * middle(taken))
    return [
        Result(
            *("api_list", size, name, "req/s", middle(rates[""]), middle(rates[name])),
            at_least=times,
            note=f"p50 {middle(waits['']):.0f} ms beside {middle(waits[name]):.0f} ms",
        )
        for name, (_place, times) in BESIDE.items()
    ]


def _rows(body: bytes) -> list[dict]:
    said = json.loads(body)
    rows = said["results"] if "results" in said else said["items"]
    for row in rows:
        row["items"].sort(key=lambda item: item["code"])
        row["officers"].sort(key=lambda officer: officer["id"])
        for moment in ("dated_at", "planned_start", "planned_end"):
            row[moment] = datetime.fromisoformat(row[moment])
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
