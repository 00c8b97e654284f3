"""Jobs through the real broker and a worker process: done once, whatever happens to messages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies import jobs
from agencies.journal import Actor
from agencies.models import Event, Job
from reports import actions
from reports.models import Compilation
from reports.periods import of_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ordered(worker, agency, district):
    return actions.order(of_year(2022), district, by=Actor("auditor"), at=timezone.now())


def test_a_message_sent_three_times_runs_the_job_once(worker, ordered):
    assert worker.relay(times=3) == 1
    done = worker.ended(ordered.job)
    assert (done.state, done.attempt) == (Job.State.DONE, 1)
    assert Compilation.objects.get().digest
    assert Event.objects.filter(verb="compile_year").count() == 1


def test_the_job_of_a_dead_worker_is_taken_over(worker, ordered):
    dead = jobs.claim(ordered.job_id, now=timezone.now() - jobs.LEASE - timedelta(seconds=1))
    assert worker.relay() == 1
    assert worker.ended(ordered.job).attempt == 2
    with pytest.raises(jobs.LeaseLost):
        jobs.finish(dead, now=timezone.now())


def test_a_lost_message_is_sent_again(worker, ordered):
    lost_at = timezone.now() - jobs.RESEND - timedelta(seconds=1)
    jobs.send_due(lambda kind, job_id: None, now=lost_at)
    assert worker.relay() == 1
    assert worker.ended(ordered.job).state == Job.State.DONE
