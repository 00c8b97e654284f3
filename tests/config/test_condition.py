"""How the system is, told to its administrator."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from agencies import checkpoints, jobs
from config import condition
from config.condition import checks


@pytest.fixture
def found(db, at):
    """The parts that are not good, by name, after so much time."""

    def after(**span):
        return {
            one.name: one.state for one in checks(at + timedelta(**span)) if one.state != "good"
        }

    checkpoints.make(at=at)
    return after


class TestChecks:
    def test_are_all_good_on_a_fresh_day(self, found):
        assert found() == {}

    @pytest.mark.parametrize(("minutes", "state"), [(0, None), (2, "warning"), (11, "bad")])
    def test_watch_how_long_a_job_waits(self, found, at, minutes, state):
        jobs.order("filings.take_in", "a", params={}, by="孙册", at=at)
        assert found(minutes=minutes).get("oldest_job") == state

    def test_count_a_dead_worker_from_the_end_of_its_lease(self, found, at):
        jobs.claim(jobs.order("filings.take_in", "a", params={}, by="孙册", at=at).pk, now=at)
        assert "oldest_job" not in found(minutes=14)
        assert found(minutes=17)["oldest_job"] == "warning"

    def test_count_what_failed_of_late(self, found, at):
        job = jobs.order("filings.take_in", "a", params={}, by="孙册", at=at)
        jobs.fail(jobs.claim(job.pk, now=at), "disk full", now=at)
        assert found()["failed_jobs"] == "warning"
        assert "failed_jobs" not in found(days=8)

    def test_miss_a_checkpoint_after_a_day(self, found):
        assert "checkpoint" not in found(hours=25)
        assert found(hours=27)["checkpoint"] == "warning"

    @pytest.mark.parametrize(("free", "state"), [(50, None), (9, "warning"), (2, "bad")])
    def test_watch_the_disk(self, found, monkeypatch, free, state):
        usage = type("Usage", (), {"total": 100, "used": 100 - free, "free": free})
        monkeypatch.setattr(condition.shutil, "disk_usage", lambda place: usage)
        assert found().get("disk") == state

    def test_name_a_storage_that_cannot_be_written(self, found, monkeypatch):
        def full(*args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(condition.default_storage, "save", full)
        assert found()["files"] == "bad"

    def test_name_a_broker_that_does_not_answer(self, found, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        assert found()["broker"] == "bad"

    def test_ask_nothing_more_of_a_database_that_is_gone(self, found, monkeypatch):
        class Gone:
            def __init__(self, connection):
                raise DatabaseError

        monkeypatch.setattr("config.health.MigrationExecutor", Gone)
        assert found() == {"database": "bad"}


class TestPage:
    def test_shows_every_part_with_what_to_do(self, client, administrator):
        client.force_login(administrator)
        page = client.get("/health/", headers={"Accept-Language": "en"}).content.decode()
        assert "never made" in page
        assert "Run checkpoint_events every day" in page


class TestApi:
    def test_tells_the_same(self, client, administrator):
        client.force_login(administrator)
        found = client.get("/api/v1/health/").json()
        assert {one["name"]: one["state"] for one in found}["checkpoint"] == "warning"

    def test_is_closed_to_others(self, client, auditor):
        client.force_login(auditor)
        assert client.get("/api/v1/health/").status_code == 403
