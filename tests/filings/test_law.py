"""The rules that rest on registers: plans, caps, letters, levels, who is left alone."""

from datetime import date, timedelta
from itertools import count

import pytest

from agencies.models import Assignment, Plan
from filings.models import Assistance, Limit, Visit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(agency):
    return Plan.objects.get(agency=agency, number="JH-2022-01")


@pytest.fixture
def been(agency, said, at):
    """An agency was at the subject some days ago."""
    numbers = count(1)

    def make(days=40, *, by=agency, items=(), subject=said.subject, **fields):
        start = at - timedelta(days=days)
        number = f"N{next(numbers)}"
        values = {"submitted_at": start, "approved_at": start, "status": "recorded"}
        values |= {"number": number, "code_digest": number} | fields
        return factories.filing(by, subject, planned_start=start, items=items, **values)

    return make


@pytest.fixture
def limit(district):
    def make(*, items=(), agencies=(), region=district, **fields):
        values = {
            "code": f"SX-{Limit.objects.count()}",
            "name": "年度检查上限",
            "most": 1,
            "source": "昌政发〔2022〕1号",
            "valid_from": date(2022, 1, 1),
        }
        made = Limit.objects.create(region=region, **(values | fields))
        made.items.set(items)
        made.agencies.set(agencies)
        return made

    return make


class TestPlans:
    @pytest.mark.parametrize(
        "changes",
        [
            {"published_on": None},
            {"published_on": date(2022, 6, 16)},
            {"valid_from": date(2022, 6, 16)},
            {"valid_to": date(2022, 6, 15)},
            {"kind": "special", "approved_by": "昌邑区政府", "approval_number": "1"},
            {"number": "JH-2022-99"},
        ],
    )
    def test_an_annual_plan_is_published_and_holds(self, judged, said, plan, changes):
        Plan.objects.filter(pk=plan.pk).update(**changes)
        assert judged(said) == {"plan_not_published"}
        assert judged(said, trigger="complaint") == set()
        assert judged(said, check_type="case") == set()

    def test_a_special_inspection_follows_an_approved_plan_published_or_not(
        self, judged, said, agency
    ):
        assert judged(said, check_type="special") == {"plan_not_published"}
        factories.plan(
            agency,
            "ZX-1",
            kind="special",
            approved_by="昌邑区政府",
            approval_number="昌政批〔2022〕2号",
            published_on=None,
        )
        assert judged(said, check_type="special", plan_number="ZX-1") == set()

    def test_the_plan_of_the_agency_above_serves_too(self, judged, said, agency, city):
        agency.parent = factories.agency(city)
        agency.save()
        factories.plan(agency.parent, "SJ-1")
        assert judged(said, plan_number="SJ-1") == set()

    def test_the_plan_of_a_stranger_does_not(self, judged, said, stranger_agency):
        factories.plan(stranger_agency, "TX-1")
        assert judged(said, plan_number="TX-1") == {"plan_not_published"}

    def test_a_plan_that_names_items_covers_no_other(self, judged, said, plan, item):
        plan.items.add(factories.item().item)
        assert judged(said) == {"item_not_planned"}
        plan.items.add(item.item)
        assert judged(said) == set()

    def test_its_rules_may_be_set_otherwise(self, judged, said, ruled):
        ruled("plan_not_published", severity="off")
        assert judged(said, plan_number="JH-2022-99") == set()


class TestBudget:
    def test_warns_near_the_end_and_asks_beyond_it(self, judged, said, plan, been, agency):
        Plan.objects.filter(pk=plan.pk).update(visits=5)
        for _ in range(3):
            been(plan_number=plan.number, subject=factories.subject(agency.region))
        assert judged(said) == {"budget_nearly_spent"}
        for _ in range(2):
            been(plan_number=plan.number, subject=factories.subject(agency.region))
        assert judged(said) == {"budget_spent"}

    def test_at_the_percentage_that_is_set(self, judged, said, plan, ruled):
        Plan.objects.filter(pk=plan.pk).update(visits=10)
        assert judged(said) == set()
        ruled("budget_nearly_spent", params={"percent": 10})
        assert judged(said) == {"budget_nearly_spent"}

    def test_given_up_and_exempt_ones_do_not_use_it(self, judged, said, plan, been):
        Plan.objects.filter(pk=plan.pk).update(visits=1)
        been(plan_number=plan.number, status="withdrawn")
        been(plan_number=plan.number, status="draft")
        assert judged(said) == {"budget_nearly_spent"}
        assert judged(said, trigger="complaint") == set()


class TestCaps:
    def test_a_published_cap_stops_the_filing(self, judged, said, limit, been):
        limit()
        assert judged(said) == set()
        been()
        assert judged(said) == {"cap_reached"}

    @pytest.mark.parametrize(
        "changes",
        [
            {"days": 200},
            {"method": "documents"},
            {"trigger": "audit"},
            {"status": "draft"},
            {"status": "withdrawn"},
        ],
    )
    def test_what_does_not_count(self, judged, said, limit, been, changes):
        limit()
        been(**({"days": 40} | changes))
        assert judged(said) == set()

    def test_exempt_and_off_site_ones_are_free(self, judged, said, limit, been):
        limit()
        been()
        assert judged(said, trigger="media") == set()
        assert judged(said, method="documents") == set()

    def test_of_an_item_counts_that_item(self, judged, said, limit, been, item):
        other = factories.item()
        limit(items=[item.item])
        been(items=[other])
        assert judged(said) == set()
        been(60, items=[item, other])
        assert "cap_reached" in judged(said)

    def test_of_a_group_of_items_counts_any_of_them(self, judged, said, limit, been, item):
        other = factories.item()
        limit(items=[item.item, other.item])
        been(items=[other])
        assert judged(said) == {"cap_reached"}

    @pytest.mark.parametrize(("own", "found"), [("A", {"cap_reached"}), ("D", set()), ("", set())])
    def test_of_a_class_is_for_that_class(self, judged, said, limit, been, own, found):
        limit(credit_class="A")
        been()
        said.subject.credit_class = own
        said.subject.save()
        assert judged(said) == found

    def test_of_another_region_or_time_says_nothing(self, judged, said, limit, been, elsewhere):
        limit(region=elsewhere)
        limit(valid_from=date(2022, 6, 16))
        limit(valid_to=date(2022, 6, 15))
        been()
        assert judged(said) == set()

    def test_each_agency_has_a_cap_of_its_own(self, judged, said, limit, been, district):
        limit()
        been(by=factories.agency(district))
        assert judged(said) == set()

    def test_of_named_agencies_is_theirs(self, judged, said, limit, been, agency, district):
        limit(agencies=[factories.agency(district)])
        been()
        assert judged(said) == set()
        limit(agencies=[agency])
        assert judged(said) == {"cap_reached"}

    def test_city_and_district_share_a_cap(self, judged, said, limit, been, city, district):
        limit(region=city, together=True, most=2)
        been(by=factories.agency(city))
        been(20, by=factories.agency(district))
        assert judged(said) == {"shared_cap_reached"}

    def test_a_group_of_agencies_shares_its_own(self, judged, said, limit, been, agency, district):
        friend, stranger = factories.agency(district), factories.agency(district)
        limit(together=True, agencies=[agency, friend])
        been(by=stranger)
        assert judged(said) == set()
        been(20, by=friend)
        assert judged(said) == {"shared_cap_reached"}

    def test_a_joint_visit_is_one(self, judged, said, limit, been, district):
        limit(together=True, most=2)
        visit = Visit.objects.create(subject=said.subject)
        been(visit=visit)
        been(visit=visit, by=factories.agency(district))
        assert judged(said) == set()

    @pytest.mark.parametrize(("days", "found"), [(700, {"cap_reached"}), (740, set())])
    def test_two_years_look_two_years_back(self, judged, said, limit, been, days, found):
        limit(months=24)
        been(days)
        assert judged(said) == found

    def test_how_hard_it_is_may_be_set(self, judged, said, limit, been, ruled):
        limit()
        been()
        ruled("cap_reached", severity="off")
        assert judged(said) == set()


class TestLetters:
    @pytest.fixture
    def entrusted(self, agency, said, district):
        principal = factories.agency(district)
        agency.kind, agency.principal = "entrusted", principal
        agency.save()
        principal.claims.create(item=said.items[0].item, valid_from=date(2020, 1, 1))
        return agency

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({}, set()),
            ({"published_on": None}, {"outside_entrustment"}),
            ({"published_on": date(2022, 6, 16)}, {"outside_entrustment"}),
            ({"valid_to": date(2022, 6, 15)}, {"outside_entrustment"}),
        ],
    )
    def test_an_entrusted_body_has_a_letter(self, judged, said, entrusted, changes, found):
        assert judged(said) == {"outside_entrustment"}
        values = {"published_on": date(2022, 1, 1), "valid_from": date(2022, 1, 1)}
        letter = entrusted.entrustments.create(number="WT-1", **(values | changes))
        letter.items.add(said.items[0].item)
        assert judged(said) == found

    def test_that_names_the_item(self, judged, said, entrusted):
        letter = entrusted.entrustments.create(
            number="WT-1", published_on=date(2022, 1, 1), valid_from=date(2022, 1, 1)
        )
        letter.items.add(factories.item().item)
        assert judged(said) == {"outside_entrustment"}

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({}, set()),
            ({"valid_from": date(2022, 6, 16)}, {"outside_jurisdiction"}),
            ({"valid_to": date(2022, 6, 15)}, {"outside_jurisdiction"}),
        ],
    )
    def test_another_region_is_opened_by_a_letter(
        self, judged, said, agency, elsewhere, changes, found
    ):
        away = factories.subject(elsewhere)
        assert judged(said, subject=away) == {"outside_jurisdiction"}
        values = {
            "number": "XZ-1",
            "helper": "铁西区市场监督管理局",
            "valid_from": date(2022, 1, 1),
        }
        Assistance.objects.create(agency=agency, region=elsewhere, **(values | changes))
        assert judged(said, subject=away) == found

    def test_and_only_that_region(self, judged, said, agency, elsewhere, city):
        third = factories.region("220204", "船营区", parent=city)
        Assistance.objects.create(
            agency=agency, region=third, number="XZ-1", helper="局", valid_from=date(2022, 1, 1)
        )
        assert judged(said, subject=factories.subject(elsewhere)) == {"outside_jurisdiction"}


class TestLevels:
    @pytest.mark.parametrize(
        ("level", "found"), [("county", set()), ("city", {"level_not_assigned"})]
    )
    def test_what_was_settled_counts(self, judged, said, item, city, level, found):
        Assignment.objects.create(
            item=item.item, region=city, level=level, source="市政府", valid_from=date(2022, 1, 1)
        )
        assert judged(said) == found

    def test_the_innermost_region_settles(self, judged, said, item, city, district):
        for region, level in ((city, "city"), (district, "county")):
            Assignment.objects.create(
                item=item.item,
                region=region,
                level=level,
                source="市政府",
                valid_from=date(2022, 1, 1),
            )
        assert judged(said) == set()


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"whitelisted_from": date(2022, 6, 15)}, {"subject_whitelisted"}),
        ({"whitelisted_from": date(2022, 6, 16)}, set()),
        ({"whitelisted_from": date(2022, 1, 1), "whitelisted_to": date(2022, 6, 15)}, set()),
    ],
)
def test_the_undisturbed_are_visited_only_with_a_reason(judged, said, dates, found):
    for name, value in dates.items():
        setattr(said.subject, name, value)
    said.subject.save()
    assert judged(said) == found
    assert judged(said, trigger="complaint") == set()
