"""Rules set, set aside with a reason, and their alerts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions
from filings.models import Alert, FilingReason, RuleSetting
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from filings.rules.settings import Settings


def codes_of(caught):
    return [one.code for one in caught.value.problems]


@pytest.fixture
def unplanned(agency, said, inspector, authority, at):
    """A draft that wants a reason: daily, and without a plan."""
    told = replace(said, plan_number="")
    return actions.draft(agency, told, by=authority(inspector), at=at)


class TestReason:
    def test_without_one_the_filing_stops_with_one_it_goes_on(
        self, unplanned, inspector, reviewer, authority, at
    ):
        by = authority(inspector)
        with pytest.raises(FilingIncomplete) as caught:
            actions.submit(unplanned, by=by, at=at)
        assert codes_of(caught) == ["daily_without_plan"]
        actions.give_reason(unplanned, "daily_without_plan", " 计划调整 ", by=by, at=at)
        actions.submit(unplanned, by=by, at=at)
        actions.approve(unplanned, by=authority(reviewer), at=at)
        assert unplanned.status == "approved"
        assert Alert.objects.get().code == "daily_without_plan"
        told = [event.reason for event in Event.objects.about(unplanned)]
        assert "计划调整" in told
        assert not list(journal.breaks())

    def test_a_reason_for_one_rule_does_not_set_another_aside(
        self, unplanned, inspector, authority, at
    ):
        by = authority(inspector)
        unplanned.members.all().delete()
        actions.give_reason(unplanned, "daily_without_plan", "计划调整", by=by, at=at)
        with pytest.raises(FilingIncomplete) as caught:
            actions.submit(unplanned, by=by, at=at)
        assert codes_of(caught) == ["too_few_officers"]

    @pytest.mark.parametrize(
        ("code", "text", "found"),
        [
            ("too_few_officers", "人手不足", ["reason_not_possible"]),
            ("visits_crowded", "说明", ["reason_not_possible"]),
            ("no_such_rule", "说明", ["reason_not_possible"]),
            ("daily_without_plan", "  ", ["reason_missing"]),
            ("daily_without_plan", "长" * 501, ["reason_missing"]),
        ],
    )
    def test_is_refused(self, unplanned, inspector, authority, at, code, text, found):
        with pytest.raises(FilingIncomplete) as caught:
            actions.give_reason(unplanned, code, text, by=authority(inspector), at=at)
        assert codes_of(caught) == found
        assert not FilingReason.objects.exists()

    def test_replaces_the_one_before(self, unplanned, inspector, authority, at):
        for text in ("计划调整", "领导交办"):
            actions.give_reason(
                unplanned, "daily_without_plan", text, by=authority(inspector), at=at
            )
        assert FilingReason.objects.get().text == "领导交办"

    def test_comes_before_the_submission_only(self, filing_at, inspector, authority, at):
        with pytest.raises(TransitionNotAllowed):
            actions.give_reason(
                filing_at("submitted"), "quiet_day", "说明", by=authority(inspector), at=at
            )


class TestAlert:
    def test_a_warning_does_not_stop_and_is_raised_once(
        self, filing_at, said, inspector, authority, at
    ):
        said.officers[0].certificates.update(valid_to=date(2022, 6, 30))
        filing = filing_at("approved")
        actions.check_in(
            filing,
            actions.Arrival(code_shown=True),
            by=authority(inspector),
            at=at + timedelta(hours=2),
        )
        alert = Alert.objects.get()
        assert (alert.code, alert.severity, alert.filing) == (
            "certificate_expiring",
            "warn",
            filing,
        )

    def test_what_wants_a_reason_does_not_stop_at_the_door(
        self, filing_at, ruled, inspector, authority, at
    ):
        filing = filing_at("approved")
        ruled("quiet_day", params={"days": [15]})
        door = at + timedelta(hours=2)
        actions.check_in(filing, actions.Arrival(code_shown=True), by=authority(inspector), at=door)
        assert Alert.objects.get().code == "quiet_day"

    def test_is_handled_once_by_a_supervisor(
        self, filing_at, said, supervisor, inspector, authority, at
    ):
        said.officers[0].certificates.update(valid_to=date(2022, 6, 30))
        filing_at("submitted")
        alert = Alert.objects.get()
        with pytest.raises(NotAuthorised):
            actions.handle_alert(alert, "已换证", by=authority(inspector), at=at)
        with pytest.raises(FilingIncomplete):
            actions.handle_alert(alert, " ", by=authority(supervisor), at=at)
        done = actions.handle_alert(alert, "已换证", by=authority(supervisor), at=at)
        assert (done.handled_by, done.result) == (supervisor, "已换证")
        with pytest.raises(FilingIncomplete) as caught:
            actions.handle_alert(alert, "再办", by=authority(supervisor), at=at)
        assert codes_of(caught) == ["alert_handled"]
        assert Event.objects.filter(verb="handle_alert").count() == 1


class TestSetRule:
    @pytest.fixture
    def said_rule(self):
        return actions.Ruling(
            code="visit_cap_reached",
            severity="hard",
            since=date(2022, 7, 1),
            source="吉市法〔2022〕1号",
            params={"visits": 1},
        )

    def test_ends_the_one_before_and_leaves_one_event(
        self, said_rule, administrator, authority, at
    ):
        by = authority(administrator)
        actions.set_rule(said_rule, by=by, at=at)
        actions.set_rule(replace(said_rule, since=date(2022, 9, 1), params={}), by=by, at=at)
        in_july = Settings.on(date(2022, 8, 31), None)
        assert (in_july.severity(said_rule.code), in_july.param(said_rule.code, "visits")) == (
            "hard",
            1,
        )
        assert Settings.on(date(2022, 9, 1), None).param(said_rule.code, "visits") == 2
        assert Settings.on(date(2022, 6, 30), None).severity(said_rule.code) == "reason"
        assert Event.objects.filter(verb="set_rule", chain=journal.SYSTEM).count() == 2

    def test_is_for_the_administrator_alone(self, said_rule, supervisor, authority, at):
        with pytest.raises(NotAuthorised):
            actions.set_rule(said_rule, by=authority(supervisor), at=at)

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({"code": "nothing", "params": {}}, ["unknown_rule"]),
            ({"severity": "deadly"}, ["unknown_severity"]),
            ({"source": " "}, ["source_missing"]),
            ({"params": {"visit": 1}}, ["unknown_threshold"]),
            ({"params": {"visits": -1}}, ["bad_threshold"]),
            ({"params": {"visits": True}}, ["bad_threshold"]),
            ({"params": {"visits": "2"}}, ["bad_threshold"]),
            (
                {"code": "clock_annual_plan", "severity": "warn", "params": {"due_month": 13}},
                ["bad_threshold"],
            ),
            (
                {"code": "clock_result", "severity": "warn", "params": {"yellow_percent": 101}},
                ["bad_threshold"],
            ),
            ({"params": {"by_class": {"A": "x"}}}, ["bad_threshold"]),
            ({"params": {"methods": ["telepathy"]}}, ["bad_threshold"]),
            ({"params": {"exempt_triggers": "media"}}, ["bad_threshold"]),
        ],
    )
    def test_names_what_is_wrong(self, said_rule, administrator, authority, at, changes, found):
        with pytest.raises(actions.RuleNotSet) as caught:
            actions.set_rule(replace(said_rule, **changes), by=authority(administrator), at=at)
        assert codes_of(caught) == found
        assert not RuleSetting.objects.exists()

    def test_does_not_rewrite_what_is_set_later(self, said_rule, administrator, authority, at):
        by = authority(administrator)
        actions.set_rule(said_rule, by=by, at=at)
        with pytest.raises(actions.RuleNotSet) as caught:
            actions.set_rule(said_rule, by=by, at=at)
        assert codes_of(caught) == ["set_later"]
