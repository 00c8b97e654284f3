"""Disposals over HTTP are proposed, agreed to by two and declined as on the pages."""

from datetime import timedelta

import pytest
import time_machine

from agencies.calendar import local_date
from agencies.models import Event, Job
from filings.models import Disposal, Rating
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "/api/v1/disposals/"


@pytest.fixture(autouse=True)
def _a_year_later(agency, at):
    Rating.objects.create(agency=agency, level=2, text="态度差", rated_on=local_date(at))
    with time_machine.travel(at + timedelta(days=400), tick=False):
        yield


@pytest.fixture
def city_supervisor(city):
    account = factories.account("city-supervisor", name="郑督")
    factories.appointment(account, "supervisor", region=city)
    return account


@pytest.fixture
def propose(client, administrator):
    """What the administrator is answered who proposes this kind."""

    def ask(kind="rating_text"):
        client.force_login(administrator)
        return client.post(HERE, {"kind": kind}, content_type="application/json")

    return ask


@pytest.fixture
def proposed(propose):
    return f"{HERE}{propose().json()['id']}/"


def test_what_is_due_is_told_by_kind(client, administrator):
    client.force_login(administrator)
    kinds = {one["kind"]: one for one in client.get(f"{HERE}kinds/").json()}
    assert (kinds["rating_text"]["due"], kinds["rating_text"]["days"]) == (1, 365)
    assert kinds["draft"]["due"] == 0


class TestPropose:
    def test_opens_one_for_two_people(self, propose):
        answer = propose()
        assert answer.status_code == 201
        assert (answer.json()["state"], answer.json()["due"]) == ("waiting", 1)
        assert propose().json()["id"] == answer.json()["id"]
        assert Event.objects.filter(verb="propose_disposal").count() == 1

    def test_refuses_what_is_not_due_and_what_is_no_kind(self, propose):
        found = {kind: propose(kind).json() for kind in ("draft", "filings")}
        assert [one["pointer"] for one in found["draft"]["problems"]] == ["/kind"]
        assert found["draft"]["problems"][0]["code"] == "nothing_due"
        assert found["filings"]["status"] == 400
        assert not Disposal.objects.exists()

    def test_is_not_for_those_who_agree(self, client, auditor):
        client.force_login(auditor)
        answer = client.post(HERE, {"kind": "rating_text"}, content_type="application/json")
        assert answer.status_code == 403
        assert not Disposal.objects.exists()


class TestAgree:
    def test_orders_the_job_with_the_second_word_only(
        self, client, proposed, city_supervisor, auditor, post_seen
    ):
        client.force_login(auditor)
        assert post_seen(f"{proposed}agree/", {}).json()["state"] == "waiting"
        assert post_seen(f"{proposed}agree/", {}).status_code == 403
        assert not Job.objects.exists()
        client.force_login(city_supervisor)
        said = post_seen(f"{proposed}agree/", {}).json()
        assert (said["state"], said["supervisor"], said["auditor"]) == ("ordered", "郑督", "吴审")
        assert Job.objects.get().kind == "filings.dispose"
        assert post_seen(f"{proposed}agree/", {}).status_code == 409

    def test_is_refused_on_an_older_version(self, client, proposed, city_supervisor, auditor):
        client.force_login(city_supervisor)
        tag = client.get(proposed).headers["ETag"]
        client.post(
            f"{proposed}agree/", {}, content_type="application/json", headers={"If-Match": tag}
        )
        client.force_login(auditor)
        answer = client.post(
            f"{proposed}agree/", {}, content_type="application/json", headers={"If-Match": tag}
        )
        assert answer.status_code == 412
        assert Disposal.objects.get().auditor is None

    def test_is_for_the_whole_city_only(self, client, proposed, supervisor, post_seen):
        client.force_login(supervisor)
        assert post_seen(f"{proposed}agree/", {}).status_code == 403


class TestDecline:
    def test_keeps_it_for_now_and_says_why(self, client, proposed, auditor, post_seen):
        client.force_login(auditor)
        assert post_seen(f"{proposed}decline/", {}).status_code == 400
        assert post_seen(f"{proposed}decline/", {"reason": "在查"}).json()["state"] == "declined"
        assert Event.objects.get(verb="decline_disposal").reason == "在查"
        assert post_seen(f"{proposed}agree/", {}).status_code == 409


def test_an_agency_knows_of_none(client, proposed, clerk):
    client.force_login(clerk)
    assert client.get(HERE).json()["results"] == []
    assert client.get(proposed).status_code == 404
    assert client.get(f"{HERE}kinds/").status_code == 403
