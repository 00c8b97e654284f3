"""The emergency road: on site first, back-filed within the limit, approved afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agencies.models import Event
from filings import actions, codes, numbers
from filings.models import Filing
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from tests import factories

# The arrival is on Wednesday, 15 June 2022: two working days end with Friday the 17th.
IN_TIME = timedelta(days=2, hours=13, minutes=59)
TOO_LATE = timedelta(days=2, hours=14)


@pytest.fixture
def sudden(at):
    return actions.Emergency(reason="燃气泄漏", reported_to="赵批", arrived_at=at)


def codes_of(caught):
    return [one.code for one in caught.value.problems]


class TestOpening:
    def test_begins_at_the_door_without_a_number(self, emergency_at, at):
        filing = Filing.objects.get(pk=emergency_at().pk)
        assert (filing.status, filing.number, filing.emergency) == ("on_site", None, True)
        assert filing.visit.arrived_at == filing.planned_start == filing.dated_at == at
        assert Event.objects.about(filing).last().reason == "燃气泄漏"
        assert not Filing.objects.counted().exists()

    def test_names_everything_that_is_missing(self, agency, said, inspector, authority, at):
        mute = actions.Emergency(reason=" ", reported_to="", arrived_at=at + timedelta(minutes=1))
        with pytest.raises(FilingIncomplete) as caught:
            actions.open_emergency(agency, said, mute, by=authority(inspector), at=at)
        assert codes_of(caught) == ["reason_missing", "report_missing", "arrival_in_future"]
        assert not Filing.objects.exists()

    def test_items_and_officers_may_follow(self, agency, said, sudden, inspector, authority, at):
        bare = replace(said, items=(), officers=())
        filing = actions.open_emergency(agency, bare, sudden, by=authority(inspector), at=at)
        with pytest.raises(FilingIncomplete) as caught:
            actions.back_file(filing, bare, by=authority(inspector), at=at)
        assert codes_of(caught) == ["too_few_officers", "no_item"]
        actions.back_file(filing, said, by=authority(inspector), at=at)
        assert filing.members.filter(certificate__isnull=False).count() == 2


class TestBackFiling:
    def test_holds_to_the_last_moment_of_the_limit(
        self, emergency_at, said, inspector, authority, at
    ):
        filing = emergency_at()
        with pytest.raises(FilingIncomplete) as caught:
            actions.back_file(filing, said, by=authority(inspector), at=at + TOO_LATE)
        assert codes_of(caught) == ["back_filing_late"]
        actions.back_file(filing, said, by=authority(inspector), at=at + IN_TIME)
        assert Filing.objects.get(pk=filing.pk).dated_at == at + IN_TIME

    def test_a_fault_gives_ten_calendar_days(self, emergency_at, said, inspector, authority, at):
        filing, by = emergency_at(), authority(inspector)
        with pytest.raises(FilingIncomplete):
            actions.back_file(filing, said, by=by, at=at + timedelta(days=11), fault="断网")
        actions.back_file(filing, said, by=by, at=at + timedelta(days=10), fault="断网")
        assert filing.fault == "断网"

    def test_is_unlocked_by_the_supervisor_alone(
        self, emergency_at, said, inspector, supervisor, authority, at
    ):
        filing, late = emergency_at(), at + timedelta(days=30)
        actions.unlock(filing, by=authority(supervisor), at=late, reason="基站损毁")
        actions.back_file(filing, said, by=authority(inspector), at=late)
        assert Event.objects.about(filing).last().payload.count('"unlocked":true') == 1

    def test_may_be_mended_after_the_limit(self, emergency_at, said, inspector, authority, at):
        filing = emergency_at(back_filed=True)
        first = filing.back_filed_at
        mended = replace(said, place="示例路2号")
        actions.back_file(filing, mended, by=authority(inspector), at=at + TOO_LATE)
        stored = Filing.objects.get(pk=filing.pk)
        assert (stored.place, stored.back_filed_at) == ("示例路2号", first)

    def test_keeps_the_subject_and_the_items_with_findings(
        self, emergency_at, said, inspector, authority, district, at
    ):
        filing, by = emergency_at(), authority(inspector)
        found = actions.Found(severity="minor", text="标签不清", item=filing.items.get())
        actions.record(
            filing, actions.Outcome(outcome="corrected", findings=(found,)), by=by, at=at
        )
        other = replace(said, subject=factories.subject(district), items=())
        with pytest.raises(FilingIncomplete) as caught:
            actions.back_file(filing, other, by=by, at=at)
        assert codes_of(caught) == ["subject_not_visited", "item_has_findings"]


class TestApprovalAfterwards:
    def test_gives_number_and_code_and_stays_marked(self, emergency_at, at):
        filing = Filing.objects.get(pk=emergency_at(approved=True).pk)
        assert filing.status == "on_site"
        assert numbers.is_well_formed(filing.number)
        assert filing.code_digest == codes.digest(codes.token(codes.emergency_name(filing.pk)))
        assert (filing.approval_kind, filing.emergency) == ("after", True)
        assert list(Filing.objects.counted()) == [filing]

    def test_waits_for_the_back_filing(self, emergency_at, reviewer, authority, at):
        with pytest.raises(TransitionNotAllowed, match="back-filed"):
            actions.approve_afterwards(emergency_at(), by=authority(reviewer), at=at)

    def test_comes_before_the_result_is_confirmed(self, emergency_at, reviewer, authority, at):
        filing = emergency_at("recorded", back_filed=True)
        with pytest.raises(TransitionNotAllowed, match="approved first"):
            actions.confirm(filing, by=authority(reviewer), at=at)
        actions.approve_afterwards(filing, by=authority(reviewer), at=at)
        actions.confirm(filing, by=authority(reviewer), at=at)
        assert filing.status == "confirmed"

    @pytest.mark.parametrize("status", ["refused", "terminated"])
    def test_is_owed_to_a_visit_that_came_to_nothing(self, status, emergency_at):
        filing = emergency_at(status, approved=True)
        assert Filing.objects.counted().get() == filing
