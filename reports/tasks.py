"""The tasks of the yearly compile: each gets an id and calls one action."""

from celery import shared_task
from django.utils import timezone

from reports import actions


@shared_task(name=actions.KIND)
def compile_year(*, job_id: str, **_: object) -> None:
    """Run the compile that the job row asks for."""
    actions.run(job_id, clock=timezone.now)
