"""What does a web worker hold before it is asked?  Every page, and nothing that few pages need."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

HEAVY = ("celery", "kombu", "pyarrow", "redis", "typst", "xlsxwriter")
LOAD = """
import gc
import sys
import config.wsgi

print(*sys.modules, gc.get_freeze_count())
"""


@pytest.fixture(scope="module")
def loaded():
    """The modules of a worker that nobody asked yet, and how many objects are never looked at."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", LOAD]
    done = subprocess.run(  # noqa: S603
        command, check=True, stdout=subprocess.PIPE, text=True, env=env, cwd=settings.BASE_DIR
    )
    *modules, frozen = done.stdout.split()
    return set(modules), int(frozen)


def test_every_page_is_loaded_before_the_first_is_asked_for(loaded):
    modules, frozen = loaded
    assert {"config.api", "filings.web.queue", "reports.web.views"} <= modules
    assert frozen > 100_000


def test_what_few_pages_need_is_loaded_when_one_is_asked_for(loaded):
    modules, _ = loaded
    assert modules.isdisjoint(HEAVY), sorted(modules.intersection(HEAVY))
