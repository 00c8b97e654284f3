"""An officer's day: what is in which group, and what each filing offers."""

from datetime import timedelta

import pytest
import time_machine

from tests import factories


@pytest.fixture
def day(client, inspector, at):
    """The page as the inspector sees it at an instant."""

    def see(later=timedelta()):
        with time_machine.travel(at + later, tick=False):
            client.force_login(inspector)
            page = client.get("/filings/today/", headers={"Accept-Language": "en"})
        return {group.name: [one.filing for one in group.cards] for group in page.context["groups"]}

    return see


class TestDay:
    @pytest.mark.parametrize(
        ("status", "later", "group"),
        [
            ("draft", 0, "mine"),
            ("returned", 0, "mine"),
            ("submitted", 0, "waiting"),
            ("approved", 0, "today"),
            ("approved", 24, "late"),
            ("approved", -24, "week"),
            ("approved", -24 * 9, "later"),
            ("on_site", 3, "now"),
            ("recorded", 3, "due"),
        ],
    )
    def test_holds_a_filing_where_it_is_looked_for(self, day, filing_at, status, later, group):
        filing = filing_at(status)

        assert day(timedelta(hours=later)) == {group: [filing]}

    def test_shows_those_one_is_named_for_and_no_others(
        self, day, filing_at, agency, subject, partner, inspector
    ):
        mine = filing_at("approved")
        factories.filing(agency, subject, officers=[partner.officer], status="draft")
        named = factories.filing(agency, subject, officers=[inspector.officer], status="draft")

        assert day() == {"today": [mine], "mine": [named]}

    def test_leaves_out_what_is_over(self, day, filing_at):
        filing_at("closed")
        assert day() == {}

    def test_offers_the_code_and_the_result(self, client, inspector, filing_at):
        approved, there = filing_at("approved"), filing_at("on_site")
        client.force_login(inspector)

        page = client.get("/filings/today/").content.decode()

        assert f"/filings/{approved.pk}/code/" in page
        assert f"/filings/{there.pk}/record/" in page

    def test_is_an_officers(self, client, auditor):
        client.force_login(auditor)
        assert client.get("/filings/today/").status_code == 403

    def test_asks_the_database_as_often_for_one_as_for_six(
        self, client, inspector, filing_at, django_assert_max_num_queries
    ):
        for status in ("draft", "submitted", "approved", "on_site", "recorded", "recorded"):
            filing_at(status)
        client.force_login(inspector)

        with django_assert_max_num_queries(13):
            client.get("/filings/today/")


class TestCode:
    def test_shows_the_picture_with_all_one_needs_at_the_door(self, client, inspector, filing_at):
        filing = filing_at("approved")
        client.force_login(inspector)

        page = client.get(f"/filings/{filing.pk}/code/").content.decode()

        assert 'class="qr"' in page
        for told in (filing.number, "松花江食品有限公司", "食品生产检查", "王检", "李同"):
            assert told in page

    @pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
    def test_is_not_there_without_an_approval(self, client, inspector, filing_at, status):
        client.force_login(inspector)
        assert client.get(f"/filings/{filing_at(status).pk}/code/").status_code == 404
