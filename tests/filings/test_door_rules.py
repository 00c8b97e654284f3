"""What is odd about a visit becomes an alert and keeps nobody from the door."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from filings import actions
from filings.models import Alert, Filing
from filings.rules.catalogue import CATALOGUE, Asked
from filings.rules.door import metres

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NORTH, EAST = Decimal("43.840000"), Decimal("126.550000")


@pytest.fixture
def check_in(inspector, authority, at):
    """Check in at a place, so many minutes after the second hour."""

    def go(filing, *, minutes=0, code_shown=True, scan_of="none", **place):
        seen = actions.Arrival(code_shown=code_shown, scan_of=scan_of, **place)
        now = at + 2 * HOUR + timedelta(minutes=minutes)
        return actions.check_in(filing, seen, by=authority(inspector), at=now)

    return go


@pytest.fixture
def located(subject):
    subject.latitude, subject.longitude = NORTH, EAST
    subject.save()
    return subject


def alerts(filing):
    return {one.code: one for one in Alert.objects.filter(filing=filing)}


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    here = SimpleNamespace(latitude=NORTH, longitude=EAST)
    there = SimpleNamespace(latitude=NORTH + 1, longitude=EAST)
    assert metres(here, there) == pytest.approx(111_195, abs=5)
    assert metres(here, here) == 0
    assert metres(here, SimpleNamespace(latitude=None, longitude=EAST)) is None


def test_every_rule_of_the_door_only_warns():
    asked = [one for one in CATALOGUE.values() if one.asked == Asked.DOOR]
    assert len(asked) == 7
    assert all(one.severity == "warn" and one.source for one in asked)


class TestScan:
    @pytest.mark.parametrize(
        ("shown", "scanned", "odd"),
        [(True, "none", False), (False, "filing", False), (False, "none", True)],
    )
    def test_or_code_there_must_be_one(self, filing_at, check_in, shown, scanned, odd):
        filing = filing_at("approved")
        check_in(filing, code_shown=shown, scan_of=scanned)
        assert filing.status == "on_site"
        assert set(alerts(filing)) == ({"arrival_not_scanned"} if odd else set())

    def test_is_not_asked_of_an_emergency_or_away_from_the_door(
        self, filing_at, check_in, emergency_at
    ):
        away = filing_at("approved")
        Filing.objects.filter(pk=away.pk).update(method="documents")
        check_in(Filing.objects.get(pk=away.pk), code_shown=False)
        assert "arrival_not_scanned" not in {*alerts(away), *alerts(emergency_at())}


class TestFar:
    @pytest.mark.parametrize(
        ("north", "accuracy", "odd"),
        [
            ("43.844400", None, False),
            ("43.844600", None, True),
            ("43.844600", 20, False),
            ("44.840000", 20, True),
        ],
    )
    def test_from_the_address_is_told(self, located, filing_at, check_in, north, accuracy, odd):
        filing = filing_at("approved")
        check_in(filing, latitude=Decimal(north), longitude=EAST, accuracy=accuracy)
        assert filing.status == "on_site"
        assert set(alerts(filing)) == ({"far_from_address"} if odd else set())

    def test_is_said_with_its_numbers(self, located, filing_at, check_in):
        filing = filing_at("approved")
        check_in(filing, latitude=NORTH + 1, longitude=EAST)
        told = alerts(filing)["far_from_address"]
        assert told.numbers["most"] == 500
        assert "111195 m" in told.message
        assert "松花江食品有限公司" in told.message

    def test_follows_the_threshold_in_force(self, located, filing_at, check_in, ruled):
        ruled("far_from_address", params={"metres": 200_000})
        filing = filing_at("approved")
        check_in(filing, latitude=NORTH + 1, longitude=EAST)
        assert alerts(filing) == {}

    def test_is_not_asked_of_who_does_not_say_where(self, located, filing_at, check_in):
        filing = filing_at("approved")
        check_in(filing)
        assert alerts(filing) == {}


class TestTwoPlaces:
    @pytest.fixture
    def elsewhere(self, filing_at):
        """Two filings at one subject and a third at another, all approved."""
        first, second, third = (filing_at("approved") for _one in range(3))
        assert third.subject_id != first.subject_id
        return first, second, third

    def test_within_minutes_are_told(self, elsewhere, check_in):
        first, _second, third = elsewhere
        check_in(first)
        check_in(third, minutes=9)
        assert set(alerts(third)) == {"two_places_at_once"}
        assert first.subject.name in alerts(third)["two_places_at_once"].message

    def test_later_is_another_visit(self, elsewhere, check_in):
        first, _second, third = elsewhere
        check_in(first)
        check_in(third, minutes=10)
        assert alerts(third) == {}

    def test_of_one_subject_are_one_place(self, elsewhere, check_in):
        first, second, _third = elsewhere
        check_in(first)
        check_in(second, minutes=1)
        assert "two_places_at_once" not in alerts(second)

    @pytest.mark.parametrize(("north", "odd"), [("43.841000", False), ("43.850000", True)])
    def test_next_door_are_one_place(self, elsewhere, check_in, north, odd):
        first, _second, third = elsewhere
        check_in(first, latitude=NORTH, longitude=EAST)
        check_in(third, latitude=Decimal(north), longitude=EAST, minutes=5)
        assert ("two_places_at_once" in alerts(third)) is odd


class TestShort:
    @pytest.mark.parametrize(("minutes", "odd"), [(4, True), (5, False)])
    def test_visits_are_told(self, filing_at, inspector, authority, at, minutes, odd):
        filing = filing_at("on_site")
        now = at + 2 * HOUR + timedelta(minutes=minutes)
        clean = actions.Outcome(outcome="no_problem")
        actions.record(filing, clean, by=authority(inspector), at=now)
        assert filing.status == "recorded"
        assert set(alerts(filing)) == ({"visit_too_short"} if odd else set())
