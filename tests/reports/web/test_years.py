"""The compiled years as pages: the list, the order, the progress, the figures behind them."""

from datetime import timedelta

import pytest
import time_machine

from agencies import jobs
from agencies.journal import Actor
from agencies.models import Job
from reports import actions
from reports.models import Compilation
from reports.periods import of_year
from reports.web import views
from reports.web.charts import lengths, share
from tests import factories

BY = Actor("吴审", "auditor")


@pytest.fixture
def desk(client, auditor, at):
    """The auditor's browser."""
    with time_machine.travel(at, tick=False):
        client.force_login(auditor)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client


@pytest.fixture
def ordered(city, at):
    return actions.order(of_year(2022), city, by=BY, at=at)


@pytest.fixture
def compiled(ordered, agency, subject, item, inspector, partner, at):
    """Three filings counted in June, one draft that is not."""
    officers = (inspector.officer, partner.officer)
    for number in range(3):
        factories.filing(
            agency,
            subject,
            officers=officers,
            items=[item],
            status="approved",
            number=f"N-{number}",
            code_digest=f"{number:064}",
            submitted_at=at,
            approved_at=at,
        )
    factories.filing(agency, subject, officers=officers, items=[item])
    return actions.run(ordered.job_id, clock=lambda: at)


class TestYears:
    def test_lists_what_is_compiled_and_where_each_compile_stands(self, desk, compiled, city, at):
        actions.order(of_year(2021), city, by=BY, at=at)

        page = desk.get("/years/").content.decode()

        assert f"/years/2022/220200/{compiled.pk}/" in page
        assert compiled.digest[:12] in page
        assert "status-queued" in page

    def test_lets_the_auditor_order_a_year(self, desk, city):
        answer = desk.post("/years/", {"year": "2021", "region": city.pk})

        assert answer.headers["Location"] == "/years/2021/220200/"
        assert Compilation.objects.get().ordered_by == "吴审"

    def test_gives_two_orders_one_job(self, desk, city):
        for _ in range(2):
            desk.post("/years/", {"year": "2021", "region": city.pk})

        assert Job.objects.count() == 1

    @pytest.mark.parametrize("year", ["", "x", "1989", "2099", "9" * 40])
    def test_says_which_years_there_can_be(self, desk, city, year):
        answer = desk.post("/years/", {"year": year, "region": city.pk})

        assert answer.context["form"].errors["year"]
        assert not Job.objects.exists()

    def test_offers_the_own_region_and_its_divisions_alone(self, desk, district, elsewhere):
        answer = desk.post("/years/", {"year": "2021", "region": elsewhere.pk})

        offered = answer.context["form"].fields["region"].offered
        assert [region.code for region in offered] == ["220200", "220202"]
        assert answer.context["form"].errors["region"]

    def test_lets_others_read_but_not_order(self, client, reviewer, compiled, city):
        client.force_login(reviewer)

        assert client.get("/years/").context["form"] is None
        assert client.post("/years/", {"year": "2021", "region": city.pk}).status_code == 403

    def test_is_closed_to_officers(self, client, inspector):
        client.force_login(inspector)

        assert client.get("/years/").status_code == 403
        assert client.get("/years/2022/220200/").status_code == 403

    @pytest.mark.parametrize("query", ["colour=red", "cursor=x", "year=two"])
    def test_names_what_it_cannot_read(self, desk, query):
        answer = desk.get(f"/years/?{query}")

        assert answer.status_code == 400
        assert query.partition("=")[0] in answer.content.decode()


class TestProgress:
    def test_renews_itself_while_the_compile_waits_and_runs(self, desk, ordered, at):
        waiting = desk.get("/years/2022/220200/")
        job = jobs.claim(ordered.job_id, now=at)
        jobs.progress(job, 2, 5, now=at)
        running = desk.get("/years/2022/220200/").content.decode()

        assert waiting["Refresh"] == "2"
        assert "Waiting for a worker" in waiting.content.decode()
        assert "2 of 5 filings read" in running

    def test_says_why_a_compile_failed(self, desk, ordered, at):
        job = jobs.claim(ordered.job_id, now=at)
        jobs.fail(job, "DataError: disk full", now=at)

        page = desk.get("/years/2022/220200/").content.decode()

        assert "DataError: disk full" in page
        assert "http-equiv" not in page


class TestYear:
    def test_says_the_sentence_in_both_languages_the_readers_first(self, desk, compiled):
        answer = desk.get("/years/2022/220200/")

        assert answer.context["sentence"].startswith("The city has 1 ")
        assert answer.context["other_sentence"].endswith("行政检查执法备案3次")
        chinese = desk.get("/years/2022/220200/", headers={"Accept-Language": "zh-CN"})
        assert chinese.context["sentence"] == answer.context["other_sentence"]

    def test_shows_the_digest_and_the_state_of_the_records(self, desk, compiled):
        page = desk.get("/years/2022/220200/").content.decode()

        assert compiled.digest in page
        assert "2022-06-15 10:00:00" in page

    @pytest.mark.parametrize(
        ("table", "code"),
        [
            ("by_agency", "CYSJ"),
            ("by_month", "06"),
            ("by_type", "daily"),
            ("by_trigger", "annual_plan"),
            ("by_item", "JC-0001"),
        ],
    )
    def test_opens_exactly_the_filings_behind_a_number(self, desk, compiled, table, code):
        bars = desk.get("/years/2022/220200/").context["tables"][table].bars
        bar = next(bar for bar in bars if bar.code == code)

        answer = desk.get(bar.link)

        assert bar.count == answer.context["counted"] == len(answer.context["rows"]) == 3

    def test_links_nothing_for_one_who_may_not_read_every_filing(self, client, reviewer, compiled):
        client.force_login(reviewer)

        answer = client.get("/years/2022/220200/")

        assert not any(bar.link for bar in answer.context["tables"]["by_agency"].bars)

    def test_keeps_older_compiles_and_tells_whether_they_agree(self, desk, compiled, city, at):
        again = actions.order(of_year(2022), city, by=BY, at=at)
        assert "is not finished" in desk.get("/years/2022/220200/").content.decode()
        actions.run(again.job_id, clock=lambda: at + timedelta(minutes=1))

        page = desk.get(f"/years/2022/220200/{compiled.pk}/").content.decode()

        assert "same figures" in page

    @pytest.mark.parametrize(
        "path",
        ["2021/220200/", "2022/220300/", "2022/220200/999/", f"{10**20}/220200/", "2022/x/"],
    )
    def test_is_absent_when_nothing_was_compiled(self, desk, compiled, path):
        assert desk.get(f"/years/{path}").status_code == 404

    def test_asks_the_database_a_fixed_number_of_times(
        self, desk, compiled, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(6):
            desk.get("/years/2022/220200/")


class TestTable:
    def test_shows_every_row(self, desk, compiled, district):
        factories.agency(district, name="昌邑区卫生健康局")

        page = desk.get(f"/years/2022/220200/{compiled.pk}/by_agency/").content.decode()

        assert "昌邑区市场监督管理局" in page

    def test_shows_a_long_table_page_by_page(self, desk, district, request, monkeypatch):
        for _turn in range(2):
            factories.agency(district)
        compiled = request.getfixturevalue("compiled")
        monkeypatch.setattr(views, "ROWS", 1)
        place = f"/years/2022/220200/{compiled.pk}/by_agency/"
        whole = desk.get(f"/years/2022/220200/{compiled.pk}/").context["tables"]["by_agency"]
        pages = [desk.get(place).context]
        while pages[-1]["older"]:
            pages.append(desk.get(place + pages[-1]["older"]).context)
        shown = [bar.code for page in pages for bar in page["table"].bars]
        assert shown == [bar.code for bar in whole.bars]
        assert [page["newer"] for page in pages] == [None, "?after=0", "?after=1"]
        for beyond in ("3", "-1", "1" * 20, "x"):
            assert desk.get(place, {"after": beyond}).status_code == 404

    def test_knows_only_tables_that_exist(self, desk, compiled):
        assert desk.get(f"/years/2022/220200/{compiled.pk}/by_colour/").status_code == 404


class TestBars:
    def test_measure_against_the_longest_and_hide_nothing(self):
        assert lengths([1000, 500, 1, 0]) == [1000, 500, 4, 0]
        assert lengths([0, 0]) == [0, 0]
        assert lengths([]) == []

    def test_have_a_share_only_of_something(self):
        assert share(1, 3) == "33.3%"
        assert share(0, 0) == ""
