"""The queue: what waits for whom, in which order, and several done at once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from agencies.models import Event
from filings import actions
from filings.models import Filing, SavedFilter
from filings.web import queue
from filings.web.piles import PILES


@pytest.fixture
def desk(client, at):
    """Somebody's desk at the moment of the tests, in English."""
    cache.clear()

    def sit(account):
        client.force_login(account)
        return client

    with time_machine.travel(at + timedelta(minutes=5), tick=False):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield sit


class TestPiles:
    @pytest.mark.parametrize(
        ("who", "offered"),
        [
            ("reviewer", ["approve", "afterwards", "confirm", "late"]),
            ("supervisor", ["second", "unlock", "admit", "late"]),
        ],
    )
    def test_are_those_of_the_role(self, desk, who, offered, request):
        page = desk(request.getfixturevalue(who)).get("/filings/queue/")
        assert [pile.name for pile, _n, _url in page.context["tabs"]] == offered

    @pytest.mark.parametrize("who", ["inspector", "clerk", "auditor", "administrator"])
    def test_are_not_for_those_who_decide_nothing(self, desk, who, request):
        assert desk(request.getfixturevalue(who)).get("/filings/queue/").status_code == 403

    @pytest.mark.parametrize(
        ("status", "pile"), [("submitted", "approve"), ("recorded", "confirm")]
    )
    def test_hold_what_waits_and_count_it(self, desk, reviewer, filing_at, status, pile):
        filing = filing_at(status)

        page = desk(reviewer).get(f"/filings/queue/?pile={pile}")

        assert [row.filing for row in page.context["rows"]] == [filing]
        assert {p.name: n for p, n, _url in page.context["tabs"]}[pile] == 1

    def test_hold_an_arrival_that_was_not_recorded_until_it_is_admitted(
        self, desk, supervisor, authority, filing_at, at
    ):
        filing = filing_at("approved")
        later = filing.planned_end + timedelta(days=12)
        with time_machine.travel(later, tick=False):
            page = desk(supervisor).get(f"/filings/queue/?pile=admit&open={filing.pk}")
            (row,) = page.context["rows"]
            assert (row.filing, row.colour) == (filing, "red")
            assert [one.verb for one in page.context["opened"]["buttons"]] == ["admit_late"]

            actions.admit_late(filing, by=authority(supervisor), at=later, reason="设备故障")
            assert not desk(supervisor).get("/filings/queue/?pile=admit").context["rows"]

    def test_hold_an_emergency_until_it_is_filed_and_then_until_it_is_approved(
        self, desk, reviewer, supervisor, emergency_at
    ):
        filing = emergency_at()
        page = desk(supervisor).get("/filings/queue/?pile=unlock")
        assert [row.filing for row in page.context["rows"]] == [filing]

    def test_put_the_most_pressing_first_and_colour_it(self, desk, reviewer, filing_at, at):
        soon, far, late = filing_at("submitted"), filing_at("submitted"), filing_at("submitted")
        for filing, hours in ((soon, 3), (far, 72), (late, -1)):
            start = at + timedelta(hours=hours)
            end = start + timedelta(hours=2)
            Filing.objects.filter(pk=filing.pk).update(planned_start=start, planned_end=end)

        found = desk(reviewer).get("/filings/queue/").context["rows"]

        assert [(row.filing, row.colour) for row in found] == [
            (late, "red"),
            (soon, "yellow"),
            (far, "blue"),
        ]

    @pytest.mark.parametrize("query", ["pile=none", "open=x", "open=99999"])
    def test_answer_404_for_what_is_not_there(self, desk, reviewer, query):
        assert desk(reviewer).get(f"/filings/queue/?{query}").status_code == 404

    def test_ask_the_database_as_often_for_one_as_for_six(
        self, desk, reviewer, filing_at, django_assert_max_num_queries
    ):
        for _ in range(6):
            filing_at("submitted")

        signed_in = desk(reviewer)
        with django_assert_max_num_queries(8):
            signed_in.get("/filings/queue/")

    def test_go_on_where_a_page_ends(self, desk, reviewer, filing_at, monkeypatch):
        monkeypatch.setattr(queue, "SHOWN", 2)
        made = {filing_at("submitted").pk for _ in range(3)}
        first = desk(reviewer).get("/filings/queue/?pile=approve")
        rest = desk(reviewer).get("/filings/queue/" + first.context["older"])
        shown = [row.filing.pk for page in (first, rest) for row in page.context["rows"]]
        assert len(shown) == 3
        assert set(shown) == made
        assert rest.context["newer"]

    def test_are_narrowed_by_the_filters_of_the_list(self, desk, supervisor, filing_at, at):
        filing = filing_at("approved")
        Filing.objects.filter(pk=filing.pk).update(
            planned_start=at - timedelta(days=2), planned_end=at - timedelta(days=1)
        )
        asked = desk(supervisor).get("/filings/queue/?pile=late&q=松花江&type=daily")
        assert [row.filing for row in asked.context["rows"]] == [filing]
        assert {p.name: n for p, n, _url in asked.context["tabs"]}["late"] == 1
        none = desk(supervisor).get("/filings/queue/?pile=late&q=别家")
        assert none.context["rows"] == []
        assert "Nothing here fits these filters" in none.content.decode()
        assert desk(supervisor).get("/filings/queue/?status=wrong").status_code == 400

    def test_are_named_apart(self):
        assert len({pile.name for pile in PILES}) == len(PILES)


class TestOpen:
    def test_shows_what_the_rules_find_and_who_was_there(self, desk, reviewer, filing_at):
        filing = filing_at("submitted")

        page = desk(reviewer).get(f"/filings/queue/?open={filing.pk}").content.decode()

        assert "The rules find nothing to mend." in page
        assert f"/filings/{filing.pk}/approve/" in page
        assert f"/filings/{filing.pk}/return/" in page
        assert "Visits in" in page

    def test_tells_the_next_reader_who_looks_at_it(self, desk, reviewer, supervisor, filing_at):
        filing = filing_at("submitted")
        desk(reviewer).get(f"/filings/queue/?open={filing.pk}")

        page = desk(supervisor).get(f"/filings/queue/?open={filing.pk}").content.decode()

        assert "赵批 is looking at it now." in page

    def test_hides_strangers_filings(self, desk, outsider, reviewer, filing_at, stranger_agency):
        filing = filing_at("submitted")
        Filing.objects.filter(pk=filing.pk).update(agency=stranger_agency)

        assert desk(reviewer).get(f"/filings/queue/?open={filing.pk}").status_code == 404


class TestReturn:
    def test_takes_a_usual_reason_free_words_or_both(self, desk, reviewer, filing_at):
        filing = filing_at("submitted")
        usual = "The officers named do not suffice."

        desk(reviewer).post(
            f"/filings/{filing.pk}/return/",
            {"version": filing.version, "usual": usual, "reason": "缺一人。"},
        )

        page = desk(reviewer).get(filing.get_absolute_url()).content.decode()
        assert f"{usual} 缺一人。" in page

    def test_asks_for_one_of_them(self, desk, reviewer, filing_at):
        filing = filing_at("submitted")

        answer = desk(reviewer).post(
            f"/filings/{filing.pk}/return/", {"version": filing.version, "usual": "", "reason": ""}
        )

        assert answer.context["form"].errors["reason"]


class TestTogether:
    def test_does_exactly_what_was_ticked_and_answers_for_each(self, desk, reviewer, filing_at):
        good, stale, left = filing_at("submitted"), filing_at("submitted"), filing_at("submitted")

        page = desk(reviewer).post(
            "/filings/queue/together/",
            {
                "verb": "approve",
                "row": [f"{good.pk}.{good.version}", f"{stale.pk}.{stale.version - 1}", "99999.1"],
            },
        )

        assert [one.done for one in page.context["answers"]] == [True, False, False]
        found = dict(Filing.objects.values_list("pk", "status"))
        assert [found[one.pk] for one in (good, stale, left)] == [
            "approved",
            "submitted",
            "submitted",
        ]

    def test_confirms_results_too(self, desk, reviewer, filing_at):
        filing = filing_at("recorded")

        desk(reviewer).post(
            "/filings/queue/together/", {"verb": "confirm", "row": f"{filing.pk}.{filing.version}"}
        )

        filing.refresh_from_db()
        assert filing.status == "confirmed"

    @pytest.mark.parametrize(
        "sent",
        [
            {"verb": "approve"},
            {"verb": "void", "row": "1.1"},
            {"verb": "approve", "row": "1"},
            {"verb": "approve", "row": ["1.1", "1.2"]},
            {"verb": "approve", "row": [f"{n}.1" for n in range(1, 52)]},
        ],
    )
    def test_refuses_what_was_not_offered(self, desk, reviewer, sent):
        answer = desk(reviewer).post("/filings/queue/together/", sent)
        assert (answer.status_code, answer.context["answers"]) == (400, [])

    def test_refuses_one_who_decides_nothing(self, desk, inspector):
        assert desk(inspector).post("/filings/queue/together/", {}).status_code == 403


class TestSavedFilters:
    QUERY = "pile=approve&q=%E6%9D%BE%E8%8A%B1%E6%B1%9F"

    def keep(self, desk, who, name="松花江的", query=QUERY):
        sent = {"name": name, "query": query}
        return desk(who).post("/filings/queue/filters/", sent, follow=True)

    def test_are_kept_by_name_and_opened_by_their_address(self, desk, reviewer, filing_at):
        filing = filing_at("submitted")
        page = self.keep(desk, reviewer)
        assert page.redirect_chain[-1][0] == f"/filings/queue/?{self.QUERY}"
        assert f'href="?{self.QUERY.replace("&", "&amp;")}"' in page.content.decode()
        assert [row.filing for row in page.context["rows"]] == [filing]
        event = Event.objects.get(verb="save_filter")
        assert event.actor == "赵批"
        assert "松花江的" in event.payload

    def test_of_the_same_name_are_replaced_and_twenty_are_enough(self, desk, reviewer):
        for number in range(20):
            self.keep(desk, reviewer, name=f"第{number}个")
        self.keep(desk, reviewer, name="第0个", query="pile=late")
        refused = self.keep(desk, reviewer, name="多了").content.decode()
        assert "20 filters are kept already; remove one first." in refused
        assert SavedFilter.objects.get(name="第0个").query == "pile=late"
        assert SavedFilter.objects.count() == 20

    @pytest.mark.parametrize("name", ["", " ", "长" * 41])
    def test_need_a_name(self, desk, reviewer, name):
        page = self.keep(desk, reviewer, name=name).content.decode()
        assert "Give the filter a name of 1 to 40 characters." in page
        assert not SavedFilter.objects.exists()

    def test_are_forgotten_by_their_owner_alone(self, desk, reviewer, supervisor):
        self.keep(desk, reviewer)
        address = f"/filings/queue/filters/{SavedFilter.objects.get().pk}/forget/"
        assert desk(supervisor).post(address).status_code == 404
        assert desk(reviewer).post(address).status_code == 302
        assert not SavedFilter.objects.exists()

    def test_are_not_for_those_who_decide_nothing(self, desk, inspector):
        assert self.keep(desk, inspector).status_code == 403

    def test_hold_nothing_but_filters(self, desk, reviewer):
        assert self.keep(desk, reviewer, query="evil=1").status_code == 400


def test_what_happened_at_the_subject_before_stands_beside(desk, reviewer, filing_at):
    before, now = filing_at("recorded"), filing_at("submitted")
    page = desk(reviewer).get(f"/filings/queue/?pile=approve&open={now.pk}").content.decode()
    assert "This subject before" in page
    assert f'href="{before.get_absolute_url()}"' in page
    assert "No problem found" in page


def test_one_comes_back_to_the_queue_one_was_in(desk, reviewer, filing_at):
    filing = filing_at("submitted")
    page = desk(reviewer).get(f"/filings/queue/?pile=approve&q=松花江&open={filing.pk}")
    url = next(one.url for one in page.context["opened"]["buttons"] if one.verb == "approve")
    answer = desk(reviewer).post(url, {"version": filing.version, "opinion": ""})
    assert answer.url == "/filings/queue/?pile=approve&q=%E6%9D%BE%E8%8A%B1%E6%B1%9F"
