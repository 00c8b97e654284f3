"""An administrator stops jobs and queues them again; nobody else does."""

import pytest

from agencies import jobs
from agencies.authority import NotAuthorised
from agencies.models import Event, Job
from officers.actions.operating import JobNotOpen, cancel_job, retry_job


@pytest.fixture
def job(at, db):
    return jobs.order("reports.compile_year", "2022:220200", params={}, by="吴审", at=at)


@pytest.fixture
def failed(job, at):
    jobs.fail(jobs.claim(job.pk, now=at), "disk full", now=at)
    return job


@pytest.fixture
def operator(administrator, authority):
    return authority(administrator)


class TestCancel:
    def test_stops_a_waiting_job_and_leaves_the_reason_in_the_book(self, job, operator, at):
        cancel_job(job, by=operator, at=at, reason="重复")

        job.refresh_from_db()
        assert job.state == Job.State.CANCELLED
        told = Event.objects.about(job).get()
        assert (told.verb, told.actor, told.role, told.reason) == (
            "cancel_job",
            "郑管",
            "administrator",
            "重复",
        )

    def test_refuses_one_that_has_ended(self, failed, operator, at):
        with pytest.raises(JobNotOpen):
            cancel_job(failed, by=operator, at=at, reason="晚")
        assert not Event.objects.about(failed).exists()

    def test_refuses_others(self, job, auditor, authority, at):
        with pytest.raises(NotAuthorised):
            cancel_job(job, by=authority(auditor), at=at, reason="想停")
        job.refresh_from_db()
        assert job.state == Job.State.QUEUED


class TestRetry:
    def test_queues_a_failed_job_with_fresh_attempts(self, failed, operator, at):
        Job.objects.filter(pk=failed.pk).update(attempt=5)

        retry_job(failed, by=operator, at=at)

        sent = []
        assert jobs.send_due(lambda kind, pk: sent.append(pk), now=at) == 1
        assert sent == [str(failed.pk)]
        assert jobs.claim(failed.pk, now=at).attempt == 6
        assert Event.objects.about(failed).get().verb == "retry_job"

    def test_refuses_one_that_waits(self, job, operator, at):
        with pytest.raises(JobNotOpen):
            retry_job(job, by=operator, at=at)

    def test_refuses_while_an_equal_one_waits(self, failed, operator, at):
        jobs.order(failed.kind, failed.key, params={}, by="吴审", at=at)
        with pytest.raises(JobNotOpen):
            retry_job(failed, by=operator, at=at)
        failed.refresh_from_db()
        assert failed.state == Job.State.FAILED

    def test_refuses_others(self, failed, auditor, authority, at):
        with pytest.raises(NotAuthorised):
            retry_job(failed, by=authority(auditor), at=at)
