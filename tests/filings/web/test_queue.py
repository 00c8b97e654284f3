"""The queue: what waits for whom, in which order, and several done at once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from filings.models import Filing
from filings.web.queue import PILES


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
            ("supervisor", ["unlock", "late"]),
        ],
    )
    def test_are_those_of_the_role(self, desk, who, offered, request):
        page = desk(request.getfixturevalue(who)).get("/filings/queue/")
        assert [pile.name for pile, _n in page.context["tabs"]] == offered

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
        assert {p.name: n for p, n in page.context["tabs"]}[pile] == 1

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
