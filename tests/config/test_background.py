"""Background work: ids reach a real Celery worker, an outage ends nothing."""

import threading

import pytest
from django.db import OperationalError

from agencies.models import Job
from config import background
from config.background import Background, relay, take_back
from config.celery import app
from config.schedule import SCHEDULE
from tests.factories import NOW


class TestRelay:
    def test_outlives_an_outage(self, monkeypatch):
        stop, calls = threading.Event(), []

        def failing(send, *, now):
            calls.append(now)
            if len(calls) == 2:
                stop.set()
            raise OperationalError("gone")

        monkeypatch.setattr(background.jobs, "send_due", failing)
        monkeypatch.setattr(background, "close_old_connections", lambda: None)
        monkeypatch.setattr(stop, "wait", lambda seconds: stop.is_set())
        relay(stop, periodic=())
        assert len(calls) == 2


class TestSchedule:
    def test_every_kind_that_comes_round_has_its_task(self):
        app.loader.import_default_modules()
        assert {one.kind for one in SCHEDULE} <= set(app.tasks)

    @pytest.mark.django_db
    def test_the_relay_orders_what_comes_round(self, monkeypatch):
        stop, sent = threading.Event(), []

        def send(_send, *, now):
            sent.append(now)
            stop.set()

        monkeypatch.setattr(background.jobs, "send_due", send)
        monkeypatch.setattr(background, "close_old_connections", lambda: None)
        monkeypatch.setattr(stop, "wait", lambda seconds: stop.is_set())
        relay(stop)
        assert {job.kind for job in Job.objects.all()} == {one.kind for one in SCHEDULE}
        assert sent


class TestTakeBack:
    @pytest.mark.django_db
    def test_makes_the_jobs_of_a_dead_process_due(self):
        job = Job.objects.create(
            kind="k", key="1", ordered_by="x", ordered_at=NOW, state="running", lease_until=NOW
        )
        assert take_back() == 1
        job.refresh_from_db()
        assert job.sent_at is None


class TestBackground:
    def test_runs_a_task_twice_over_a_restart_and_ends_quickly(self, monkeypatch):
        done = threading.Event()

        @app.task(name="tests.done")
        def run(*, job_id):
            assert job_id == "7"
            done.set()

        def once(send, *, now):
            if not done.is_set():
                send("tests.done", "7")

        monkeypatch.setattr(background.jobs, "send_due", once)
        monkeypatch.setattr(background, "close_old_connections", lambda: None)
        try:
            for _turn in range(2):
                with Background():
                    assert done.wait(10)
                done.clear()
        finally:
            app.tasks.pop("tests.done")
