"""The tasks of the yearly compile: each gets an id and calls one action."""

from celery import shared_task
from django.utils import timezone

from agencies import jobs
from reports import actions, folding, retention


@shared_task(name=actions.KIND)
def compile_year(*, job_id: str, **_: object) -> None:
    """Run the compile that the job row asks for."""
    actions.run(job_id, clock=timezone.now)


@shared_task(name="reports.fold_changes")
def fold_changes(*, job_id: str, **_: object) -> None:
    """Count what came since into the compiles from which the next orders go on."""
    jobs.perform(job_id, lambda now: folding.fold(clock=timezone.now), now=timezone.now())


@shared_task(name="reports.forget_facts")
def forget_facts(*, job_id: str, **_: object) -> None:
    """Take away the lists behind compiles that are old and that nobody sealed."""
    jobs.perform(job_id, lambda now: retention.forget(at=now), now=timezone.now())
