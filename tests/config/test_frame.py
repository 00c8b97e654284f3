"""The frame: rooms, the light they stand in, and the page that shows their parts."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from config.rooms import ROOMS, sheltering


class TestRooms:
    def test_all_lead_somewhere(self):
        assert [reverse(room.view) for room in ROOMS]

    @pytest.mark.parametrize(
        ("view", "room"),
        [
            ("filings:detail", "filings:list"),
            ("filings:draft", "filings:draft"),
            ("reports:table", "reports:list"),
            ("officers:password", ""),
        ],
    )
    def test_shelter_the_pages_behind_them(self, view, room):
        assert sheltering(view) == room


class TestTabs:
    """A phone has place for five."""

    @pytest.fixture
    def shown(self, client, request):
        def of(who, path):
            client.force_login(request.getfixturevalue(who))
            return client.get(path).context

        return of

    def test_stand_all_where_there_are_five(self, shown):
        assert shown("administrator", "/jobs/")["folded"] == []

    def test_fold_the_rest_away_and_say_when_one_is_in_there(self, shown):
        found = shown("supervisor", "/filings/ratings/")
        assert [one.folded for one in found["doors"]].count(False) == 4
        assert found["folded_here"]
        assert not shown("supervisor", "/filings/queue/")["folded_here"]


class TestAppearance:
    def test_is_the_devices_until_chosen(self, client, db):
        page = client.get("/sign-in/").content.decode()
        assert 'media="screen and (prefers-color-scheme: dark)"' in page

    @pytest.mark.parametrize(
        ("asked", "link"), [("dark", 'dark.css" media="screen"'), ("light", None)]
    )
    def test_stays_as_chosen_and_keeps_the_page(self, client, db, asked, link):
        answer = client.post("/appearance/", {"appearance": asked, "next": "/sign-in/?next=/"})

        assert answer.headers["Location"] == "/sign-in/?next=/"
        page = client.get("/sign-in/").content.decode()
        assert (link in page) if link else ("dark.css" not in page)

    def test_neither_leads_astray_nor_keeps_nonsense(self, client, db):
        answer = client.post("/appearance/", {"appearance": "<b>", "next": "https://evil.test/"})

        assert answer.headers["Location"] == "/"
        assert answer.cookies["appearance"].value == "device"


class TestDesignPage:
    def test_shows_every_state_in_the_readers_language(self, client, inspector):
        client.force_login(inspector)
        page = client.get("/design/", headers={"Accept-Language": "zh-hans"}).content.decode()
        assert "待审批" in page
        assert "R-OFF-1" in page
        assert 'class="chip"' in page

    def test_is_for_those_who_work_here(self, client, db):
        assert client.get("/design/").status_code == 302


def test_the_page_of_a_failure_follows_the_dark_of_the_device():
    page = render_to_string("500.html")
    assert 'css/dark.css" media="screen and (prefers-color-scheme: dark)"' in page
