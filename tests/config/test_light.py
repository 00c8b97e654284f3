"""A web worker holds by itself nothing that few pages need."""

import os
import subprocess
import sys

from django.conf import settings

HEAVY = ("celery", "kombu", "pyarrow", "redis", "typst", "xlsxwriter")
LOAD = """
import sys
import config.wsgi
from django.urls import get_resolver

get_resolver()._populate()
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_what_few_pages_need_is_loaded_when_one_is_asked_for():
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", LOAD]
    done = subprocess.run(  # noqa: S603
        command, check=True, stdout=subprocess.PIPE, text=True, env=env, cwd=settings.BASE_DIR
    )
    loaded = set(done.stdout.split())
    assert {"rest_framework", "reports", "filings"} <= loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))
