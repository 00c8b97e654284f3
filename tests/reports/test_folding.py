"""What came since the last compile is counted between orders, and nobody sees that but by speed."""

import random
from datetime import timedelta

import pytest
import time_machine

from agencies import jobs
from agencies.models import Event
from config.schedule import SCHEDULE
from filings.models import Filing
from reports import folding, pieces, recompile, retention, sealing, tasks
from reports.models import Compilation, FactPiece, KeptPiece
from tests import factories
from tests.oracle import years
from tests.reports.test_recompile import BY, assert_equals_recount, disturb, run, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made(db):
    return years.edges(seed=12, size=120)


@pytest.fixture
def compiled(made, at):
    return run(made, at)


def fold(at):
    return folding.fold(clock=lambda: at)


def void(made, at):
    filing = Filing.objects.counted().filter(agency=made.agencies[0]).earliest("pk")
    filing.status = "voided"
    filing.save()
    told(filing, at)
    return filing


def interim():
    return Compilation.every.get(interim=True)


def read_by(monkeypatch):
    """The filings that the next compile reads."""
    read, gather = [], recompile.gather

    def counting(each, slices, period):
        found = gather(each, slices, period)
        read.extend(found.filings["id"].tolist())
        return found

    monkeypatch.setattr(recompile, "gather", counting)
    return read


@pytest.mark.parametrize("seed", range(4))
def test_an_order_after_folds_equals_a_full_recount(made, at, seed):
    dice = random.Random(seed)
    run(made, at)
    for day in range(1, 8):
        for _ in range(dice.randrange(4)):
            disturb(made, dice, at)
        fold(at + day * DAY)
        if dice.random() < 0.4:
            done = run(made, at + day * DAY + timedelta(hours=1))
            assert not done.recounted
            assert_equals_recount(done, made)
    if Compilation.every.filter(interim=True).exists():
        assert_equals_recount(folding.base_of("2022", made.city.pk), made)


def test_the_order_reads_only_what_came_after_the_fold(made, compiled, at, monkeypatch):
    folded = void(made, at)
    assert fold(at + DAY) == 1
    later = void(made, at)
    read = read_by(monkeypatch)
    assert_equals_recount(run(made, at + 2 * DAY), made)
    assert later.pk in read
    assert folded.pk not in read


def test_nothing_new_is_nothing_to_fold(made, compiled, at):
    assert fold(at + DAY) == 0
    assert not Compilation.every.filter(interim=True).exists()
    void(made, at)
    assert [fold(at + DAY), fold(at + DAY)] == [1, 0]


def test_folds_pile_up_neither_rows_nor_pieces_nor_events(made, compiled, at):
    events = Event.objects.count()
    for day in range(1, 6):
        void(made, at)
        events += 1
        assert fold(at + day * DAY) == 1
    assert Compilation.every.filter(interim=True).count() == 1
    held = set(KeptPiece.objects.values_list("piece", flat=True))
    assert set(FactPiece.objects.values_list("pk", flat=True)) == held
    assert KeptPiece.objects.count() == 2 * compiled.pieces.count()
    assert Event.objects.count() == events


def test_the_compile_from_which_they_went_on_stays_what_it_was(made, compiled, at):
    facts = pieces.facts_of(compiled).filings.tolist()
    void(made, at)
    fold(at + DAY)
    compiled.refresh_from_db()
    assert pieces.facts_of(compiled).filings.tolist() == facts


def test_nobody_sees_what_was_folded(made, compiled, at, client):
    with time_machine.travel(at, tick=False):
        auditor = factories.account("auditor")
        factories.appointment(auditor, "auditor", region=made.city)
        client.force_login(auditor)
        page = client.get("/api/v1/years/").json()
    void(made, at)
    assert fold(at + DAY) == 1
    assert list(Compilation.objects.all()) == [compiled]
    with time_machine.travel(at, tick=False):
        assert client.get("/api/v1/years/").json() == page
        assert client.get(f"/years/2022/{made.city.code}/{interim().pk}/").status_code == 404


def test_a_seal_still_asks_for_a_recount(made, compiled, at):
    void(made, at)
    fold(at + DAY)
    done = run(made, at + 2 * DAY)
    with pytest.raises(sealing.NotSealable, match="full recount"):
        sealing.propose(done, by=BY, at=at)


def test_an_order_begins_anew_when_the_fold_moved_under_it(made, compiled, at, monkeypatch):
    void(made, at)
    fold(at + DAY)
    adjusted = recompile.adjusted

    def overtaken(*args, **kwargs):
        found = adjusted(*args, **kwargs)
        monkeypatch.setattr(recompile, "adjusted", adjusted)
        void(made, at)
        assert fold(at + 2 * DAY) == 1
        return found

    monkeypatch.setattr(recompile, "adjusted", overtaken)
    assert_equals_recount(run(made, at + 2 * DAY), made)


def test_what_only_a_recount_can_tell_is_left_to_the_order(made, compiled, at):
    told(made.agencies[0], at)
    assert fold(at + DAY) == 0
    assert run(made, at + 2 * DAY).recounted


def test_goes_on_only_for_a_month_after_an_order(made, compiled, at):
    void(made, at)
    fold(at + DAY)
    void(made, at)
    late = at + folding.ASKED + DAY
    assert fold(late) == 0
    retention.forget(at=late)
    assert not interim().keeps_facts
    done = run(made, late)
    assert not done.recounted
    assert_equals_recount(done, made)


def test_comes_round_and_is_done_by_a_job(made, compiled, at):
    assert tasks.fold_changes.name in {one.kind for one in SCHEDULE}
    void(made, at)
    job = jobs.order(tasks.fold_changes.name, "now", params={}, by="schedule", at=at)
    with time_machine.travel(at, tick=False):
        tasks.fold_changes(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, interim().as_of is not None) == ("done", True)
