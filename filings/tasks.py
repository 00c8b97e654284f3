"""The tasks of the register of filings: each gets an id and calls one action."""

from celery import shared_task
from django.utils import timezone

from agencies import jobs
from filings.imports import uploads


@shared_task(name=uploads.KIND)
def take_in(*, job_id: str, **_: object) -> None:
    """Try the rows of a file, or take them in, as the job row asks."""
    uploads.run(job_id, clock=timezone.now, told=jobs.tell_aside)
