"""The tasks of the register of filings: each gets the id of its job and calls one action."""

from celery import shared_task
from django.utils import timezone

from agencies import jobs
from filings import actions
from filings.actions import disposing
from filings.imports import uploads


@shared_task(name=uploads.KIND)
def take_in(*, job_id: str, **_: object) -> None:
    """Try the rows of a file, or take them in, as the job row asks."""
    uploads.run(job_id, clock=timezone.now, told=jobs.tell_aside)


@shared_task(name=disposing.KIND)
def dispose(*, job_id: str, **_: object) -> None:
    """Dispose of what two people agreed to."""
    disposing.run(job_id, clock=timezone.now)


@shared_task(name="filings.propose_disposals")
def propose_disposals(*, job_id: str, **_: object) -> None:
    """Propose what was kept long enough."""
    jobs.perform(job_id, lambda now: disposing.propose_all(at=now), now=timezone.now())


@shared_task(name="filings.watch_clocks")
def watch_clocks(*, job_id: str, **_: object) -> None:
    """Expire what was not used and tell of what is overdue."""
    jobs.perform(job_id, lambda now: actions.watch(at=now), now=timezone.now())


@shared_task(name="filings.sweep_rules")
def sweep_rules(*, job_id: str, **_: object) -> None:
    """Look for what the registers show to be wrong without any filing."""
    jobs.perform(job_id, lambda now: actions.sweep(at=now), now=timezone.now())
