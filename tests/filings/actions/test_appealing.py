"""A case that was misdirected, shown in its author's words, or appealed against (R-EVA-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions
from filings.actions import Matter
from filings.casework import case_clocks
from filings.models import CaseEntry, SupervisionCase
from filings.rules import FilingIncomplete
from officers.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def second(district):
    """Another supervisor of the same office."""
    account = factories.account("second", name="周复核")
    factories.appointment(account, "supervisor", region=district)
    return account


@pytest.fixture
def case(filing_at, at):
    """A complaint in these words: 收了三百元。"""
    matter = Matter("complaint", text="收了三百元。", contact="13800000009")
    return actions.bring(filing_at("approved"), matter, address="10.0.0.1", at=at)


@pytest.fixture
def upheld(case, supervisor, authority, at):
    return actions.answer_case(case, "upheld", "属实", by=authority(supervisor), at=at + DAY)


def running(case, now):
    fresh = SupervisionCase.objects.with_entries().get(pk=case.pk)
    return {str(one.clock): one for one in case_clocks(fresh, now)}


def codes(refused):
    return [one.code for one in refused.value.problems]


class TestHandingOver:
    def test_gives_the_case_to_the_other_office_with_a_new_term(
        self, case, supervisor, environment, authority, at
    ):
        actions.hand_over(case, "属省垂直管理。", by=authority(supervisor), at=at + 3 * DAY)

        seen = SupervisionCase.objects
        assert list(seen.worked_by(authority(environment))) == [case]
        assert list(seen.worked_by(authority(supervisor))) == []
        take = running(case, at + 3 * DAY)["take_case"]
        assert (take.owner, take.due > at + 3 * DAY) == (Role.ENVIRONMENT, True)
        assert Event.objects.filter(verb="case_handed").count() == 1

    def test_is_refused_once_the_case_is_taken_or_answered_or_came_from_there(
        self, case, supervisor, environment, authority, at
    ):
        office = authority(supervisor)
        with pytest.raises(FilingIncomplete) as refused:
            actions.hand_over(case, " ", by=office, at=at)
        assert codes(refused) == ["reason_missing"]

        actions.hand_over(case, "属省垂直管理。", by=office, at=at)
        with pytest.raises(FilingIncomplete) as refused:
            actions.hand_over(case, "退回。", by=authority(environment), at=at)
        assert codes(refused) == ["done_already"]

        actions.take_case(case, by=authority(environment), at=at)
        with pytest.raises(FilingIncomplete) as refused:
            actions.hand_over(case, "退回。", by=authority(environment), at=at)
        assert codes(refused) == ["not_to_hand_over"]
        case.refresh_from_db()
        assert case.office == "environment"

    def test_is_refused_to_another_office_and_to_the_agency(
        self, case, environment, reviewer, authority, at
    ):
        for account in (environment, reviewer):
            with pytest.raises(NotAuthorised):
                actions.hand_over(case, "x", by=authority(account), at=at)
        assert not CaseEntry.objects.exists()

    def test_leads_back_to_the_list_on_the_page_and_answers_204_over_the_api(
        self, client, case, supervisor, post_seen
    ):
        client.force_login(supervisor)
        shown = client.get(f"/filings/cases/{case.pk}/", headers={"Accept-Language": "en"})
        assert "Hand over to the other office" in shown.content.decode()

        answer = post_seen(f"/api/v1/cases/{case.pk}/hand_over/", {"text": "属省垂直管理。"})
        assert answer.status_code == 204
        assert client.get(f"/filings/cases/{case.pk}/").status_code == 404


class TestRelease:
    def test_shows_the_agency_the_words_and_never_the_contact(
        self, client, case, supervisor, reviewer, authority, at
    ):
        where = f"/filings/replies/{case.pk}/"
        actions.ask_agency(case, "请说明。", by=authority(supervisor), at=at)
        client.force_login(reviewer)
        before = client.get(where).content.decode()
        assert client.get(f"/api/v1/replies/{case.pk}/").json()["text"] == ""

        actions.release(case, by=authority(supervisor), at=at + DAY)

        after = client.get(where).content.decode()
        assert ("收了三百元" in before, "收了三百元" in after) == (False, True)
        assert client.get(f"/api/v1/replies/{case.pk}/").json()["text"] == "收了三百元。"
        assert "13800000009" not in after

    def test_is_for_the_office_alone_and_once(self, case, supervisor, reviewer, authority, at):
        with pytest.raises(NotAuthorised):
            actions.release(case, by=authority(reviewer), at=at)
        actions.release(case, by=authority(supervisor), at=at)
        with pytest.raises(FilingIncomplete):
            actions.release(case, by=authority(supervisor), at=at)

    def test_needs_words(self, filing_at, supervisor, authority, at):
        matter = Matter("refusal", grounds=("no_code",))
        case = actions.bring(filing_at("approved"), matter, address="10.0.0.1", at=at)
        with pytest.raises(FilingIncomplete) as refused:
            actions.release(case, by=authority(supervisor), at=at)
        assert codes(refused) == ["nothing_to_release"]


class TestAppeal:
    def test_is_decided_by_somebody_else_and_the_first_answer_stays(
        self, upheld, supervisor, second, reviewer, authority, at
    ):
        actions.appeal(upheld, "收据为另案。", by=authority(reviewer), at=at + 2 * DAY)
        waits = running(upheld, at + 2 * DAY)
        assert [(name, one.owner) for name, one in waits.items()] == [("answer", Role.SUPERVISOR)]

        with pytest.raises(NotAuthorised):
            actions.review(upheld, "unfounded", "x", by=authority(supervisor), at=at + 3 * DAY)
        actions.review(upheld, "unfounded", "经复核不属实。", by=authority(second), at=at + 3 * DAY)

        upheld.refresh_from_db()
        assert (upheld.outcome, upheld.answer) == ("unfounded", "属实")
        assert running(upheld, at + 4 * DAY) == {}
        told = Event.objects.get(verb="case_reviewed")
        assert '"before":"upheld"' in told.payload
        assert "经复核" not in told.payload

    def test_that_fails_leaves_the_days_to_mend(self, upheld, second, reviewer, authority, at):
        actions.appeal(upheld, "收据为另案。", by=authority(reviewer), at=at + 2 * DAY)
        actions.review(upheld, "upheld", "维持。", by=authority(second), at=at + 5 * DAY)

        assert running(upheld, at + 5 * DAY)["mend"].due > at + 19 * DAY
        actions.mend(upheld, "已退款。", by=authority(reviewer), at=at + 6 * DAY)

    def test_is_read_by_its_author_and_by_the_agency(
        self, client, upheld, second, reviewer, authority, at
    ):
        actions.appeal(upheld, "收据为另案。", by=authority(reviewer), at=at + 2 * DAY)
        actions.review(upheld, "partly", "部分属实。", by=authority(second), at=at + 3 * DAY)

        author = client.post("/case/", {"reference": upheld.reference}).content.decode()
        client.force_login(reviewer)
        head = client.get(f"/filings/replies/{upheld.pk}/").content.decode()
        for page in (author, head):
            assert "部分属实。" in page
        assert "收据为另案。" not in author

    def test_waits_on_the_pages_of_both(self, client, upheld, supervisor, second, reviewer):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        where = f"/filings/replies/{upheld.pk}/"
        client.force_login(reviewer)
        assert "Appeal instead" in client.get(where).content.decode()
        SupervisionCase.objects.filter(pk=upheld.pk).update(answered_at=timezone.now())
        assert client.post(where, {"text": "收据为另案。", "appeal": "1"}).status_code == 302

        page = f"/filings/cases/{upheld.pk}/"
        client.force_login(supervisor)
        assert "Decide the appeal" not in client.get(page).content.decode()
        client.force_login(second)
        assert "Decide the appeal" in client.get(page).content.decode()
        said = {"outcome": "unfounded", "answer": "经复核不属实。"}
        assert client.post(page, said).status_code == 302
        upheld.refresh_from_db()
        assert upheld.outcome == "unfounded"

    @pytest.mark.parametrize("outcome", ["unfounded", "unclear"])
    def test_needs_something_that_was_found_right(
        self, case, supervisor, reviewer, authority, at, outcome
    ):
        actions.answer_case(case, outcome, "不属实", by=authority(supervisor), at=at)
        with pytest.raises(FilingIncomplete) as refused:
            actions.appeal(case, "x", by=authority(reviewer), at=at)
        assert codes(refused) == ["not_to_appeal"]

    def test_is_too_late_after_mending_and_after_the_term(self, upheld, reviewer, authority, at):
        head = authority(reviewer)
        with pytest.raises(FilingIncomplete) as refused:
            actions.appeal(upheld, "x", by=head, at=at + 17 * DAY)
        assert codes(refused) == ["not_to_appeal"]
        actions.mend(upheld, "已退款。", by=head, at=at + 2 * DAY)
        with pytest.raises(FilingIncomplete) as refused:
            actions.appeal(upheld, "x", by=head, at=at + 3 * DAY)
        assert codes(refused) == ["not_to_appeal"]

    def test_is_for_the_head_alone_once_and_decided_once(
        self, upheld, inspector, second, reviewer, authority, at
    ):
        with pytest.raises(NotAuthorised):
            actions.appeal(upheld, "x", by=authority(inspector), at=at + DAY)
        with pytest.raises(FilingIncomplete) as refused:
            actions.review(upheld, "upheld", "x", by=authority(second), at=at + DAY)
        assert codes(refused) == ["not_appealed"]

        actions.appeal(upheld, "x", by=authority(reviewer), at=at + DAY)
        with pytest.raises(FilingIncomplete):
            actions.appeal(upheld, "x", by=authority(reviewer), at=at + DAY)
        with pytest.raises(FilingIncomplete) as refused:
            actions.review(upheld, "tea", " ", by=authority(second), at=at + DAY)
        assert codes(refused) == ["outcome_missing", "answer_missing"]
        actions.review(upheld, "upheld", "维持。", by=authority(second), at=at + DAY)
        with pytest.raises(FilingIncomplete):
            actions.review(upheld, "upheld", "维持。", by=authority(second), at=at + DAY)
