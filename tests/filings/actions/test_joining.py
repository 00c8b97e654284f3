"""Two agencies agree on one visit, or do not; one agency goes once instead of twice."""

from datetime import timedelta

import pytest

from agencies import journal
from agencies.models import Event
from filings import actions
from filings.matching import offers
from filings.models import Filing, JointAnswer, Visit
from filings.policy import TransitionNotAllowed
from filings.rules import Case, FilingIncomplete
from tests import factories

CLEAN = actions.Outcome(outcome="no_problem")


def standing(filing, at):
    return [str(one.standing) for one in offers(Filing.objects.get(pk=filing.pk), at)]


class TestJoin:
    @pytest.fixture(autouse=True)
    def _pair(self, filing_at, planned, inspector, neighbour, authority, offer_of, at):
        self.mine = filing_at("submitted")
        self.theirs = planned(self.mine.subject)
        self.by, self.them, self.at = authority(inspector), authority(neighbour), at
        self.offer_of = offer_of

    def join(self, filing, by):
        key = self.offer_of(filing, self.at)
        actions.join(Filing.objects.get(pk=filing.pk), offer=key, by=by, at=self.at)
        self.mine.refresh_from_db()
        self.theirs.refresh_from_db()

    def test_by_one_side_only_asks_the_other(self):
        self.join(self.mine, self.by)

        assert (self.mine.visit, self.theirs.visit) == (None, None)
        assert standing(self.mine, self.at) == ["asked"]
        assert standing(self.theirs, self.at) == ["asks"]
        assert not Event.objects.about(self.theirs).exists()

    def test_by_both_sides_makes_one_visit_that_is_still_to_come(self):
        self.join(self.mine, self.by)
        self.join(self.theirs, self.them)

        assert self.mine.visit == self.theirs.visit
        assert self.mine.visit.joint
        assert self.mine.visit.arrived_at is None
        assert standing(self.mine, self.at) == standing(self.theirs, self.at) == ["together"]
        assert Event.objects.about(self.mine).last().actor == "system"
        assert Event.objects.about(self.theirs).last().actor == "何邻"
        assert not list(journal.breaks())

    def test_moves_the_version_of_the_side_that_asked(self):
        self.join(self.mine, self.by)
        asked = self.mine.version
        self.join(self.theirs, self.them)

        assert self.mine.version == asked + 1

    def test_twice_is_refused(self):
        self.join(self.mine, self.by)

        with pytest.raises(TransitionNotAllowed):
            self.join(self.mine, self.by)

    def test_of_an_offer_that_is_not_there_is_refused_by_name(self):
        with pytest.raises(FilingIncomplete) as refused:
            actions.join(self.mine, offer="feed", by=self.by, at=self.at)

        assert [one.code for one in refused.value.problems] == ["unknown_offer"]
        assert not JointAnswer.objects.exists()

    def test_of_what_is_kept_unannounced_is_possible_once_it_asks(self):
        Filing.objects.filter(pk=self.theirs.pk).update(unannounced=True)
        assert standing(self.mine, self.at) == []
        self.join(self.theirs, self.them)
        assert standing(self.mine, self.at) == ["asks"]

    def test_decides_nothing_of_the_other_filing_but_its_visit(self):
        before = Filing.objects.filter(pk=self.theirs.pk).values().get()
        self.join(self.theirs, self.them)
        self.join(self.mine, self.by)

        after = Filing.objects.filter(pk=self.theirs.pk).values().get()
        assert {name for name in after if after[name] != before[name]} == {"visit_id", "version"}

    def test_by_a_third_agency_shares_the_visit_and_tells_everybody(self, district, planned):
        self.join(self.mine, self.by)
        self.join(self.theirs, self.them)
        third = planned(self.mine.subject, agency=factories.agency(district))
        account = factories.account("third")
        factories.appointment(account, "officer", agency=third.agency)
        by = type(self.by).of(account, self.at.date())
        key = next(one.key for one in offers(third, self.at) if one.agency == self.mine.agency)
        actions.join(third, offer=key, by=by, at=self.at)
        (asked,) = [
            one
            for one in offers(Filing.objects.get(pk=self.mine.pk), self.at)
            if one.standing == "asks"
        ]
        actions.join(Filing.objects.get(pk=self.mine.pk), offer=asked.key, by=self.by, at=self.at)

        assert set(self.mine.visit.filings.all()) == {self.mine, self.theirs, third}
        assert Event.objects.about(self.theirs).last().actor == "system"

    def test_of_windows_that_have_no_common_hour_is_not_offered(self, district, planned):
        self.join(self.mine, self.by)
        self.join(self.theirs, self.them)
        early = {"planned_start": self.at, "planned_end": self.at + timedelta(hours=5)}
        third = planned(self.mine.subject, agency=factories.agency(district), **early)

        assert offers(third, self.at) == []


class TestMerge:
    def test_makes_one_visit_of_two_at_once(
        self, filing_at, planned, offer_of, inspector, authority, at
    ):
        filing = filing_at("submitted")
        other = planned(filing.subject, agency=filing.agency)

        actions.merge(filing, offer=offer_of(filing, at), by=authority(inspector), at=at)

        other.refresh_from_db()
        assert filing.visit == other.visit
        assert not filing.visit.joint
        assert Event.objects.about(other).last().verb == "merge"
        assert Event.objects.about(filing).last().verb == "merge"

    def test_is_not_for_another_agency(self, offered, offer_of, inspector, authority, at):
        filing = offered("submitted")

        with pytest.raises(TransitionNotAllowed):
            actions.merge(filing, offer=offer_of(filing, at), by=authority(inspector), at=at)


class TestDecline:
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_needs_a_reason(self, reason, offered, offer_of, inspector, authority, at):
        filing = offered("submitted")

        with pytest.raises(FilingIncomplete) as refused:
            actions.decline(
                filing, offer=offer_of(filing, at), reason=reason, by=authority(inspector), at=at
            )

        assert [one.pointer for one in refused.value.problems] == ["reason"]

    def test_ends_the_offer_on_both_sides_and_can_be_thought_over(
        self, filing_at, planned, offer_of, inspector, neighbour, authority, at
    ):
        filing = filing_at("submitted")
        other = planned(filing.subject)
        by = authority(inspector)

        actions.decline(filing, offer=offer_of(filing, at), reason="时间不合", by=by, at=at)

        assert standing(filing, at) == ["declined"]
        assert standing(other, at) == ["refused"]
        with pytest.raises(TransitionNotAllowed):
            actions.join(other, offer=offer_of(other, at), by=authority(neighbour), at=at)
        actions.join(filing, offer=offer_of(filing, at), by=by, at=at)
        assert standing(other, at) == ["asks"]


class TestLeave:
    def test_leaves_who_remains_alone_with_a_visit_of_its_own(
        self, joined, inspector, authority, at
    ):
        filing, other = joined()
        visit = filing.visit_id

        actions.leave(filing, reason="时间不合", by=authority(inspector), at=at)

        other.refresh_from_db()
        assert (filing.visit, other.visit) == (None, None)
        assert not Visit.objects.filter(pk=visit).exists()
        assert standing(filing, at) == ["declined"]
        assert Event.objects.about(other).last().verb == "leave"

    def test_whoever_comes_back_is_answered_anew(
        self, joined, offer_of, inspector, neighbour, authority, at
    ):
        filing, other = joined()
        by, them = authority(inspector), authority(neighbour)
        actions.leave(filing, reason="时间不合", by=by, at=at)
        other.refresh_from_db()

        actions.join(filing, offer=offer_of(filing, at), by=by, at=at)
        assert standing(other, at) == ["asks"]
        actions.join(other, offer=offer_of(other, at), by=them, at=at)

        assert standing(filing, at) == ["together"]

    @pytest.mark.parametrize("verb", ["withdraw", "return", "refuse", "terminate", "expire"])
    def test_whatever_ends_the_plan_undoes_the_joint_visit(
        self, verb, joined, actor, authority, at
    ):
        filing, other = joined("submitted" if verb == "return" else "approved")
        late = at + timedelta(days=2)
        told = {"by": actor(verb), "at": late if verb == "expire" else at}
        told |= {} if verb == "expire" else {"reason": "计划变更"}

        actions.BY_VERB[verb](filing, **told)

        other.refresh_from_db()
        assert (filing.visit, other.visit) == (None, None)
        assert not Visit.objects.exists()
        assert not JointAnswer.objects.filter(joins=True).exists()


class TestAtTheDoor:
    @pytest.fixture(autouse=True)
    def _pair(self, joined, inspector, neighbour, authority, at):
        self.mine, self.theirs = joined("approved")
        self.by, self.door = authority(inspector), at + timedelta(hours=7)

    def come(self, filing, at, by=None):
        seen = Filing.objects.get(pk=filing.pk)
        noted = actions.Arrival(notice_served=True)
        return actions.check_in(seen, noted, by=by or self.by, at=at)

    def there(self):
        """The neighbour has checked in; its officers are no subject of these tests."""
        Filing.objects.filter(pk=self.theirs.pk).update(status="on_site")

    def test_the_first_arrival_is_that_of_both(self):
        visit = self.come(self.mine, self.door).visit

        assert visit == self.mine.visit
        assert visit.arrived_at == self.door
        assert visit.joint
        self.theirs.refresh_from_db()
        assert self.theirs.visit == visit
        assert self.theirs.made_visit is None

    def test_the_visit_ends_when_the_last_records_its_result(self):
        filing = self.come(self.mine, self.door)
        self.there()
        hour = timedelta(hours=1)
        actions.record(filing, CLEAN, by=self.by, at=self.door + hour)
        assert Visit.objects.get().left_at is None

        Filing.objects.filter(pk=self.theirs.pk).update(status="recorded")
        Filing.objects.filter(pk=self.mine.pk).update(status="on_site")
        filing.result.delete()
        again = Filing.objects.get(pk=filing.pk)
        actions.record(again, CLEAN, by=self.by, at=self.door + 2 * hour)
        assert Visit.objects.get().left_at == self.door + 2 * hour

    def test_who_comes_on_another_day_comes_for_a_visit_of_its_own(self):
        day = timedelta(days=1)
        shared = Visit.objects.get()
        shared.arrived_at = shared.recorded_at = self.door - day
        shared.save()
        self.there()

        visit = self.come(self.mine, self.door).visit

        assert visit != shared
        assert visit.arrived_at == self.door
        assert not visit.joint
        shared.refresh_from_db()
        assert not shared.joint

    def test_a_void_filing_makes_no_visit_joint(self, reviewer, authority):
        filing = self.come(self.mine, self.door)
        self.there()

        actions.void(filing, by=authority(reviewer), at=self.door, reason="立案错误")

        assert not Visit.objects.get().joint

    def test_two_filings_of_one_visit_burden_the_subject_once(self, at):
        fresh = Filing.objects.get(pk=self.mine.pk)
        earlier = {one.visit for one in Case.of(fresh, at).earlier}
        assert earlier == {f"visit {fresh.visit_id}"}
