"""Who carries ordered jobs to Celery, and who runs them where no Celery worker is installed?

The relay reads the table of jobs twice a second and sends ids; it holds no state, so any number
may run.  `Background` is a relay and a Celery worker in threads of this process.
"""

import threading
import time

import structlog
from celery.worker import WorkController, state
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from agencies import jobs, schedule
from agencies.models import Job
from config.celery import app
from config.schedule import SCHEDULE

EVERY = 0.5
LOOK = 30.0
STOPPING = 1.2
log = structlog.get_logger("jianbei.background")


def send(kind: str, job_id: str) -> None:
    """Hand the id to Celery; the task bears the name of the kind."""
    app.send_task(kind, kwargs={"job_id": job_id})


def relay(
    stop: threading.Event,
    *,
    every: float = EVERY,
    periodic: tuple[schedule.Periodic, ...] = SCHEDULE,
) -> None:
    """Order what comes round and send what is due until told to stop.

    An outage is logged and tried again.
    """
    looked = -LOOK
    while not stop.wait(every):
        try:
            if time.monotonic() - looked >= LOOK:
                schedule.order_due(periodic, now=timezone.now())
                looked = time.monotonic()
            jobs.send_due(send, now=timezone.now())
        except (DatabaseError, OperationalError, OSError) as error:
            log.warning("relay.failed", error=str(error))
            stop.wait(5)
        finally:
            close_old_connections()


@app.task(name="config.wake")
def wake() -> None:
    """Nothing: two such messages let a waiting worker see at once that it shall stop."""


def take_back() -> int:
    """Make the jobs of a process that died due again; only where no other process runs jobs."""
    running = Job.objects.filter(state=Job.State.RUNNING)
    return running.update(lease_until=timezone.now(), sent_at=None)


class Background:
    """A relay and a worker in this process: `with Background():` or start and stop.

    `periodic` is the work that comes round while it runs.
    """

    def __init__(self, periodic: tuple[schedule.Periodic, ...] = ()) -> None:
        self.stopped = threading.Event()
        self.worker = WorkController(
            app=app,
            pool_cls="threads",
            concurrency=2,
            hostname="embedded@localhost",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self.threads = [
            threading.Thread(target=self.worker.start, name="worker", daemon=True),
            threading.Thread(
                target=relay,
                args=[self.stopped],
                kwargs={"periodic": periodic},
                name="relay",
                daemon=True,
            ),
        ]

    def start(self) -> None:
        state.should_stop = None
        for thread in self.threads:
            thread.start()

    def stop(self) -> bool:
        """End both; False when a task still runs: its job is taken back at the next start."""
        until = time.monotonic() + STOPPING
        self.stopped.set()
        state.should_stop = 0
        for _turn in range(2):
            wake.delay()
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        ended = not any(thread.is_alive() for thread in self.threads)
        if ended:
            state.should_stop = None
        return ended

    def __enter__(self) -> "Background":
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()
