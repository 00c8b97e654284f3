"""An administrator's hand on the queue: a job is stopped, or queued again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import jobs, journal
from agencies.authority import NotAuthorised
from agencies.journal import Actor
from agencies.models import Job
from officers.authority import Authority
from officers.roles import Permission


class JobNotOpen(Exception):
    """The job is not in a state in which this can be done to it."""

    code = "job_not_open"


@transaction.atomic
def cancel_job(job: Job, *, by: Authority, at: datetime, reason: str) -> None:
    """Stop a job that waits or runs; what it was doing leaves nothing.

    Raises NotAuthorised and JobNotOpen.
    """
    actor = _operator(by)
    if not jobs.cancel(job, now=at):
        raise JobNotOpen(_("The job has ended already."))
    journal.append(journal.SYSTEM, "cancel_job", job, by=actor, at=at, reason=reason, kind=job.kind)


@transaction.atomic
def retry_job(job: Job, *, by: Authority, at: datetime) -> None:
    """Queue a job again that failed or was cancelled.  Raises NotAuthorised and JobNotOpen."""
    actor = _operator(by)
    try:
        with transaction.atomic():
            queued = jobs.retry(job)
    except IntegrityError as error:
        raise JobNotOpen(_("An equal job waits or runs already.")) from error
    if not queued:
        raise JobNotOpen(_("Only a job that failed or was cancelled is queued again."))
    journal.append(journal.SYSTEM, "retry_job", job, by=actor, at=at, kind=job.kind)


def _operator(by: Authority) -> Actor:
    if not by.may(Permission.JOB_MANAGE):
        raise NotAuthorised(_("Only administrators stop jobs or queue them again."))
    return by.actor(Permission.JOB_MANAGE)
