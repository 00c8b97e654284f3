"""How a case is worked: by the office of the agency's line, against clocks, both sides heard."""

from datetime import datetime, timedelta

import pytest

from agencies.authority import NotAuthorised
from agencies.calendar import SHANGHAI
from agencies.models import Event
from filings import actions, rules
from filings.actions import Matter
from filings.casework import case_clocks, for_agency
from filings.models import Alert, CaseEntry, Conflict, SupervisionCase
from filings.rules import FilingIncomplete
from officers.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def brought(filing_at, at):
    """A matter brought two hours into the day."""

    def do(kind="complaint", status="approved", **said):
        matter = Matter(kind, text="收费", **said)
        return actions.bring(filing_at(status), matter, address="10.0.0.1", at=at + 2 * HOUR)

    return do


def open_clocks(case, now):
    fresh = SupervisionCase.objects.with_entries().get(pk=case.pk)
    return {str(one.clock): one for one in case_clocks(fresh, now)}


def shanghai(day, hour=0):
    return datetime(2022, 6, day, hour, tzinfo=SHANGHAI)


class TestOffice:
    @pytest.mark.parametrize(
        ("line", "works"),
        [("local", "supervisor"), ("provincial", "environment"), ("central", "environment")],
    )
    def test_is_that_of_the_agencys_line_and_no_other(
        self, line, works, brought, agency, supervisor, environment, authority, at
    ):
        agency.line = line
        agency.save()
        case = brought()
        people = {"supervisor": supervisor, "environment": environment}
        other = people.pop("supervisor" if works == "environment" else "environment")
        (own,) = people.values()

        seen = SupervisionCase.objects
        assert list(seen.worked_by(authority(own))) == [case]
        assert list(seen.worked_by(authority(other))) == []
        with pytest.raises(NotAuthorised):
            actions.take_case(case, by=authority(other), at=at)
        actions.take_case(case, by=authority(own), at=at)
        assert case.entries.get().kind == "taken"

    def test_of_another_region_sees_nothing(self, brought, elsewhere, authority, at):
        far = factories.account("far")
        factories.appointment(far, "supervisor", region=elsewhere)
        case = brought()
        assert not SupervisionCase.objects.worked_by(authority(far)).exists()
        with pytest.raises(NotAuthorised):
            actions.answer_case(case, "upheld", "x", by=authority(far), at=at)

    def test_of_the_environment_reads_no_filing(self, brought, environment, authority):
        from filings.models import Filing

        brought()
        assert not Filing.objects.visible_to(authority(environment)).exists()


class TestClocks:
    def test_of_a_complaint_are_taking_and_answering(self, brought, at):
        found = open_clocks(brought(), at + 3 * HOUR)
        assert set(found) == {"take_case", "answer"}
        assert found["take_case"].due == shanghai(17)
        assert found["answer"].due == datetime(2022, 7, 1, tzinfo=SHANGHAI)
        assert {one.owner for one in found.values()} == {Role.SUPERVISOR}

    def test_of_a_bad_rating_call_back_within_48_hours_of_its_day(self, agency, filing_at):
        case = SupervisionCase.objects.create(
            kind="bad_rating",
            level=1,
            office="justice",
            reference="2022-AAAA-BBBB-CCCC",
            agency=agency,
            opened_at=shanghai(15),
            due_at=shanghai(30),
        )
        found = open_clocks(case, shanghai(15, 12))
        assert found["call_back"].due == shanghai(18)
        assert open_clocks(case, shanghai(18))["call_back"].colour == "red"

    def test_are_the_environments_for_its_lines(self, brought, agency, at):
        agency.line = "central"
        agency.save()
        assert open_clocks(brought(), at + 3 * HOUR)["answer"].owner == Role.ENVIRONMENT

    def test_stop_when_the_step_is_done(self, brought, supervisor, authority, at):
        case = brought()
        actions.take_case(case, by=authority(supervisor), at=at + 3 * HOUR)
        assert set(open_clocks(case, at + 4 * HOUR)) == {"answer"}

    def test_go_up_when_they_run_out_and_raise_one_alert(self, brought, at):
        case = brought()
        late = shanghai(18)
        assert open_clocks(case, late)["take_case"].escalation == Role.SUPERVISOR

        actions.watch(at=late)
        actions.watch(at=late + HOUR)

        alert = Alert.objects.get(about__startswith=f"case {case.pk} ")
        assert (alert.code, alert.agency, alert.subject) == ("clock_take_case", case.agency, None)
        assert "收费" not in alert.message


class TestHearing:
    def test_the_agency_replies_to_the_question_alone(
        self, brought, supervisor, reviewer, authority, at, client
    ):
        case = brought()
        office, head = authority(supervisor), authority(reviewer)
        client.force_login(reviewer)
        where = f"/filings/replies/{case.pk}/"
        assert client.get(where).status_code == 404

        actions.ask_agency(case, "请说明收费依据。", by=office, at=at + 3 * HOUR)
        page = client.get(where).content.decode()
        assert "请说明收费依据。" in page
        assert case.reference not in page
        assert "<p>收费</p>" not in page

        actions.reply(case, "未收费。", by=head, at=at + 4 * HOUR)
        client.force_login(supervisor)
        assert "未收费。" in client.get(f"/filings/cases/{case.pk}/").content.decode()

    def test_has_five_working_days(self, brought, supervisor, authority, at):
        case = brought()
        actions.ask_agency(case, "请说明。", by=authority(supervisor), at=at + 3 * HOUR)
        reply = open_clocks(case, at + 4 * HOUR)["reply"]
        assert (reply.owner, reply.due) == (Role.APPROVER, shanghai(23))

    def test_nobody_replies_unasked_or_twice(self, brought, supervisor, reviewer, authority, at):
        case, head = brought(), authority(reviewer)
        with pytest.raises(FilingIncomplete):
            actions.reply(case, "未收费。", by=head, at=at)
        actions.ask_agency(case, "请说明。", by=authority(supervisor), at=at)
        actions.reply(case, "未收费。", by=head, at=at)
        with pytest.raises(FilingIncomplete):
            actions.reply(case, "再说。", by=head, at=at)
        assert CaseEntry.objects.filter(kind="replied").get().text == "未收费。"

    def test_only_the_head_speaks_for_the_agency(
        self, brought, inspector, supervisor, authority, at
    ):
        case = brought()
        actions.ask_agency(case, "请说明。", by=authority(supervisor), at=at)
        for account in (inspector, supervisor):
            with pytest.raises(NotAuthorised):
                actions.reply(case, "x", by=authority(account), at=at)


class TestMending:
    def test_what_was_found_right_is_mended_within_fifteen_days(
        self, brought, supervisor, reviewer, authority, at
    ):
        case = brought()
        actions.answer_case(case, "upheld", "属实", by=authority(supervisor), at=at + DAY)
        due = open_clocks(case, at + 2 * DAY)
        assert {name: one.due for name, one in due.items()} == {
            "mend": datetime(2022, 7, 2, tzinfo=SHANGHAI)
        }

        actions.mend(case, "已退款。", by=authority(reviewer), at=at + 2 * DAY)
        assert open_clocks(case, at + 3 * DAY) == {}
        assert not SupervisionCase.objects.may_run().exists()

    @pytest.mark.parametrize("outcome", ["unfounded", "unclear"])
    def test_what_was_not_is_not(self, brought, supervisor, reviewer, authority, at, outcome):
        case = brought()
        actions.answer_case(case, outcome, "不属实", by=authority(supervisor), at=at + DAY)
        assert open_clocks(case, at + 2 * DAY) == {}
        with pytest.raises(FilingIncomplete):
            actions.mend(case, "x", by=authority(reviewer), at=at + 2 * DAY)


class TestRecusal:
    def test_is_due_before_the_visit(self, filing_at, said, at):
        filing = filing_at("approved")
        matter = Matter("recusal", text="王检是竞争对手的亲属")
        case = actions.bring(filing, matter, address="10.0.0.1", at=at)
        found = open_clocks(case, at)
        assert {name: one.due for name, one in found.items()} == {
            "decide_recusal": filing.planned_start
        }
        fresh = SupervisionCase.objects.with_entries().get()
        assert for_agency(fresh, at) == list(found.values())

    def test_granted_keeps_the_officer_from_the_door(
        self, brought, inspector, reviewer, authority, at
    ):
        case = brought("recusal")
        head = authority(reviewer)

        actions.decide_recusal(case, (inspector.officer,), "同意回避。", by=head, at=at)

        case.refresh_from_db()
        assert (case.outcome, case.answer) == ("upheld", "同意回避。")
        assert Conflict.objects.get().officer == inspector.officer
        assert Event.objects.filter(verb="decide_recusal").count() == 1
        with pytest.raises(FilingIncomplete) as refused:
            actions.check_in(
                case.filing, actions.Arrival(), by=authority(inspector), at=at + 2 * HOUR
            )
        assert [one.code for one in refused.value.problems] == ["officer_in_conflict"]

    def test_is_shown_to_whoever_goes_until_it_is_decided(
        self, brought, inspector, partner, reviewer, authority, at
    ):
        case = brought("recusal")
        found = {one.code: one for one in rules.problems(case.filing, at)}
        assert not found["recusal_open"].stops
        assert "王检" in found["recusal_open"].message or "李同" in found["recusal_open"].message

        actions.decide_recusal(case, (), "无利害关系。", by=authority(reviewer), at=at)

        assert rules.problems(case.filing, at) == []

    def test_is_an_alert_when_they_go_all_the_same(self, brought, inspector, authority, at):
        case = brought("recusal")
        actions.check_in(case.filing, actions.Arrival(), by=authority(inspector), at=at + 2 * HOUR)
        assert Alert.objects.get(code="recusal_open").filing == case.filing

    def test_is_shown_at_the_next_filing_of_the_same_officers(
        self, brought, agency, said, inspector, authority, at
    ):
        brought("recusal")
        filing = actions.draft(agency, said, by=authority(inspector), at=at)
        assert "recusal_open" in {one.code for one in rules.problems(filing, at)}

    def test_refused_leaves_the_visit_as_it_is(self, brought, inspector, reviewer, authority, at):
        case = brought("recusal")
        actions.decide_recusal(case, (), "无利害关系。", by=authority(reviewer), at=at)
        case.refresh_from_db()
        assert case.outcome == "unfounded"
        actions.check_in(case.filing, actions.Arrival(), by=authority(inspector), at=at + 2 * HOUR)
        assert not Conflict.objects.exists()

    def test_is_decided_once_and_by_the_head(
        self, brought, inspector, reviewer, supervisor, authority, at
    ):
        case = brought("recusal")
        for account in (inspector, supervisor):
            with pytest.raises(NotAuthorised):
                actions.decide_recusal(case, (), "x", by=authority(account), at=at)
        with pytest.raises(FilingIncomplete):
            actions.answer_case(case, "upheld", "x", by=authority(supervisor), at=at)
        actions.decide_recusal(case, (), "x", by=authority(reviewer), at=at)
        with pytest.raises(FilingIncomplete):
            actions.decide_recusal(case, (inspector.officer,), "y", by=authority(reviewer), at=at)
        assert not Conflict.objects.exists()

    def test_names_officers_of_the_filing_only(self, brought, agency, reviewer, authority, at):
        case = brought("recusal")
        stranger = factories.officer(agency)
        with pytest.raises(FilingIncomplete):
            actions.decide_recusal(case, (stranger,), "x", by=authority(reviewer), at=at)

    def test_is_decided_on_its_page_and_read_under_the_reference(
        self, brought, client, reviewer, inspector
    ):
        case = brought("recusal", contact="13800000000")
        client.force_login(reviewer)
        page = client.get(f"/filings/replies/{case.pk}/").content.decode()
        assert "收费" in page
        assert "13800000000" not in page

        said = {"officers": [inspector.officer.pk], "text": "同意回避。"}
        assert client.post(f"/filings/replies/{case.pk}/", said).status_code == 302

        read = client.post("/case/", {"reference": case.reference}).content.decode()
        assert "同意回避。" in read


class TestApi:
    @pytest.fixture
    def call(self, client, post_seen):
        def post(account, path, body=None):
            client.force_login(account)
            return post_seen(f"/api/v1/{path}/", body or {})

        return post

    def test_works_a_case_from_both_sides(self, call, brought, supervisor, reviewer):
        pk = brought().pk
        assert call(supervisor, f"cases/{pk}/take").status_code == 200
        asked = call(supervisor, f"cases/{pk}/ask", {"text": "请说明。"})
        assert [one["kind"] for one in asked.json()["entries"]] == ["taken", "asked"]
        replied = call(reviewer, f"replies/{pk}/reply", {"text": "未收费。"}).json()
        assert [one["kind"] for one in replied["entries"]] == ["asked", "replied"]
        assert replied["request"] is None
        body = {"outcome": "partly", "text": "部分属实"}
        assert call(supervisor, f"cases/{pk}/answer", body).json()["outcome"] == "partly"
        again = call(supervisor, f"cases/{pk}/answer", body)
        assert (again.status_code, again.json()["problems"][0]["code"]) == (400, "case_answered")
        assert call(reviewer, f"replies/{pk}/mend", {"text": "已整改"}).json()["clocks"] == []

    def test_decides_a_recusal(self, call, brought, reviewer, inspector):
        pk = brought("recusal").pk
        body = {"officers": ["S-NONE"], "text": "同意"}
        assert call(reviewer, f"replies/{pk}/decide_recusal", body).status_code == 400
        body["officers"] = [inspector.officer.code]
        assert call(reviewer, f"replies/{pk}/decide_recusal", body).json()["outcome"] == "upheld"

    def test_shows_a_stranger_nothing(self, call, brought, reviewer, inspector, client, outsider):
        pk = brought().pk
        for account in (reviewer, inspector, outsider):
            assert call(account, f"cases/{pk}/take").status_code == 404
            assert client.get("/api/v1/cases/").json()["results"] == []
            assert client.get("/api/v1/replies/").json()["results"] == []

    def test_tells_a_refused_value_by_name(self, call, brought, supervisor):
        answer = call(supervisor, f"cases/{brought().pk}/answer", {"outcome": "x", "text": ""})
        assert {one["pointer"] for one in answer.json()["problems"]} == {"/outcome", "/text"}


class TestPages:
    def test_list_the_cases_with_their_clocks_in_a_fixed_number_of_queries(
        self, brought, supervisor, client, django_assert_max_num_queries
    ):
        for _one in range(3):
            brought()
        client.force_login(supervisor)
        with django_assert_max_num_queries(14):
            page = client.get("/filings/cases/", headers={"Accept-Language": "en"})
        assert page.content.decode().count("Take the case up") == 3

    def test_take_a_case_up(self, brought, supervisor, client):
        case = brought()
        client.force_login(supervisor)
        client.post(f"/filings/cases/{case.pk}/taken/")
        assert case.entries.get().kind == "taken"
        assert client.post(f"/filings/cases/{case.pk}/burn/").status_code == 404

    def test_are_closed_to_others(self, brought, client, inspector, reviewer):
        case = brought()
        client.force_login(inspector)
        assert client.get("/filings/replies/").status_code == 403
        client.force_login(reviewer)
        assert client.post(f"/filings/cases/{case.pk}/taken/").status_code == 404
