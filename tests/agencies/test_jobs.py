"""The queue in the database: ordered once, taken once, closed only by who holds the lease."""

from datetime import timedelta

import pytest

from agencies import jobs
from agencies.models import Job

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def job(at):
    return jobs.order("reports.compile_year", "2022:220200", params={}, by="吴审", at=at)


def test_two_orders_for_the_same_key_give_one_job(job, at):
    again = jobs.order("reports.compile_year", "2022:220200", params={}, by="周督", at=at)
    assert again == job
    assert jobs.order("reports.compile_year", "2021:220200", params={}, by="周督", at=at) != job


def test_a_finished_job_can_be_ordered_again(job, at):
    jobs.finish(jobs.claim(job.pk, now=at), now=at)
    assert jobs.order("reports.compile_year", "2022:220200", params={}, by="吴审", at=at) != job


def test_only_one_worker_gets_the_job(job, at):
    assert jobs.claim(job.pk, now=at).attempt == 1
    assert jobs.claim(job.pk, now=at) is None


def test_a_dead_worker_is_replaced_after_its_lease(job, at):
    jobs.claim(job.pk, now=at)
    later = at + jobs.LEASE + MINUTE
    assert jobs.claim(job.pk, now=later).attempt == 2


def test_a_worker_that_wakes_up_cannot_close_the_job(job, at):
    sleeper = jobs.claim(job.pk, now=at)
    later = at + jobs.LEASE + MINUTE
    heir = jobs.claim(job.pk, now=later)
    for close in (jobs.finish, lambda held, now: jobs.fail(held, "late", now=now)):
        with pytest.raises(jobs.LeaseLost):
            close(sleeper, now=later)
    jobs.finish(heir, now=later)
    assert Job.objects.get(pk=job.pk).state == "done"


def test_progress_prolongs_the_lease(job, at):
    held = jobs.claim(job.pk, now=at)
    jobs.progress(held, 5, 10, now=at + 10 * MINUTE)
    assert jobs.claim(job.pk, now=at + jobs.LEASE + MINUTE) is None
    stored = Job.objects.get(pk=job.pk)
    assert (stored.done, stored.total) == (5, 10)


def test_a_failure_keeps_its_reason(job, at):
    jobs.fail(jobs.claim(job.pk, now=at), "no such region", now=at)
    stored = Job.objects.get(pk=job.pk)
    assert (stored.state, stored.error, stored.finished_at) == ("failed", "no such region", at)


def test_a_cancelled_job_stops_its_worker(job, at):
    held = jobs.claim(job.pk, now=at)
    assert jobs.cancel(job, now=at)
    with pytest.raises(jobs.LeaseLost):
        jobs.progress(held, 1, 2, now=at)
    assert not jobs.cancel(job, now=at)


class TestSendDue:
    def test_sends_a_waiting_job_once_a_minute(self, job, at):
        sent = []
        send = lambda kind, key: sent.append((kind, key))  # noqa: E731
        assert jobs.send_due(send, now=at) == 1
        assert jobs.send_due(send, now=at + MINUTE / 2) == 0
        assert jobs.send_due(send, now=at + 2 * MINUTE) == 1
        assert sent == [("reports.compile_year", str(job.pk))] * 2

    def test_leaves_a_running_job_alone_until_its_lease_ends(self, job, at):
        jobs.claim(job.pk, now=at)
        assert jobs.send_due(lambda *_: None, now=at + MINUTE) == 0
        assert jobs.send_due(lambda *_: None, now=at + jobs.LEASE + MINUTE) == 1

    def test_a_dead_broker_loses_nothing(self, job, at):
        def refused(kind, key):
            raise ConnectionError("refused")

        with pytest.raises(ConnectionError):
            jobs.send_due(refused, now=at)
        assert jobs.send_due(lambda *_: None, now=at) == 1

    def test_gives_up_after_the_last_attempt(self, job, at):
        Job.objects.filter(pk=job.pk).update(attempt=jobs.ATTEMPTS)
        assert jobs.send_due(lambda *_: None, now=at) == 0
        stored = Job.objects.get(pk=job.pk)
        assert stored.state == "failed"
        assert "attempts" in stored.error
