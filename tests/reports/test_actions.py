"""The job of a yearly compile: one per year and region, finished once, failures kept."""

from datetime import timedelta

import pytest

from agencies import jobs
from agencies.journal import Actor
from agencies.models import Event, Job
from config.schedule import SCHEDULE
from reports import actions, behind, compiler, retention, sealing, tasks
from reports.models import Compilation, FactPiece
from reports.periods import of_year
from tests import factories

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")


@pytest.fixture
def ordered(city, agency, at):
    return actions.order(of_year(2022), city, by=BY, at=at)


def run(ordered, at):
    return actions.run(ordered.job_id, clock=lambda: at)


def verbs():
    return list(Event.objects.filter(chain="system").values_list("verb", flat=True))


class TestOrder:
    def test_two_orders_give_one_job_and_one_event(self, ordered, city, at):
        again = actions.order(of_year(2022), city, by=Actor("周督"), at=at)
        assert again == ordered
        assert Job.objects.count() == 1
        assert verbs() == ["order_year"]

    def test_another_year_or_region_is_another_job(self, ordered, city, district, at):
        actions.order(of_year(2021), city, by=BY, at=at)
        actions.order(of_year(2022), district, by=BY, at=at)
        assert Job.objects.count() == 3

    def test_a_finished_year_can_be_ordered_again(self, ordered, city, at):
        first = run(ordered, at)
        second = run(actions.order(of_year(2022), city, by=BY, at=at), at)
        assert first.pk != second.pk
        assert first.digest == second.digest


class TestCancel:
    def test_ends_a_compile_that_waits_and_says_who_did(self, ordered, at):
        assert actions.cancel(ordered, by=BY, at=at)
        ordered.job.refresh_from_db()
        assert ordered.job.state == "cancelled"
        assert verbs() == ["order_year", "cancel_year"]
        assert run(ordered, at) is None

    def test_stops_the_worker_at_its_next_word(self, ordered, at, monkeypatch):
        extent = compiler.extent

        def cancelled_meanwhile(*args):
            actions.cancel(ordered, by=BY, at=at)
            return extent(*args)

        monkeypatch.setattr(compiler, "extent", cancelled_meanwhile)
        with pytest.raises(jobs.LeaseLost):
            run(ordered, at)
        ordered.refresh_from_db()
        assert (ordered.digest, ordered.pieces.count()) == ("", 0)

    def test_cannot_end_what_has_ended(self, ordered, at):
        run(ordered, at)
        assert not actions.cancel(ordered, by=BY, at=at)
        assert verbs() == ["order_year", "compile_year"]


class TestRun:
    def test_publishes_the_figures_and_closes_the_job(self, ordered, at):
        done = run(ordered, at)
        done.refresh_from_db()
        assert (done.state, done.row_count, len(done.digest)) == ("done", 0, 64)
        assert done.found()["totals"]["agencies"] == 1
        assert verbs() == ["order_year", "compile_year"]

    def test_tells_how_many_filings_are_read(self, ordered, agency, subject, at):
        for _ in range(3):
            factories.filing(agency, subject)
        job = run(ordered, at).job
        assert (job.done, job.total) == (3, 3)

    def test_does_nothing_a_second_time(self, ordered, at):
        run(ordered, at)
        assert run(ordered, at) is None
        assert verbs() == ["order_year", "compile_year"]

    def test_a_dead_worker_is_replaced_after_its_lease(self, ordered, at):
        assert jobs.claim(ordered.job_id, now=at)
        assert run(ordered, at + jobs.LEASE) is None
        assert run(ordered, at + jobs.LEASE + timedelta(seconds=1)).job.attempt == 2

    def test_a_woken_worker_cannot_close_the_row(self, ordered, at, monkeypatch):
        late = at + jobs.LEASE + timedelta(seconds=1)
        compile_figures = compiler.compile_figures

        def asleep(*args):
            found = compile_figures(*args)
            monkeypatch.setattr(compiler, "compile_figures", compile_figures)
            assert run(ordered, late)
            return found

        monkeypatch.setattr(compiler, "compile_figures", asleep)
        with pytest.raises(jobs.LeaseLost):
            run(ordered, at)
        ordered.refresh_from_db()
        assert ordered.finished_at == late
        assert verbs() == ["order_year", "compile_year"]

    def test_a_failure_is_written_down_and_raised(self, ordered, city, at, monkeypatch):
        def broken(*args):
            raise ArithmeticError("no sum")

        with monkeypatch.context() as patched:
            patched.setattr(compiler, "compile_figures", broken)
            with pytest.raises(ArithmeticError):
                run(ordered, at)
        ordered.job.refresh_from_db()
        assert ordered.job.state == "failed"
        assert ordered.job.error == "ArithmeticError: no sum"
        assert Compilation.objects.get().digest == ""
        assert run(actions.order(of_year(2022), city, by=BY, at=at), at).digest

    def test_leaves_nothing_when_the_event_fails(self, ordered, at, monkeypatch):
        def broken(*args, **kwargs):
            raise OSError("disk full")

        monkeypatch.setattr(actions.journal, "append", broken)
        with pytest.raises(OSError, match="disk full"):
            run(ordered, at)
        ordered.refresh_from_db()
        assert (ordered.digest, ordered.finished_at, ordered.job.state) == ("", None, "failed")

    def test_the_task_takes_an_id_and_ignores_what_it_does_not_know(self, ordered):
        assert tasks.compile_year.name == ordered.job.kind
        tasks.compile_year(job_id=str(ordered.job_id), priority=3)
        ordered.job.refresh_from_db()
        assert ordered.job.state == "done"


class TestForget:
    def test_takes_the_lists_of_old_unsealed_compiles_and_no_others(
        self, ordered, agency, subject, city, at
    ):
        factories.filing(agency, subject)
        old = run(ordered, at)
        figures = old.figures
        late = at + retention.KEPT_FOR + timedelta(days=1)
        assert retention.forget(at=late) == 0
        factories.filing(agency, subject)
        new = run(actions.order(of_year(2022), city, by=BY, at=late, full=True), late)
        assert retention.forget(at=late) == 1
        old.refresh_from_db()
        assert (old.keeps_facts, old.figures) == (False, figures)
        assert new.keeps_facts
        assert FactPiece.objects.count() == 1
        with pytest.raises(behind.NoSuchFigure, match="no longer kept"):
            behind.behind(old, "totals", "filings", "count")
        assert retention.forget(at=late) == 0

    def test_spares_what_is_proposed_for_sealing(self, ordered, agency, subject, city, at):
        factories.filing(agency, subject)
        old = run(ordered, at)
        sealing.propose(old, by=BY, at=at)
        late = at + retention.KEPT_FOR + timedelta(days=1)
        run(actions.order(of_year(2022), city, by=BY, at=late), late)
        assert retention.forget(at=late) == 0
        assert old.keeps_facts

    def test_comes_round_every_day(self):
        assert tasks.forget_facts.name in {one.kind for one in SCHEDULE}


class TestVisibleTo:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("clerk", {"220000", "220200", "220202"}),
            ("supervisor", {"220000", "220200", "220202"}),
            ("auditor", {"220000", "220200", "220202", "220203"}),
            ("inspector", set()),
            ("outsider", set()),
            ("administrator", set()),
        ],
    )
    def test_shows_the_line_of_regions_and_what_lies_below(
        self, request, province, city, district, elsewhere, authority, at, who, sees
    ):
        beside = factories.region("220203", "龙潭区", parent=city)
        for region in (province, city, district, beside, elsewhere):
            actions.order(of_year(2022), region, by=BY, at=at)
        found = Compilation.objects.visible_to(authority(request.getfixturevalue(who)))
        assert {compilation.region.code for compilation in found} == sees
