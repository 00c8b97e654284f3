"""The pages that people open all day: how long they take, and SQLite beside PostgreSQL.

Each is asked for by one reader at a time.  A process of its own prepares each database, for Django
knows one.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import client, scratch
from benchmarks.report import Result, middle

ASKS = 15
WITHIN = 60
# The pages of performance.md that have a time of their own.
TIMED = {
    "the officer's home": ("officer", "/filings/today/"),
    "the supervisor's queue": ("supervisor", "/filings/queue/"),
}


def measure(size: str, runs: int) -> list[Result]:
    """The middle time of the pages with a target; at s every page on both databases too."""
    scratch.filled(size)
    server = prepared(os.environ["DATABASE_URL"])
    if size != "s":
        times = asked(os.environ["DATABASE_URL"], server, runs, list(TIMED.values()))
        return _timed(size, times)
    with TemporaryDirectory() as folder:
        file = f"sqlite:///{Path(folder) / 'year.sqlite3'}"
        embedded = prepared(file, load=size)
        theirs = asked(os.environ["DATABASE_URL"], server, runs, server["paths"])
        ours = asked(file, embedded, runs, server["paths"])
    slower = {place: ours[place] / theirs[place] for place in ours}
    worst = max(slower, key=lambda place: slower[place])
    over = sum(ratio > 1.5 for ratio in slower.values())
    note = (
        f"{len(slower)} pages and lists, {over} of them over 1.5; the worst {slower[worst]:.2f}:"
        f" {worst[1]} of the {worst[0] or 'public'},"
        f" {ours[worst]:.0f} ms beside {theirs[worst]:.0f} ms"
    )
    sums = (sum(ours.values()), sum(theirs.values()))
    every = Result("pages on SQLite", size, "PostgreSQL", "ms", *sums, at_most=1.5, note=note)
    return [every, *_timed(size, theirs)]


def _timed(size: str, times: dict[tuple[str, str], float]) -> list[Result]:
    return [
        Result(
            *(f"page: {name}", size, f"{WITHIN} ms", "ms", times[place], WITHIN),
            at_most=1,
            note="the middle of one reader's times",
        )
        for name, place in TIMED.items()
    ]


def asked(url: str, ready: dict, runs: int, places: list) -> dict[tuple[str, str], float]:
    """The middle time of each page in milliseconds."""
    taken: dict[tuple[str, str], list[float]] = {tuple(place): [] for place in places}
    with client.begun(url=url) as server:
        for _ in range(runs):
            for who, path in taken:
                ask(server.port, ready, who, path)
                for _ask in range(ASKS):
                    began = time.perf_counter()
                    ask(server.port, ready, who, path)
                    taken[who, path].append(1000 * (time.perf_counter() - began))
    return {place: middle(some) for place, some in taken.items()}


def ask(port: int, ready: dict, who: str, path: str) -> None:
    """Open the page as its reader does; the API is asked with the token."""
    if path.startswith("/api/"):
        client.get(port, path, ready["token"])
    else:
        client.get(port, path, cookie=ready["sessions"].get(who, ""))


def prepared(url: str, *, load: str = "") -> dict:
    """Sessions, a token and the addresses, made in the database by a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pages", load]
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def prepare(load: str) -> None:
    """Fill the database if asked to, let people sign in, compile the year, and tell of it."""
    import django

    django.setup()
    from django.core.management import call_command

    from agencies import walls
    from benchmarks.api_list import _token
    from benchmarks.recompile import compiled

    with walls.opened():
        if load:
            call_command("migrate", verbosity=0)
            scratch.load(load)
        compiled(full=True)
        told = {"sessions": _sessions(), "token": _token(), "paths": _paths()}
    print(json.dumps(told))


def _sessions() -> dict[str, str]:
    """One person of each kind, signed in."""
    from datetime import date

    from django.conf import settings
    from django.db.models import Count
    from django.test import Client
    from django.utils import timezone

    from agencies.models import Agency, Region
    from officers.models import Account, Appointment, Officer

    busiest = Agency.objects.annotate(filed=Count("filings")).order_by("-filed", "pk").first()
    city, now, found = Region.objects.get(code="220200"), timezone.now(), {}
    roles = {"officer": busiest, "approver": busiest, "supervisor": None, "auditor": None}
    for role, agency in roles.items():
        account = Account.objects.create(username=f"b-{role}", name=role, created_at=now)
        Appointment.objects.create(
            account=account, role=role, agency=agency, region=None if agency else city,
            valid_from=date(2020, 1, 1), confirmed_at=now,
        )  # fmt: skip
        if role == "officer":
            one = Officer.objects.filter(agency=agency, account=None).order_by("pk").first()
            Officer.objects.filter(pk=one.pk).update(account=account)
        reader = Client()
        reader.force_login(account)
        found[role] = f"sid={reader.cookies[settings.SESSION_COOKIE_NAME].value}"
    return found


def _paths() -> list[tuple[str, str]]:
    """Who opens what."""
    from filings.models import Filing

    one = Filing.objects.filter(status="closed").order_by("-dated_at", "-id").first()
    year = f"/years/{scratch.YEAR}/220200/"
    dated = "dated_after=2022-03-01&dated_before=2022-11-30"
    own = {
        "officer": ["/filings/", "/filings/today/", "/filings/deadlines/"],
        "approver": ["/filings/queue/", "/filings/replies/"],
        "supervisor": [
            *("/filings/queue/", "/filings/", f"/filings/{one.pk}/"),
            *("/filings/?q=%E5%95%86", "/filings/cases/", "/filings/ratings/"),
        ],
        "auditor": ["/years/", year],
        "": ["/published/", f"/api/v1/filings/?status=closed&{dated}", "/api/v1/subjects/"],
    }
    return [(who, path) for who, paths in own.items() for path in paths]


if __name__ == "__main__":
    prepare(sys.argv[1])
