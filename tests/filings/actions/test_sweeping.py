"""What the register finds by itself at night: told once, to those who can mend it."""

from datetime import date, timedelta

import pytest

from agencies.models import Event
from filings import actions
from filings.models import Alert, Limit, Visit
from filings.rules.catalogue import CATALOGUE
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def swept(agency, at):
    """The codes of all alerts after a round, which names its rule and is in the book."""

    def sweep(now=at):
        actions.sweep(at=now)
        for one in Alert.objects.all():
            assert one.message
            assert CATALOGUE[one.code].asked == "sweep"
            assert Event.objects.about(one).filter(verb="raise").count() == 1
        return sorted(Alert.objects.values_list("code", flat=True))

    return sweep


@pytest.fixture
def visited(agency, subject, item, at):
    def make(days=30, *, by=agency, of=subject, items=(item,)):
        start = at - timedelta(days=days)
        visit = Visit.objects.create(subject=of, arrived_at=start, recorded_at=start)
        values = {"submitted_at": start, "approved_at": start, "dated_at": start}
        number = f"N{visit.pk}"
        return factories.filing(
            by,
            of,
            planned_start=start,
            items=items,
            status="recorded",
            visit=visit,
            number=number,
            code_digest=number,
            **values,
        )

    return make


def test_nothing_is_wrong_with_the_cast(swept):
    assert swept() == []


class TestFloors:
    @pytest.fixture
    def floor(self, district, item):
        made = Limit.objects.create(
            code="XX-1",
            name="年度下限",
            region=district,
            least=1,
            source="公布",
            valid_from=date(2020, 1, 1),
        )
        made.items.add(item.item)
        return made

    def test_counts_who_was_left_out_last_year(self, swept, visited, floor, subject):
        assert swept() == ["floor_missed"]
        assert Alert.objects.get().numbers["count"] == 1

    def test_says_nothing_where_everybody_was_visited(self, swept, visited, floor):
        visited(300)
        assert swept() == []

    def test_a_visit_for_another_item_does_not_count(self, swept, visited, floor, agency):
        visited(300, items=(factories.item(claimed_by=[agency]),))
        assert swept() == ["floor_missed"]

    def test_two_years_look_back_from_today(self, swept, visited, floor):
        Limit.objects.update(months=24)
        visited(700)
        assert swept() == []

    def test_a_class_is_for_that_class(self, swept, floor):
        Limit.objects.update(credit_class="D")
        assert swept() == []

    def test_only_for_who_claims_the_items(self, swept, floor, agency):
        agency.claims.all().delete()
        assert swept() == []


class TestLists:
    def test_a_basis_that_ended_is_told_to_who_claims_the_item(self, swept, item):
        item.bases.update(valid_to=date(2022, 6, 15))
        assert swept() == ["basis_ended"]

    def test_an_item_unused_for_years_is_named(self, swept, agency, ruled, visited):
        ruled("items_unused", params={"years": 1})
        assert swept() == ["items_unused"]

    def test_an_item_in_use_is_not(self, swept, visited, ruled):
        ruled("items_unused", params={"years": 1})
        visited()
        assert swept() == []

    def test_both_lists_are_held_against_each_other(self, swept, district, item):
        since = {"valid_from": date(2022, 1, 1)}
        district.powers.create(code=item.item.code, name="食品生产检查", **since)
        assert swept() == []
        district.powers.update(code="OTHER")
        assert swept() == ["items_beyond_powers", "powers_unclaimed"]

    def test_what_is_switched_off_is_not_told(self, swept, item, ruled):
        ruled("basis_ended", severity="off")
        item.bases.update(valid_to=date(2022, 6, 15))
        assert swept() == []
