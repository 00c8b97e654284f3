"""The tasks of officers: each gets the id of its job and calls one action."""

from celery import shared_task
from django.utils import timezone

from agencies import jobs
from officers.actions import answering


@shared_task(name="officers.forget_keys")
def forget_keys(*, job_id: str, **_: object) -> None:
    """Forget the answers that nobody may ask for again."""
    jobs.perform(job_id, lambda now: answering.forget(at=now), now=timezone.now())
