"""The memory of one web worker after a day's mix of requests, beside an empty Django worker."""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import client, scratch
from benchmarks.pages import ask, prepared
from benchmarks.report import Result, middle

ROUNDS = 5
# As in the Dockerfile, for both.
ARENAS = {"MALLOC_ARENA_MAX": "2"}
ALONE = ARENAS | {"DJANGO_SETTINGS_MODULE": "benchmarks.alone"}
EMPTY = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse())]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50)
application = get_wsgi_application()
"""


def measure(size: str, runs: int) -> list[Result]:
    """What each worker holds, in megabytes, after the same number of requests."""
    scratch.filled(size)
    url = os.environ["DATABASE_URL"]
    ready = prepared(url)
    ours, theirs = [], []
    with TemporaryDirectory() as folder:
        (Path(folder) / "empty.py").write_text(EMPTY, "utf-8")
        for _ in range(runs):
            with client.begun(url=url, **ALONE) as server:
                for who, path in ready["paths"] * ROUNDS:
                    ask(server.port, ready, who, path)
                ours.append(_megabytes(server.pid))
            with client.begun("empty", folder=folder, **ARENAS) as server:
                for _number in range(ROUNDS * len(ready["paths"])):
                    client.get(server.port, "/")
                theirs.append(_megabytes(server.pid))
    number = len(ready["paths"])
    note = (
        f"resident after {ROUNDS * number} requests of {number} pages and lists; what"
        " remains is Django REST framework, psycopg, numpy, cryptography and the site's own code"
    )
    sides = (middle(ours), middle(theirs))
    return [Result("memory", size, "an empty Django worker", "MB", *sides, at_most=1.6, note=note)]


def _megabytes(master: int) -> float:
    """The resident memory of the one worker of the server."""
    (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    found = re.search(r"^Rss:\s+(\d+)", Path(f"/proc/{worker}/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024
