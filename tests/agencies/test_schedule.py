"""Work that comes round is ordered once in each slot of time, by however many relays."""

from datetime import timedelta

import pytest

from agencies import jobs
from agencies.models import Job
from agencies.schedule import KEPT, Periodic, order_due

pytestmark = pytest.mark.django_db
HOURLY = Periodic("tests.hourly", timedelta(hours=1))


def test_is_ordered_once_in_a_slot(at):
    assert order_due([HOURLY], now=at) == 1
    assert order_due([HOURLY], now=at + timedelta(minutes=59)) == 0
    assert order_due([HOURLY], now=at + timedelta(hours=1)) == 1


def test_is_not_ordered_again_when_it_was_done(at):
    order_due([HOURLY], now=at)
    jobs.perform(Job.objects.get().pk, lambda now: None, now=at)
    assert order_due([HOURLY], now=at + timedelta(minutes=1)) == 0


def test_what_was_done_a_month_ago_leaves_the_table(at):
    order_due([HOURLY], now=at)
    jobs.perform(Job.objects.get().pk, lambda now: None, now=at)
    kept = jobs.order("tests.other", "1", params={}, by="somebody", at=at)
    order_due([HOURLY], now=at + KEPT + timedelta(hours=1))
    assert Job.objects.filter(kind="tests.hourly").count() == 1
    assert Job.objects.filter(pk=kept.pk).exists()


def test_a_failure_is_written_to_the_job_and_raised(at):
    order_due([HOURLY], now=at)

    def broken(now):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        jobs.perform(Job.objects.get().pk, broken, now=at)
    assert (Job.objects.get().state, Job.objects.get().error) == ("failed", "OSError: disk full")


def test_a_job_that_has_ended_is_not_done_again(at):
    order_due([HOURLY], now=at)
    pk = Job.objects.get().pk
    assert jobs.perform(pk, lambda now: None, now=at)
    assert not jobs.perform(pk, lambda now: pytest.fail("done twice"), now=at)
