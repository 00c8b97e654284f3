"""The page and the API of the queue."""

import pytest

from agencies import jobs
from agencies.models import Job
from agencies.schedule import order_due
from config.schedule import SCHEDULE
from reports import actions
from reports.periods import of_year


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def queue(at, db):
    """A job that waits, one that runs and one that failed."""
    made = [
        jobs.order("filings.take_in", f"key-{n}", params={}, by="孙册", at=at) for n in range(3)
    ]
    jobs.progress(jobs.claim(made[1].pk, now=at), 3, 9, now=at)
    jobs.fail(jobs.claim(made[2].pk, now=at), "OSError: disk full", now=at)
    return made


class TestPage:
    def test_shows_what_waits_runs_and_failed(self, signed_in, queue):
        answer = signed_in.get("/jobs/")

        counts = {tab.label: tab.count for tab in answer.context["tabs"]}
        assert counts["Queued"] == counts["Running"] == counts["Failed"] == 1
        page = answer.content.decode()
        assert "Import of a file" in page
        assert 'value="3"' in page
        assert "disk full" in page

    def test_names_every_job_of_the_schedule_and_its_slot(self, signed_in, at):
        order_due(SCHEDULE, now=at)

        page = signed_in.get("/jobs/").content.decode()

        assert all(one.kind not in page for one in SCHEDULE)
        assert "by the schedule" in page
        assert "+00:00</code>" not in page

    def test_narrows_to_a_state(self, signed_in, queue):
        found = signed_in.get("/jobs/?state=failed").context["page"].rows
        assert [job.key for job in found] == ["key-2"]

    def test_refuses_an_unknown_filter(self, signed_in):
        assert signed_in.get("/jobs/?colour=red").status_code == 400

    def test_stops_and_queues_again(self, signed_in, queue):
        waiting, _running, failed = queue

        signed_in.post(f"/jobs/{waiting.pk}/cancel/", {"reason": "重复"})
        signed_in.post(f"/jobs/{failed.pk}/retry/")

        states = dict(Job.objects.values_list("key", "state"))
        assert (states["key-0"], states["key-2"]) == ("cancelled", "queued")

    def test_says_why_nothing_was_done(self, signed_in, queue):
        here = f"/jobs/{queue[0].pk}/"
        no_reason = signed_in.post(f"{here}cancel/", {"reason": ""}, follow=True)
        assert "Give the reason." in no_reason.content.decode()
        waits = signed_in.post(f"{here}retry/", follow=True)
        assert "Only a job that failed or was cancelled" in waits.content.decode()

    @pytest.mark.parametrize("path", ["/jobs/", "/health/"])
    def test_is_closed_to_others(self, client, auditor, path):
        client.force_login(auditor)
        assert client.get(path).status_code == 403

    @pytest.mark.parametrize("said", [{}, {"reason": "想停"}])
    def test_refuses_others_before_it_reads_their_form(self, client, auditor, queue, said):
        client.force_login(auditor)
        assert client.post(f"/jobs/{queue[0].pk}/cancel/", said).status_code == 403

    def test_asks_few_questions_of_the_database(
        self, signed_in, queue, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(5):
            signed_in.get("/jobs/")


class TestApi:
    def test_shows_all_jobs_to_an_administrator(self, signed_in, queue):
        found = signed_in.get("/api/v1/jobs/?state=failed").json()["results"]
        assert [one["error"] for one in found] == ["OSError: disk full"]

    def test_shows_others_their_own(self, client, auditor, queue, city, authority, at):
        by = authority(auditor).appointments[0]
        ordered = actions.order(of_year(2022), by.region, by=jobs_actor(auditor), at=at)
        client.force_login(auditor)

        found = client.get("/api/v1/jobs/").json()["results"]

        assert [one["id"] for one in found] == [str(ordered.job_id)]
        assert client.get(f"/api/v1/jobs/{queue[0].pk}/").status_code == 404

    def test_stops_and_queues_again(self, signed_in, queue, post_seen):
        here = f"/api/v1/jobs/{queue[0].pk}/"

        def post(verb, **body):
            return post_seen(f"{here}{verb}/", body)

        assert post("cancel").json()["problems"][0]["pointer"] == "/reason"
        assert post("cancel", reason="重复").json()["state"] == "cancelled"
        assert (post("cancel", reason="重复").status_code, post("retry").status_code) == (409, 200)

    def test_refuses_to_let_others_stop_their_job(self, client, auditor, city, at, post_seen):
        ordered = actions.order(of_year(2022), city, by=jobs_actor(auditor), at=at)
        client.force_login(auditor)
        answer = post_seen(f"/api/v1/jobs/{ordered.job_id}/cancel/", {"reason": "想停"})
        assert answer.status_code == 403


def jobs_actor(account):
    return actions.Actor(account.name)
