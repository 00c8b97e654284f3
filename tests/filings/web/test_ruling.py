"""The pages of the rules and of their alerts."""

from datetime import date

import pytest
import time_machine

from agencies.models import Event
from filings.models import Alert, RuleSetting
from filings.rules import thresholds
from filings.rules.catalogue import CATALOGUE
from filings.rules.settings import Settings
from filings.web.alert_kinds import MANY
from tests import factories

CAP = "/rules/visit_cap_reached/"


@pytest.fixture(autouse=True)
def clock(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def alert(said, filing_at):
    """A certificate that expires soon raised it."""
    said.officers[0].certificates.update(valid_to=date(2022, 6, 30))
    filing_at("submitted")
    return Alert.objects.get()


@pytest.fixture
def typed(district):
    """A cap set for one district, as a browser sends it."""
    return {
        "severity": "hard",
        "region": district.pk,
        "since": "2022-07-01",
        "source": "吉市法〔2022〕1号",
        "param_visits": "1",
        "param_by_class": "A=1，D=4",
        "param_methods": ["on_site", "testing"],
        "param_exempt_triggers": ["complaint"],
    }


def test_every_threshold_has_a_name_and_every_value_words():
    for code, entry in CATALOGUE.items():
        for name, value in thresholds.shown(code, entry.params):
            assert name not in entry.params
            assert not {"law", "complaint", "on_site"} & set(value.split(", "))


class TestRules:
    def test_all_are_listed_with_their_severity(self, client, inspector):
        client.force_login(inspector)
        page = client.get("/rules/").content.decode()
        assert all(f"/rules/{code}/" in page for code in CATALOGUE)

    @pytest.mark.parametrize("code", CATALOGUE)
    def test_each_has_a_page_with_all_its_thresholds(self, client, administrator, code):
        client.force_login(administrator)
        answer = client.get(f"/rules/{code}/")
        assert answer.status_code == 200
        assert answer.context["form"].thresholds == list(CATALOGUE[code].params)

    def test_what_is_typed_holds_from_its_day_in_its_region(
        self, client, administrator, typed, district, city
    ):
        client.force_login(administrator)
        assert client.post(CAP, typed).status_code == 302
        inside = Settings.on(date(2022, 7, 1), district).by_code["visit_cap_reached"]
        assert (inside.severity, inside.source) == ("hard", typed["source"])
        assert inside.params == {
            "visits": 1,
            "by_class": {"A": 1, "D": 4},
            "methods": ["on_site", "testing"],
            "exempt_triggers": ["complaint"],
        }
        for day, region in ((date(2022, 6, 30), district), (date(2022, 7, 1), city)):
            assert Settings.on(day, region).severity("visit_cap_reached") == "reason"
        event = Event.objects.get(verb="set_rule")
        assert (event.actor, event.role) == (administrator.name, "administrator")
        assert typed["source"] in client.get(CAP).content.decode()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("severity", "deadly"),
            ("since", "morgen"),
            ("source", ""),
            ("region", "999"),
            ("param_visits", "-1"),
            ("param_visits", "many"),
            ("param_by_class", "A:1"),
            ("param_methods", ["telepathy"]),
        ],
    )
    def test_a_bad_value_is_named_at_its_field_and_nothing_is_set(
        self, client, administrator, typed, field, value
    ):
        client.force_login(administrator)
        answer = client.post(CAP, typed | {field: value})
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert not RuleSetting.objects.exists()

    def test_numbers_are_typed_with_commas_of_either_width(self, client, administrator):
        client.force_login(administrator)
        typed = {"severity": "reason", "since": "2022-07-01", "source": "通知"}
        assert client.post("/rules/quiet_day/", typed | {"param_days": "1, x"}).status_code == 400
        assert (
            client.post("/rules/quiet_day/", typed | {"param_days": "1，2, 3"}).status_code == 302
        )
        assert RuleSetting.objects.get().params == {"days": [1, 2, 3], "exempt_triggers": []}

    def test_a_day_before_the_last_setting_is_refused_at_its_field(
        self, client, administrator, typed
    ):
        client.force_login(administrator)
        client.post(CAP, typed)
        answer = client.post(CAP, typed | {"since": "2022-06-20"})
        assert list(answer.context["form"].errors) == ["since"]

    def test_a_reader_sees_no_form_and_sets_nothing(self, client, supervisor, typed):
        client.force_login(supervisor)
        assert '<form class="card form' not in client.get(CAP).content.decode()
        assert client.post(CAP, typed).status_code == 403
        assert not RuleSetting.objects.exists()

    def test_an_unknown_rule_is_not_found(self, client, administrator):
        client.force_login(administrator)
        assert client.get("/rules/no_such_rule/").status_code == 404

    def test_the_rule_and_its_source_stand_beside_each_threshold(self, client, administrator):
        client.force_login(administrator)
        fields = client.get(CAP).context["form"].fields
        beside = {name for name, field in fields.items() if getattr(field, "rule", None)}
        assert beside == {"severity"} | {name for name in fields if name.startswith("param_")}
        assert fields["param_visits"].rule is CATALOGUE["visit_cap_reached"]


@pytest.fixture
def unused(agency, at):
    """So many alerts of one kind."""

    def raise_(count):
        for n in range(count):
            Alert.objects.create(
                code="items_unused", severity="warn", about=f"unused {n}", agency=agency,
                text="Unused.", created_at=at,
            )  # fmt: skip

    return raise_


class TestAlerts:
    def test_of_one_kind_in_numbers_stand_as_one_beside_the_others(
        self, client, supervisor, alert, unused
    ):
        unused(MANY)
        client.force_login(supervisor)
        page = client.get("/alerts/").context
        [(kind, address)] = page["gathered"]
        assert (kind.code, kind.count, kind.agencies) == ("items_unused", MANY, 1)
        assert page["waiting"] == MANY + 1
        assert [one.pk for one in page["page"].rows] == [alert.pk]
        opened = client.get(f"/alerts/{address}").context
        assert {one.code for one in opened["page"].rows} == {"items_unused"}
        assert (opened["gathered"], len(opened["page"].rows)) == ([], MANY)
        assert [chip.query for chip in opened["chips"]] == ["?open=true"]

    def test_of_few_or_of_one_kind_alone_are_shown_one_by_one(self, client, supervisor, unused):
        unused(MANY)
        client.force_login(supervisor)
        assert client.get("/alerts/").context["gathered"] == []
        Alert.objects.all().delete()
        unused(MANY - 1)
        assert client.get("/alerts/").context["gathered"] == []

    def test_one_goes_on_with_the_kind_one_is_at(self, client, supervisor, alert):
        client.force_login(supervisor)
        said = {"result": "已换证", "code": alert.code}
        assert (
            client.post(f"/alerts/{alert.pk}/", said)["Location"] == f"/alerts/?code={alert.code}"
        )
        answer = client.post(f"/alerts/{alert.pk}/", said | {"code": "//evil.example"})
        assert answer["Location"] == "/alerts/"

    def test_speak_the_language_of_the_reader(self, client, supervisor, alert):
        client.force_login(supervisor)
        for language, words in (("en", "expires on 2022-06-30"), ("zh-hans", "2022-06-30")):
            page = client.get("/alerts/", headers={"accept-language": language}).content.decode()
            assert words in page
            assert CATALOGUE[alert.code].rule in page
        assert "expires" not in page

    def test_are_handled_with_what_was_done(self, client, supervisor, alert):
        client.force_login(supervisor)
        client.post(f"/alerts/{alert.pk}/", {"result": ""})
        assert Alert.objects.open().exists()
        client.post(f"/alerts/{alert.pk}/", {"result": "已换证"})
        assert not Alert.objects.open().exists()
        assert list(client.get("/alerts/").context["page"].rows) == []
        assert "已换证" in client.get("/alerts/?open=false").content.decode()

    def test_are_those_of_the_own_region(self, client, alert, elsewhere):
        stranger = factories.account("stranger", name="外督")
        factories.appointment(stranger, "supervisor", region=elsewhere)
        client.force_login(stranger)
        assert list(client.get("/alerts/").context["page"].rows) == []
        assert client.post(f"/alerts/{alert.pk}/", {"result": "x"}).status_code == 404

    def test_are_closed_to_officers(self, client, inspector, alert):
        client.force_login(inspector)
        assert client.get("/alerts/").status_code == 403

    def test_an_unknown_filter_is_named(self, client, supervisor):
        client.force_login(supervisor)
        assert client.get("/alerts/?colour=red").status_code == 400
