"""The queue in the database: order, send, claim under a lease, progress, close (reliability 0.1).

Celery carries only a job's id.  A message that is lost, doubled or late does no harm: the claim is
a compare-and-swap, and whoever lost its lease cannot close the row.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from agencies.models import Job

LEASE = timedelta(minutes=15)
RESEND = timedelta(minutes=1)
ATTEMPTS = 5


class LeaseLost(RuntimeError):
    """Another worker has taken the job over, or it was cancelled."""

    code = "lease_lost"


def order(kind: str, key: str, *, params: dict[str, Any], by: str, at: datetime) -> Job:
    """A queued job of this kind and key, or the live one that was ordered before."""
    live = Job.objects.live().filter(kind=kind, key=key).first()
    if live is not None:
        return live
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, key=key, params=params, ordered_by=by, ordered_at=at
            )
    except IntegrityError:
        return Job.objects.live().get(kind=kind, key=key)


def send_due(send: Callable[[str, str], None], *, now: datetime, limit: int = 100) -> int:
    """Hand the ids of jobs that wait, or whose worker died, to `send(kind, id)`; how many went.

    A job sent less than a minute ago is left alone.  A failing `send` raises: the rows stay due.
    """
    stale = Q(sent_at=None) | Q(sent_at__lt=now - RESEND)
    due = Job.objects.due(now).filter(stale).order_by("ordered_at")[:limit]
    count = 0
    for job in due:
        if job.attempt >= job.limit:
            _give_up(job, now)
            continue
        send(job.kind, str(job.pk))
        Job.objects.filter(pk=job.pk).update(sent_at=now)
        count += 1
    return count


def _give_up(job: Job, now: datetime) -> None:
    Job.objects.filter(pk=job.pk, attempt=job.attempt).exclude(state=Job.State.DONE).update(
        state=Job.State.FAILED,
        finished_at=now,
        lease_until=None,
        error=job.error or f"No worker finished it in {job.attempt} attempts.",
    )


def claim(job_id: UUID | str, *, now: datetime) -> Job | None:
    """The job, taken under a new lease; None when it is finished or another worker has it."""
    taken = (
        Job.objects.due(now)
        .filter(pk=job_id)
        .update(
            state=Job.State.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=now + LEASE,
            started_at=now,
            done=0,
            error="",
        )
    )
    return Job.objects.get(pk=job_id) if taken else None


def work(job_id: UUID | str, do: Callable[[Job], None], *, clock: Callable[[], datetime]) -> bool:
    """Claim the job and `do` it, which closes it; False when another has it or it has ended.

    What goes wrong is written to the job and raised again.
    """
    job = claim(job_id, now=clock())
    if job is None:
        return False
    try:
        do(job)
    except LeaseLost:
        raise
    except Exception as error:
        fail(job, f"{type(error).__name__}: {error}", now=clock())
        raise
    return True


def progress(job: Job, done: int, total: int, *, now: datetime) -> None:
    """Record how far the holder has come and prolong its lease.  Raises LeaseLost."""
    _held(job, done=done, total=total, lease_until=now + LEASE)


def tell_aside(job: Job, done: int, total: int, *, now: datetime | None = None) -> None:
    """Record progress from within a long transaction, on a connection of its own.

    SQLite has one writer, which the transaction is: there the bar waits for its end.
    """
    if connection.vendor != "postgresql":
        return

    def tell() -> None:
        try:
            progress(job, done, total, now=now or timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(tell).result()


def finish(job: Job, *, now: datetime) -> None:
    """Close the job as done.  Raises LeaseLost, so call it in the transaction of the effect."""
    _held(job, state=Job.State.DONE, finished_at=now, lease_until=None)


def fail(job: Job, error: str, *, now: datetime) -> None:
    """Close the job as failed with the reason a person can read.  Raises LeaseLost."""
    _held(job, state=Job.State.FAILED, finished_at=now, lease_until=None, error=error[:2000])


def cancel(job: Job, *, now: datetime) -> bool:
    """Stop a live job; its worker notices at the next progress.  False when it had ended."""
    stopped = Job.objects.live().filter(pk=job.pk)
    return bool(stopped.update(state=Job.State.CANCELLED, finished_at=now, lease_until=None))


def retry(job: Job) -> bool:
    """Queue a job that failed or was cancelled again; False when it is neither.

    The count of attempts goes on, for it fences off a worker of an earlier one.  Raises
    IntegrityError while an equal job is live.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED])
    return bool(
        ended.update(
            state=Job.State.QUEUED,
            limit=F("attempt") + ATTEMPTS,
            sent_at=None,
            finished_at=None,
            error="",
        )
    )


def _held(job: Job, **changes: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=job.attempt)
    if not mine.update(**changes):
        raise LeaseLost(str(job.pk))
    for name, value in changes.items():
        setattr(job, name, value)


def perform(job_id: UUID | str, work: Callable[[datetime], Any], *, now: datetime) -> bool:
    """Do `work(now)` for the job, unless it has ended or another worker has it.

    For work that does no harm when it is done twice.  What goes wrong is written to the job and
    raised again.
    """
    job = claim(job_id, now=now)
    if job is None:
        return False
    try:
        work(now)
    except Exception as error:
        fail(job, f"{type(error).__name__}: {error}", now=now)
        raise
    finish(job, now=now)
    return True
