"""Processes of their own beside the suite, on its database or on a copy."""

import json
import os
import subprocess
import sys
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection


def database_url():
    """Where the test database of this process is."""
    found = connection.settings_dict
    user = quote(found["USER"], safe="")
    password = f":{quote(found['PASSWORD'], safe='')}" if found["PASSWORD"] else ""
    return f"postgres://{user}{password}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


def environment(url):
    """The variables with which a process has the settings of the suite and the database `url`."""
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    return os.environ | told | {"OPENBLAS_NUM_THREADS": "1"}


def reachable(folder):
    """The address under which other processes find the rows of the suite: a copy in SQLite's case.

    Its test database lives in memory, where no other process can look.
    """
    if connection.vendor == "postgresql":
        return database_url()
    copy = folder / f"{uuid4().hex}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return f"sqlite:///{copy}"


def answer(work, url, said):
    """What a work of tests.faults answers to `said`, done beside the suite."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.faults", work],
        input=json.dumps(said),
        cwd=settings.BASE_DIR,
        env=environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)
