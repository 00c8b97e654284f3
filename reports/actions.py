"""Order and run the compile of a year; nothing else writes a compilation."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from agencies import jobs, journal
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Job, Region
from reports import compiler, folding, pieces, recompile
from reports.compiler import Found, Told
from reports.models import Compilation
from reports.periods import Period

KIND = "reports.compile_year"


class BaseMoved(RuntimeError):
    """The compile from which another went on has moved since it was read."""

    code = "base_moved"


def last_year(at: datetime) -> int:
    """The last year that can be compiled: the one after the present."""
    return local_date(at).year + 1


@transaction.atomic
def order(
    period: Period, region: Region, *, by: Actor, at: datetime, full: bool = False
) -> Compilation:
    """The compile of this period and region that waits or runs, ordered now if there is none.

    `full` has every filing read again, as sealing asks for.
    """
    params = {"period": period.key, "region": region.code} | ({"full": True} if full else {})
    job = jobs.order(KIND, f"{period.key}:{region.code}", params=params, by=by.name, at=at)
    compilation, ordered = Compilation.objects.get_or_create(
        job=job,
        defaults={
            "year": period.first.year,
            "period": period.key,
            "first_on": period.first,
            "last_on": period.last,
            "region": region,
            "ordered_by": by.name,
            "ordered_at": at,
        },
    )
    if ordered:
        journal.append(journal.SYSTEM, "order_year", compilation, by=by, at=at, **params)
    return compilation


@transaction.atomic
def cancel(compilation: Compilation, *, by: Actor, at: datetime) -> bool:
    """Stop the compile; its worker notices at its next word.  False when it had ended."""
    stopped = jobs.cancel(compilation.job, now=at)
    if stopped:
        facts = {"period": compilation.period, "region": compilation.region.code}
        journal.append(journal.SYSTEM, "cancel_year", compilation, by=by, at=at, **facts)
    return stopped


def run(
    job_id: UUID | str,
    *,
    clock: Callable[[], datetime],
) -> Compilation | None:
    """Compile what the job asks for; None when it has ended or another worker holds it.

    Where it stands is written to the job as it goes, and whoever cancels the job stops it.  What
    goes wrong is written to the job and raised again.
    """
    began = clock()
    job = jobs.claim(job_id, now=began)
    if job is None:
        return None
    try:
        compilation = Compilation.objects.select_related("region").get(job=job)
        while True:
            try:
                found = _find(compilation, job, _telling(job, clock))
                return _publish(compilation, job, found, as_of=began, at=clock())
            except BaseMoved:
                began = clock()
    except jobs.LeaseLost:
        raise
    except Exception as error:
        jobs.fail(job, f"{type(error).__name__}: {error}", now=clock())
        raise


def _find(compilation: Compilation, job: Job, told: Told) -> Found:
    """The figures, from the newest compile where one can go on from it."""
    found = None
    if not job.params.get("full"):
        base = folding.base_of(compilation.period, compilation.region_id)
        found = recompile.adjusted(base, told) if base else None
    return found or compiler.compile_figures(compilation.days, compilation.region, told)


def _telling(job: Job, clock: Callable[[], datetime]) -> Told:
    """Write progress to the job.  Inside the snapshot, which reads only, another session does.

    SQLite lets nobody write beside a reader: there the next word comes when the reading is over.
    """
    outer = connection.in_atomic_block

    def told(done: int, total: int) -> None:
        if outer or not connection.in_atomic_block:
            jobs.progress(job, done, total, now=clock())
        else:
            jobs.tell_aside(job, done, total, now=clock())

    return told


@transaction.atomic
def _publish(
    compilation: Compilation, job: Job, found: Found, *, as_of: datetime, at: datetime
) -> Compilation:
    if found.base is not None and not folding.still(found.base):
        raise BaseMoved(str(found.base.pk))
    jobs.finish(job, now=at)
    compilation.job = job
    found.write(compilation, as_of=as_of, at=at)
    compilation.save()
    pieces.keep(compilation, found.parts, found.base and found.base.pk)
    journal.append(
        journal.SYSTEM,
        "compile_year",
        compilation,
        by=Actor(journal.SYSTEM),
        at=at,
        period=compilation.period,
        region=compilation.region.code,
        digest=compilation.digest,
        attempt=job.attempt,
    )
    return compilation
