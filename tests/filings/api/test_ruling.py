"""The rules and their alerts over HTTP."""

from datetime import date

import pytest
import time_machine

from filings.models import Alert, RuleSetting
from filings.rules.catalogue import CATALOGUE

RULES = "/api/v1/rules/"
CAP = f"{RULES}visit_cap_reached/"


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def body(district):
    return {
        "code": "visit_cap_reached",
        "severity": "hard",
        "since": "2022-07-01",
        "source": "吉市法〔2022〕1号",
        "params": {"visits": 1},
        "region": district.code,
    }


class TestRules:
    def test_are_listed_as_they_are_in_force(self, client, inspector, ruled, district):
        ruled("visits_crowded", severity="hard", region=district)
        client.force_login(inspector)
        found = client.get(RULES, {"region": district.code}).json()["results"]
        assert [one["code"] for one in found] == list(CATALOGUE)
        crowded = next(one for one in found if one["code"] == "visits_crowded")
        assert (crowded["severity"], crowded["default_severity"]) == ("hard", "warn")
        assert client.get(f"{RULES}visits_crowded/").json()["severity"] == "warn"

    def test_are_set_from_a_day_on(self, client, administrator, body, district):
        client.force_login(administrator)
        answer = client.post(RULES, body, content_type="application/json")
        assert (answer.status_code, answer.json()["valid_from"]) == (201, "2022-07-01")
        for on, severity in (("2022-06-30", "reason"), ("2022-07-01", "hard")):
            found = client.get(CAP, {"on": on, "region": district.code}).json()
            assert found["severity"] == severity

    def test_every_fault_is_named_at_once(self, client, administrator, body):
        client.force_login(administrator)
        wrong = body | {"severity": "deadly", "params": {"visit": 1, "visits": "x"}, "source": "　"}
        answer = client.post(RULES, wrong, content_type="application/json")
        assert answer.status_code == 400
        pointers = {one["pointer"] for one in answer.json()["problems"]}
        assert pointers == {"severity", "source", "params/visit", "params/visits"}
        assert not RuleSetting.objects.exists()

    @pytest.mark.parametrize("change", [{"region": "999999"}, {"since": "bald"}, {"extra": 1}])
    def test_what_cannot_be_read_is_refused(self, client, administrator, body, change):
        client.force_login(administrator)
        answer = client.post(RULES, body | change, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["problems"][0]["pointer"] == f"/{next(iter(change))}"

    def test_are_set_by_the_administrator_alone(self, client, supervisor, body):
        client.force_login(supervisor)
        assert client.post(RULES, body, content_type="application/json").status_code == 403

    @pytest.mark.parametrize("query", ["?on=soon", "?region=000000", "?day=1"])
    def test_a_bad_question_is_refused(self, client, inspector, query):
        client.force_login(inspector)
        assert client.get(RULES + query).status_code == 400
        assert client.get(f"{RULES}no_such_rule/").status_code == 404


class TestAlerts:
    @pytest.fixture
    def alert(self, said, filing_at):
        said.officers[0].certificates.update(valid_to=date(2022, 6, 30))
        filing_at("submitted")
        return Alert.objects.get()

    def test_say_rule_version_and_numbers(self, client, supervisor, ruled, said, filing_at):
        ruled("certificate_expiring", params={"days": 20}, since=date(2022, 3, 1))
        said.officers[0].certificates.update(valid_to=date(2022, 6, 30))
        filing_at("submitted")
        client.force_login(supervisor)
        (found,) = client.get(
            "/api/v1/alerts/?open=true", headers={"accept-language": "en"}
        ).json()["results"]
        assert (found["rule"], found["since"]) == ("R-OFF-2", "2022-03-01")
        assert found["numbers"]["day"] == "2022-06-30"
        assert "Have it renewed" in found["message"]

    def test_are_handled_once(self, client, supervisor, alert, post_seen):
        client.force_login(supervisor)
        place = f"/api/v1/alerts/{alert.pk}/handle/"
        done = post_seen(place, {"result": "已换证"})
        assert (done.status_code, done.json()["handled_by"]) == (200, supervisor.name)
        again = post_seen(place, {"result": "再办"})
        assert again.json()["problems"][0]["code"] == "alert_handled"
        assert client.get("/api/v1/alerts/?open=true").json()["results"] == []

    def test_are_unknown_to_officers(self, client, inspector, alert):
        client.force_login(inspector)
        assert client.get("/api/v1/alerts/").json()["results"] == []
        place = f"/api/v1/alerts/{alert.pk}/handle/"
        answer = client.post(place, {"result": "x"}, content_type="application/json")
        assert answer.status_code == 404
