"""A Celery worker in a process of its own, on the test database and the real broker."""

import subprocess
import sys
import time
from functools import partial
from socket import gethostname
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from agencies import jobs
from agencies.models import Job
from config.celery import app
from tests.processes import database_url, environment


class Worker:
    """The running worker: `relay` sends what is due to it, `ended` waits for a job."""

    def __init__(self, queue):
        self.queue = queue
        self.name = f"{queue}@{gethostname()}"

    def relay(self, *, times=1):
        def send(kind, job_id):
            for _time in range(times):
                app.send_task(kind, kwargs={"job_id": job_id}, queue=self.queue)

        return jobs.send_due(send, now=timezone.now())

    def begin(self, *, within=60):
        """Wait until the process answers; a busy machine starts it slower than it does a job."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if app.control.ping(destination=[self.name], timeout=1):
                return
        raise AssertionError(f"{self.name} does not answer after {within} s")

    def ended(self, job, *, within=20):
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = Job.objects.get(pk=job.pk)
            if found.state not in (Job.State.QUEUED, Job.State.RUNNING):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{found} after {within} s")


@pytest.fixture(scope="session")
def worker(django_db_setup, django_db_blocker):
    """One worker process for all races of this session."""
    if connection.vendor != "postgresql" or not settings.REDIS_URL:
        pytest.skip("a worker process needs PostgreSQL and REDIS_URL")
    found = Worker(f"races-{uuid4().hex}")
    start = partial(
        subprocess.Popen,
        [
            *(sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", found.queue),
            *("-n", found.name, "--pool", "threads", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        cwd=settings.BASE_DIR,
        env=environment(database_url()),
    )
    with start() as process:
        try:
            found.begin()
            yield found
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
