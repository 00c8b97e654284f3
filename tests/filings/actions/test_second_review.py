"""F23, D2: a visit to a whitelisted subject is agreed to by the justice bureau as well."""

from datetime import date, timedelta

import pytest

from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions
from filings.policy import open_verbs
from filings.rules import FilingIncomplete
from filings.workflow import Verb
from tests import factories

REASON = "近期发生同类事故"


@pytest.fixture
def listed(subject):
    """The subject of the tests, not to be disturbed since the spring."""
    subject.whitelisted_from = date(2022, 4, 1)
    subject.save()
    return subject


@pytest.fixture
def submitted(agency, said, listed, inspector, authority, at):
    """A filing on the whitelisted subject, explained and submitted."""

    def submit(**changes):
        by = authority(inspector)
        for name, value in changes.items():
            object.__setattr__(said, name, value)
        filing = actions.draft(agency, said, by=by, at=at)
        if not changes:
            actions.give_reason(filing, "subject_whitelisted", REASON, by=by, at=at)
        return actions.submit(filing, by=by, at=at)

    return submit


def test_nobody_is_asked_where_the_rule_is_not_set(submitted, reviewer, authority, at):
    filing = submitted()
    assert filing.second_review == ""
    assert actions.approve(filing, by=authority(reviewer), at=at).number


class TestWhereItIsSet:
    @pytest.fixture(autouse=True)
    def _set(self, ruled):
        ruled("second_review_missing", severity="hard")

    def test_the_submission_asks_for_it_and_says_so_in_the_book(self, submitted):
        filing = submitted()
        assert filing.second_review == "asked"
        assert '"second_review":"asked"' in Event.objects.about(filing).last().payload

    def test_nobody_approves_before_it(self, submitted, reviewer, authority, at):
        filing = submitted()
        with pytest.raises(FilingIncomplete) as refused:
            actions.approve(filing, by=authority(reviewer), at=at)
        (problem,) = refused.value.problems
        assert (problem.pointer, problem.code) == ("subject", "second_review_missing")
        assert filing.subject.name in problem.message

    def test_the_agency_approves_after_it(self, submitted, supervisor, reviewer, authority, at):
        filing = submitted()
        actions.endorse(filing, by=authority(supervisor), at=at, opinion="同意入企")
        assert filing.second_reviewed_by == supervisor
        assert '"opinion":"同意入企"' in Event.objects.about(filing).last().payload
        assert actions.approve(filing, by=authority(reviewer), at=at).status == "approved"

    def test_an_objection_sends_it_back_and_the_next_submission_asks_anew(
        self, submitted, supervisor, inspector, authority, at
    ):
        filing = submitted()
        actions.oppose(filing, by=authority(supervisor), at=at, reason="本年已查两次")
        assert (filing.status, filing.second_review) == ("returned", "")
        assert Event.objects.about(filing).last().reason == "本年已查两次"
        actions.submit(filing, by=authority(inspector), at=at)
        assert filing.second_review == "asked"

    def test_what_is_returned_loses_the_agreement(
        self, submitted, supervisor, reviewer, inspector, authority, at
    ):
        filing = submitted()
        actions.endorse(filing, by=authority(supervisor), at=at)
        actions.return_(filing, by=authority(reviewer), at=at, reason="改期")
        assert filing.second_review == ""
        actions.submit(filing, by=authority(inspector), at=at)
        assert (filing.second_review, filing.second_reviewed_by) == ("asked", None)

    def test_the_same_person_does_not_approve_as_well(
        self, submitted, supervisor, agency, authority, at
    ):
        filing = submitted()
        factories.appointment(supervisor, "approver", agency=agency)
        actions.endorse(filing, by=authority(supervisor), at=at)
        assert Verb.APPROVE not in open_verbs(filing, authority(supervisor))
        with pytest.raises(NotAuthorised, match="second review"):
            actions.approve(filing, by=authority(supervisor), at=at)

    def test_a_complaint_is_followed_without_it(self, submitted):
        assert submitted(trigger="complaint", check_type="case").second_review == ""

    def test_an_emergency_is_approved_afterwards_without_it(
        self, listed, emergency_at, reviewer, authority, at
    ):
        filing = emergency_at(back_filed=True)
        later = at + timedelta(hours=5)
        assert actions.approve_afterwards(filing, by=authority(reviewer), at=later).number

    def test_nobody_is_asked_for_a_subject_that_is_not_listed_on_these_days(
        self, submitted, listed, reviewer, authority, at
    ):
        listed.whitelisted_to = date(2022, 6, 1)
        listed.save()
        assert submitted(place="示例路2号").second_review == ""

    def test_one_listed_meanwhile_waits_until_it_is_submitted_again(
        self, agency, said, subject, inspector, reviewer, authority, at
    ):
        by = authority(inspector)
        filing = actions.submit(actions.draft(agency, said, by=by, at=at), by=by, at=at)
        subject.whitelisted_from = date(2022, 6, 1)
        subject.save()
        with pytest.raises(FilingIncomplete) as refused:
            actions.approve(filing, by=authority(reviewer), at=at)
        assert "second_review_missing" in {one.code for one in refused.value.problems}

    def test_the_queue_of_the_supervisor_holds_it_until_it_is_given(
        self, submitted, supervisor, client, at
    ):
        filing = submitted()
        client.force_login(supervisor)
        waiting = client.get(f"/filings/queue/?pile=second&open={filing.pk}")
        assert [one.filing for one in waiting.context["rows"]] == [filing]
        shown = [one.verb for one in waiting.context["opened"]["buttons"]]
        assert shown == [Verb.ENDORSE, Verb.OPPOSE]
        said = {"version": filing.version, "opinion": "同意"}
        assert client.post(f"/filings/{filing.pk}/endorse/", said).status_code == 302
        assert not client.get("/filings/queue/?pile=second").context["rows"]
