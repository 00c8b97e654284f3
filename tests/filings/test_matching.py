"""An agency is told when another plans to be at the same door, and no more than that."""

from datetime import timedelta

import pytest
import time_machine

from agencies.models import Event, ItemVersion
from filings.matching import offers
from tests import factories


@pytest.fixture
def planned(planned, subject):
    """The neighbour's plan at the subject of the tests, unless another is named."""

    def plan(**changes):
        return planned(changes.pop("subject", subject), **changes)

    return plan


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_offers_the_agency_the_window_and_the_items(filing_at, planned, neighbour, at, status):
    other = planned()

    (offer,) = offers(filing_at(status), at)

    assert offer.agency == neighbour.officer.agency
    assert (offer.planned_start, offer.planned_end) == (other.planned_start, other.planned_end)
    assert offer.items == ("安全生产检查",)


def test_is_offered_to_both_sides(filing_at, planned, agency, at):
    other = planned()
    filing_at("submitted")

    assert [one.agency for one in offers(other, at)] == [agency]


@pytest.mark.parametrize("status", ["draft", "returned", "withdrawn", "on_site", "recorded"])
def test_offers_nothing_to_what_is_not_planned(filing_at, planned, at, status):
    planned()

    assert offers(filing_at(status), at) == []


@pytest.mark.parametrize("status", ["draft", "returned", "withdrawn"])
def test_does_not_offer_what_is_not_planned(filing_at, planned, at, status):
    planned(status=status)

    assert offers(filing_at("submitted"), at) == []


def test_keeps_unannounced_plans_to_their_agency(filing_at, planned, at):
    planned(unannounced=True)

    assert offers(filing_at("submitted"), at) == []


def test_does_not_offer_another_subject(filing_at, planned, district, at):
    planned(subject=factories.subject(district))

    assert offers(filing_at("submitted"), at) == []


def test_offers_to_merge_what_the_own_agency_plans_announced_or_not(filing_at, planned, agency, at):
    planned(agency=agency, unannounced=True)

    assert [one.kind for one in offers(filing_at("submitted"), at)] == ["merge"]


def test_offers_no_joint_visit_for_an_item_that_forbids_it(filing_at, planned, at):
    other = planned()
    ItemVersion.objects.filter(filing_items__filing=other).update(joint_allowed=False)

    assert offers(filing_at("submitted"), at) == []


def test_offers_nothing_to_who_does_not_go_there(filing_at, planned, at):
    planned(method="documents")

    assert offers(filing_at("submitted"), at) == []


@pytest.mark.parametrize(
    ("start", "end", "found"), [(9, 12, 0), (8, 12, 1), (-3, 1, 0), (-3, 2, 1)]
)
def test_windows_that_only_touch_do_not_overlap(filing_at, planned, at, start, end, found):
    planned(planned_start=at + timedelta(hours=start), planned_end=at + timedelta(hours=end))

    assert len(offers(filing_at("submitted"), at)) == found


def test_offers_nothing_once_a_window_has_passed(filing_at, planned, at):
    planned(planned_end=at + timedelta(hours=7))
    filing = filing_at("submitted")

    assert len(offers(filing, at + timedelta(hours=6))) == 1
    assert offers(filing, at + timedelta(hours=7)) == []
    assert offers(filing, at + timedelta(hours=9)) == []


class TestShown:
    @pytest.fixture(autouse=True)
    def _clock(self, at):
        with time_machine.travel(at, tick=False):
            yield

    def _page(self, client, filing):
        english = {"Accept-Language": "en"}
        return client.get(filing.get_absolute_url(), headers=english).content.decode()

    def test_over_the_api_with_nothing_else_of_the_other_filing(
        self, client, filing_at, planned, inspector, neighbour
    ):
        planned()
        filing = filing_at("submitted")
        events = Event.objects.count()
        client.force_login(inspector)

        (offer,) = client.get(f"/api/v1/filings/{filing.pk}/joint/").json()

        assert offer == {
            "key": offer["key"],
            "kind": "joint",
            "standing": "open",
            "since": offer["since"],
            "agency": {"code": "CYYJ", "name": neighbour.officer.agency.name},
            "planned_start": offer["planned_start"],
            "planned_end": offer["planned_end"],
            "items": ["安全生产检查"],
        }
        assert Event.objects.count() == events

    def test_on_the_page_without_a_way_to_the_other_filing(
        self, client, filing_at, planned, inspector
    ):
        other, filing = planned(), filing_at("submitted")
        client.force_login(inspector)

        text = self._page(client, filing)

        assert "Could be visited jointly" in text
        assert "昌邑区应急管理局" in text
        assert "安全生产检查" in text
        assert other.place not in text
        assert other.get_absolute_url() not in text

    def test_not_on_a_page_without_an_overlap(self, client, filing_at, inspector):
        client.force_login(inspector)

        text = self._page(client, filing_at("submitted"))

        assert "Could be visited jointly" not in text

    def test_is_absent_for_a_stranger(self, client, filing_at, planned, outsider):
        planned()
        filing = filing_at("submitted")
        client.force_login(outsider)

        assert client.get(f"/api/v1/filings/{filing.pk}/joint/").status_code == 404
