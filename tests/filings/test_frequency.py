"""How often: caps, crowding, superiors and fruitless streaks (domain C4)."""

from datetime import timedelta
from itertools import count

import pytest

from filings import actions, rules
from filings.models import Filing, Result, RuleSetting, Visit
from filings.rules import DuplicateFiling
from tests import factories


@pytest.fixture
def earlier(agency, said, at):
    """Another filing at the same subject, some days before the moment of the tests."""

    numbers = count(1)

    def make(days=60, *, by=agency, outcome="pending", **fields):
        start = at - timedelta(days=days)
        number = f"N{next(numbers)}"
        values = {
            "status": "recorded",
            "submitted_at": start,
            "approved_at": start,
            "number": number,
            "code_digest": number,
        }
        made = factories.filing(by, said.subject, planned_start=start, **(values | fields))
        if made.status in ("recorded", "confirmed"):
            Result.objects.create(filing=made, outcome=outcome, recorded_at=start)
        return made

    return make


class TestDuplicate:
    """R-DUP-4: one visit is filed once; reliability (e) row B1."""

    @pytest.fixture
    def first(self, filing_at):
        return filing_at("submitted")

    def test_of_the_same_items_and_days_is_stopped_by_the_first(
        self, first, said, agency, inspector, authority, at
    ):
        with pytest.raises(DuplicateFiling) as refused:
            submitted(agency, said, authority(inspector), at)
        (found,) = refused.value.problems
        assert (found.code, found.rule, found.filing) == ("duplicate_filing", "R-DUP-4", first.pk)
        assert str(first.pk) in found.message
        assert Filing.objects.filter(status="submitted").get() == first

    def test_names_the_number_of_the_first_once_it_has_one(
        self, filing_at, said, agency, inspector, authority, at
    ):
        first = filing_at("approved")
        with pytest.raises(DuplicateFiling, match="same visit") as refused:
            submitted(agency, said, authority(inspector), at)
        assert first.number in refused.value.problems[0].message

    def test_in_other_hours_of_the_day_is_one_all_the_same(self, first, judged, said):
        later = said.planned_end - timedelta(hours=2)
        assert "duplicate_filing" in judged(said, planned_end=later)

    @pytest.mark.parametrize("other", ["items", "days", "more items", "method", "subject"])
    def test_is_none_where_something_differs(
        self, first, judged, said, agency, district, at, other
    ):
        further = factories.item(claimed_by=[agency])
        changes = {
            "items": {"items": (further,)},
            "days": {"planned_end": said.planned_end + timedelta(days=1)},
            "more items": {"items": (*said.items, further)},
            "method": {"method": "network"},
            "subject": {"subject": factories.subject(district)},
        }
        assert "duplicate_filing" not in judged(said, **changes[other])

    @pytest.mark.parametrize("status", ["draft", "returned", "withdrawn", "expired", "voided"])
    def test_of_what_nobody_will_make_is_none(self, filing_at, judged, said, status):
        filing_at(status)
        assert "duplicate_filing" not in judged(said)

    @pytest.mark.parametrize("status", ["on_site", "recorded", "confirmed"])
    @pytest.mark.parametrize(
        ("changes", "stopped"),
        [({}, True), ({"trigger": "complaint"}, False), ({"recheck": True}, False)],
        ids=["as planned", "for a complaint", "to check again"],
    )
    def test_of_a_visit_already_made_is_stopped_without_a_cause_of_its_own(
        self, filing_at, judged, said, status, changes, stopped
    ):
        filing_at(status)
        assert ("duplicate_filing" in judged(said, **changes)) is stopped

    def test_for_a_complaint_is_one_while_the_first_waits(self, first, judged, said):
        assert "duplicate_filing" in judged(said, trigger="complaint")

    def test_leaves_the_first_free_to_be_approved(
        self, first, ruled, said, agency, inspector, reviewer, authority, at
    ):
        ruled("duplicate_filing", severity="warn")
        second = submitted(agency, said, authority(inspector), at + timedelta(minutes=1))
        RuleSetting.objects.update(severity="hard")
        actions.approve(first, by=authority(reviewer), at=at)
        with pytest.raises(DuplicateFiling):
            actions.approve(second, by=authority(reviewer), at=at)


def submitted(agency, said, by, at):
    """What is said, drafted and submitted."""
    return actions.submit(actions.draft(agency, said, by=by, at=at), by=by, at=at)


class TestCap:
    def test_the_third_visit_of_the_year_wants_a_reason(self, judged, said, earlier):
        earlier(40)
        assert judged(said) == set()
        earlier(80)
        assert judged(said) == {"visit_cap_reached"}

    @pytest.mark.parametrize(
        "changes",
        [
            {"days": 200},
            {"method": "network"},
            {"trigger": "complaint"},
            {"status": "draft"},
            {"status": "returned"},
            {"status": "approved"},
        ],
        ids=["last year", "off site", "exempt", "draft", "returned", "nobody went"],
    )
    def test_what_does_not_count(self, judged, said, earlier, changes):
        earlier(40)
        earlier(**({"days": 80} | changes))
        assert judged(said) == set()

    @pytest.mark.parametrize("changes", [{"trigger": "recheck"}, {"method": "documents"}])
    def test_an_exempt_visit_is_free(self, judged, said, earlier, changes):
        earlier(40)
        earlier(80)
        assert judged(said, **changes) == set()

    def test_a_filing_that_waits_holds_its_place(self, judged, said, earlier):
        earlier(40)
        earlier(-60, status="submitted")
        assert judged(said) == {"visit_cap_reached"}

    def test_filings_of_one_visit_count_once(self, judged, said, earlier):
        visit = Visit.objects.create(subject=said.subject)
        earlier(40, visit=visit)
        earlier(40, visit=visit)
        assert judged(said) == set()

    def test_other_agencies_and_subjects_have_caps_of_their_own(
        self, judged, said, earlier, district
    ):
        earlier(40)
        earlier(80, by=factories.agency(district))
        assert judged(said) == set()

    def test_a_class_may_have_a_cap_of_its_own(self, judged, said, earlier, ruled):
        ruled("visit_cap_reached", params={"by_class": {"A": 1, "D": 4}})
        earlier(40)
        earlier(80)
        said.subject.credit_class = "D"
        said.subject.save()
        assert judged(said) == set()
        said.subject.credit_class = ""
        said.subject.save()
        assert judged(said) == {"visit_cap_reached"}


class TestCrowding:
    @pytest.mark.parametrize(
        ("days", "crowded"),
        [([0], True), ([1], False), ([1, 6], True), ([1, 7], False), ([1, 9, 20], True)],
    )
    def test_counts_every_agency_in_sliding_windows(
        self, judged, said, earlier, district, days, crowded
    ):
        other = factories.agency(district)
        for back in days:
            earlier(back, by=other)
        assert judged(said) == ({"visits_crowded"} if crowded else set())

    @pytest.mark.parametrize(
        ("days", "told"),
        [([0], "has 2 on one day, more than 1"), ([1, 6], "has 3 within 7 days, more than 2")],
    )
    def test_says_how_long_the_days_are(
        self, said, earlier, agency, district, inspector, authority, at, days, told
    ):
        other = factories.agency(district)
        for back in days:
            earlier(back, by=other)
        filing = actions.draft(agency, said, by=authority(inspector), at=at)
        found = {one.code: one.message for one in rules.problems(filing, at)}
        assert told in found["visits_crowded"]

    def test_counts_days_to_come(self, judged, said, earlier, district):
        other = factories.agency(district)
        for ahead in (-1, -2):
            earlier(ahead, by=other, status="submitted")
        assert judged(said) == {"visits_crowded"}


class TestSuperior:
    @pytest.fixture
    def superior(self, city):
        return factories.agency(city)

    def test_its_check_is_not_repeated_for_three_months(
        self, judged, said, earlier, superior, item
    ):
        earlier(80, by=superior, items=(item,))
        assert judged(said) == {"superior_checked_lately"}
        assert judged(said, trigger="complaint") == set()

    def test_older_checks_other_items_and_neighbours_do_not_matter(
        self, judged, said, earlier, superior, item, district, agency
    ):
        earlier(100, by=superior, items=(item,))
        earlier(50, by=superior, items=(factories.item(),))
        earlier(70, by=factories.agency(district), items=(item,))
        assert judged(said) == set()


class TestPermit:
    def test_routine_does_not_follow_a_permit_in_its_year(self, judged, said, earlier, item, ruled):
        earlier(40, trigger="permit", items=(item,))
        assert judged(said) == {"checked_for_permit"}
        assert judged(said, trigger="complaint") == set()
        ruled("checked_for_permit", params={"after_triggers": ["requested"]})
        assert judged(said) == set()

    @pytest.mark.parametrize(
        "changes", [{"days": 200}, {"status": "approved"}, {"items": ()}, {"trigger": "media"}]
    )
    def test_last_year_and_other_items_are_free(self, judged, said, earlier, item, changes):
        earlier(**({"days": 40, "trigger": "permit", "items": (item,)} | changes))
        assert judged(said) == set()

    def test_the_neighbour_is_free(self, judged, said, earlier, item, district):
        earlier(40, trigger="permit", items=(item,), by=factories.agency(district))
        assert judged(said) == set()


@pytest.mark.parametrize(
    "trigger",
    [
        "complaint",
        "assigned",
        "superior",
        "monitoring",
        "media",
        "recheck",
        "requested",
        "permit",
        "emergency",
        "audit",
    ],
)
def test_the_ten_exempt_kinds_are_free_of_the_cap(judged, said, earlier, trigger):
    earlier(40)
    earlier(80)
    told = {"trigger": trigger, "trigger_source": "2022-17"}
    assert judged(said, **told) == set()


class TestFruitless:
    def test_three_in_a_row_by_the_same_officer(self, judged, said, earlier, ruled):
        ruled("visit_cap_reached", severity="off")
        for back in (50, 90, 130):
            earlier(back, officers=said.officers[:1], outcome="no_problem")
        assert judged(said) == {"fruitless_streak"}
        others = (said.officers[1], factories.officer(said.officers[1].agency))
        assert judged(said, officers=others) == set()

    @pytest.mark.parametrize(
        "last", [{"outcome": "pending", "days": 40}, {"outcome": "no_problem", "days": 380}]
    )
    def test_a_find_or_a_year_ends_the_row(self, judged, said, earlier, ruled, last):
        ruled("visit_cap_reached", severity="off")
        for back in (50, 90):
            earlier(back, officers=said.officers, outcome="no_problem")
        earlier(officers=said.officers, **last)
        assert judged(said) == set()
