"""From an empty folder to the sentence and the served page, in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

SENTENCE = (
    "全市已有196个行政执法部门、3980项行政检查执法事项、5256名行政检查执法人员纳入管理,"
    "行政检查执法备案17688次"
)
pytestmark = pytest.mark.skipif(
    not settings.ON_SQLITE, reason="the embedded mode is proved by the run on SQLite"
)


@pytest.fixture
def run(tmp_path):
    """Start a management command in the embedded mode, with a database of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": "",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "PORT": str(port),
    }

    def start(*words):
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    start.port = port
    return start


def answers(url, *, within):
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(url) as answer:  # noqa: S310
                return answer.status
        except URLError:
            time.sleep(0.1)
    return None


def test_one_command_leads_to_the_sentence_and_the_served_page(run):
    with run("demo") as process:
        assert answers(f"http://127.0.0.1:{run.port}/readyz", within=120) == 200
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=20)[0]
    assert time.monotonic() - began < 10
    assert SENTENCE in told
    assert "17,688 administrative inspections were filed in 2022" in told
    assert "  administrator " in told
