"""Two compiles side by side, and the year as a glance."""

from datetime import timedelta

import pytest
import time_machine

from agencies.journal import Actor
from filings.models import Filing
from reports import actions, comparing
from reports.periods import of_year
from tests import factories

BY = Actor("吴审", "auditor")


@pytest.fixture
def desk(client, auditor, at):
    with time_machine.travel(at, tick=False):
        client.force_login(auditor)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client


@pytest.fixture
def compile_(city, agency, subject, item, inspector, partner, at):
    """A compile of 2022 after so many more filings."""

    def run(more, year=2022):
        for _ in range(more):
            factories.filing(
                agency,
                subject,
                officers=(inspector.officer, partner.officer),
                items=[item],
                status="approved",
                number=f"N-{Filing.objects.count()}",
                code_digest=f"{Filing.objects.count():064}",
                submitted_at=at,
                approved_at=at,
            )
        return actions.run(
            actions.order(of_year(year), city, by=BY, at=at, full=True).job_id, clock=lambda: at
        )

    return run


def test_what_is_not_whole_is_kept_as_text_and_compared_as_a_number():
    before, after = ({"totals": {"mean_rating": one}} for one in ("4.57", "4.60"))
    assert [(str(one.change), one.place.row) for one in comparing.totals(before, after)] == [
        ("0.03", "mean_rating")
    ]
    nothing = {"totals": {"mean_rating": None}}
    assert [str(one.change) for one in comparing.totals(nothing, after)] == ["4.60"]
    assert [one.change for one in comparing.totals(nothing, nothing)] == [None]


class TestCompare:
    def test_tells_the_two_columns_apart_by_period_region_or_moment(
        self, desk, compile_, district, at
    ):
        first, other, again = compile_(0, 2021), compile_(1), compile_(1)
        ordered = actions.order(of_year(2022), district, by=BY, at=at)
        part = actions.run(ordered.job_id, clock=lambda: at + timedelta(seconds=5))
        heads = {
            (first, other): ("2021", "2022"),
            (other, part): ("2022 · 吉林市", "2022 · 昌邑区"),
            (other, again): ("2022 · 2022-06-15 10:00:00", "2022 · 2022-06-15 10:00:00"),
        }
        for (before, after), wanted in heads.items():
            page = desk.get("/years/compare/", {"before": before.pk, "after": after.pk})
            assert page.context["heads"] == wanted
            assert f">{wanted[1]}</th>" in page.content.decode()

    def test_offers_every_compile_and_first_the_two_newest(self, desk, compile_, district, at):
        first, second = compile_(0, 2021), compile_(1)
        ordered = actions.order(of_year(2022), district, by=BY, at=at)
        part = actions.run(ordered.job_id, clock=lambda: at)
        page = desk.get("/years/compare/")
        assert {one.pk for one in page.context["choices"]} == {first.pk, second.pk, part.pk}
        assert [page.context[name].pk for name in ("before", "after")] == [second.pk, part.pk]
        assert "parts" not in page.context
        page = desk.get("/years/compare/", {"before": second.pk, "after": part.pk})
        assert page.content.decode().count(f'value="{second.pk}" selected') == 1

    def test_needs_two_compiles(self, desk, compile_):
        compile_(0)
        assert "Two finished compiles are needed" in desk.get("/years/compare/").content.decode()

    def test_a_difference_opens_the_filings_that_make_it(self, desk, compile_):
        before, later = compile_(2), compile_(3)
        gone = Filing.objects.order_by("pk").first()
        Filing.objects.filter(pk=gone.pk).update(status="voided")
        newest = compile_(0)
        page = desk.get("/years/compare/", {"before": before.pk, "after": later.pk})
        lines = {line.label: line for part in page.context["parts"] for line in part.lines}
        opened = desk.get(lines["Filings of the period"].change.link)
        assert opened.status_code == 200, (opened.status_code, opened.content.decode()[-1500:])
        assert opened.context["numbers"] == {"come": 3, "gone": 0}
        come = set(Filing.objects.order_by("pk").values_list("pk", flat=True)[2:5])
        assert {one.pk for one in opened.context["rows"]} == come
        told = {"table": "totals", "row": "filings", "column": "count"}
        keys = {"before": later.pk, "of": newest.pk}
        back = desk.get("/years/compare/filings/", keys | told | {"part": "gone"})
        assert [one.pk for one in back.context["rows"]] == [gone.pk]
        for wrong in ({"row": "x"}, {"of": "x"}, {"of": "999999"}, {"part": "x"}):
            answer = desk.get("/years/compare/filings/", keys | told | wrong)
            assert answer.status_code == 404, wrong

    def test_a_difference_opens_nothing_to_one_who_reads_no_filings(self, desk, compile_, reviewer):
        before, later = compile_(1), compile_(1)
        desk.force_login(reviewer)
        keys = {"before": before.pk, "of": later.pk}
        told = {"table": "totals", "row": "filings", "column": "count"}
        assert desk.get("/years/compare/filings/", keys | told).status_code == 404

    def test_shows_a_dash_where_neither_has_the_figure(self, desk, compile_):
        before, after = compile_(0, 2021), compile_(1)
        page = desk.get("/years/compare/", {"before": before.pk, "after": after.pk})
        lines = {line.label: line for part in page.context["parts"] for line in part.lines}
        assert lines["Mean rating"].change.shown == "—"
        assert lines["Voided filings"].change.shown == "0"

    def test_tells_what_grew_and_leads_to_the_filings_behind(self, desk, compile_):
        before, after = compile_(0, 2021), compile_(3)
        page = desk.get("/years/compare/", {"before": before.pk, "after": after.pk})
        parts = {part.label: part.lines for part in page.context["parts"]}
        june = next(line for line in parts["By month"] if line.label == "06")
        assert (june.before.shown, june.after.shown, june.change.shown) == ("0", "3", "+3")
        assert (june.swing.start, june.swing.length, june.swing.falls) == (500, 500, False)
        assert f"/{after.pk}/by_month/filings/" in june.after.link
        behind = desk.get(june.after.link)
        assert behind.status_code == 200
        back = desk.get("/years/compare/", {"before": after.pk, "after": before.pk})
        lines = {part.label: part.lines for part in back.context["parts"]}["By month"]
        assert next(line for line in lines if line.label == "06").change.shown == "−3"

    def test_says_when_two_versions_are_equal(self, desk, compile_):
        before, after = compile_(2), compile_(0)
        page = desk.get("/years/compare/", {"before": before.pk, "after": after.pk})
        assert "their digests are equal" in page.content.decode()

    def test_is_reached_from_the_year_and_asks_which(self, desk, compile_):
        compile_(1)
        after = compile_(1)
        assert f"after={after.pk}" in desk.get("/years/2022/220200/").content.decode()
        assert desk.get("/years/compare/").status_code == 200

    @pytest.mark.parametrize("key", ["x", "0", "99999", "9" * 40])
    def test_knows_no_other_compile(self, desk, compile_, key):
        compile_(1)
        assert desk.get("/years/compare/", {"before": key}).status_code == 404

    def test_hides_compiles_of_elsewhere(self, client, outsider, compile_, at):
        pk = compile_(1).pk
        client.force_login(outsider)
        with time_machine.travel(at, tick=False):
            assert client.get("/years/compare/", {"after": pk}).status_code in (403, 404)


class TestGlance:
    def test_runs_from_every_filing_down_to_the_statutory_ones(self, desk, compile_):
        compile_(3)
        page = desk.get("/years/2022/220200/")
        rows = page.context["waterfall"]
        assert (rows[0]["label"], rows[0]["shown"]) == ("All filings of the period", "3")
        waiting = next(row for row in rows if row["label"] == "Approved, visit not made yet")
        assert (waiting["shown"], waiting["step"].length) == ("3", 1000)
        assert "/reconciliation/filings/" in waiting["link"]

    def test_shows_a_tile_for_each_region_that_leads_to_its_filings(self, desk, compile_):
        compile_(3)
        tiles = {one["label"]: one for one in desk.get("/years/2022/220200/").context["tiles"]}
        assert (tiles["昌邑区"]["shown"], tiles["昌邑区"]["shade"]) == ("3", 5)
        assert "/by_region/filings/" in tiles["昌邑区"]["link"]

    @pytest.mark.parametrize("name", ["waterfall", "tiles", "months"])
    def test_gives_each_drawing_as_a_file(self, desk, compile_, name):
        pk = compile_(1).pk
        answer = desk.get(f"/years/2022/220200/{pk}/{name}.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b"<svg")
        assert desk.get(f"/years/2022/220200/{pk}/other.svg").status_code == 404
