"""Where one lands, what the frame offers, and how strangers are met."""

import pytest
from django.urls import reverse

from config.context import doors
from config.home import workplace


class TestHome:
    @pytest.mark.parametrize(
        ("who", "where"),
        [
            ("reviewer", "/filings/queue/"),
            ("supervisor", "/filings/queue/"),
            ("auditor", "/years/"),
            ("clerk", "/registers/"),
            ("administrator", "/jobs/"),
            ("security", "/accounts/"),
        ],
    )
    def test_leads_each_role_to_its_work(self, who, where, client, request):
        client.force_login(request.getfixturevalue(who))

        assert client.get("/").headers["Location"] == where

    def test_leads_an_officer_to_his_day(self, inspector, authority):
        assert workplace(authority(inspector)) == "/filings/today/"

    def test_says_when_no_appointment_is_in_force(self, client, inspector):
        inspector.appointments.update(valid_to="2021-01-01")
        client.force_login(inspector)

        answer = client.get("/", headers={"Accept-Language": "en"})

        assert answer.status_code == 200
        assert "No appointment is in force today." in answer.content.decode()


class TestFrame:
    @pytest.mark.parametrize(
        ("who", "first", "closed"),
        [
            ("inspector", "/filings/today/", {"/filings/queue/", "/years/", "/accounts/"}),
            ("reviewer", "/filings/queue/", {"/filings/today/", "/filings/new/", "/accounts/"}),
            ("supervisor", "/filings/queue/", {"/filings/today/", "/filings/new/", "/accounts/"}),
            ("clerk", "/filings/", {"/filings/queue/", "/filings/new/", "/accounts/"}),
            ("auditor", "/filings/", {"/filings/queue/", "/filings/new/", "/accounts/"}),
            ("administrator", "/jobs/", {"/filings/", "/years/", "/accounts/", "/registers/"}),
            (
                "security",
                "/accounts/",
                {"/filings/", "/years/", "/jobs/", "/rules/", "/registers/"},
            ),
        ],
    )
    def test_offers_only_the_rooms_of_the_role(self, who, first, closed, rf, authority, request):
        asked = rf.get("/")
        asked.resolver_match = None

        found = [door.url for door in doors(asked, authority(request.getfixturevalue(who)))]

        assert found[0] == first
        assert closed.isdisjoint(found)

    def test_says_who_is_signed_in_and_in_which_role(self, client, inspector):
        client.force_login(inspector)

        page = client.get("/filings/", headers={"Accept-Language": "zh-hans"}).content.decode()

        assert "王检" in page
        assert "昌邑区市场监督管理局" in page

    def test_changes_the_language_and_keeps_the_page(self, client, inspector):
        client.force_login(inspector)
        here = "/filings/?status=draft"

        answer = client.post(reverse("set_language"), {"language": "en", "next": here})

        assert answer.headers["Location"] == here
        assert '<html lang="en">' in client.get(here).content.decode()

    def test_shows_the_demo_notice_only_in_a_demonstration(self, client, settings, db):
        settings.DEMO = True
        assert "notice-demo" in client.get("/sign-in/").content.decode()
        settings.DEMO = False
        assert "notice-demo" not in client.get("/sign-in/").content.decode()


class TestStranger:
    @pytest.mark.parametrize("path", ["/", "/filings/", "/filings/1/", "/years/", "/accounts/"])
    def test_is_asked_to_sign_in(self, client, db, path):
        answer = client.get(path)

        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")

    def test_meets_a_page_for_what_does_not_exist(self, client, db):
        answer = client.get("/nothing/", headers={"Accept-Language": "en"})

        assert answer.status_code == 404
        assert "There is nothing here" in answer.content.decode()
