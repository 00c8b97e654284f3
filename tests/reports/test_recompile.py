"""A compile from the one before reads only what changed, and equals a full recount."""

import random
from datetime import timedelta

import pytest
from django.apps import apps

from agencies import journal
from agencies.journal import Actor
from filings.models import Alert, Filing, Rating, Result, Subject, Visit
from reports import actions, changes, pieces, recompile
from reports.compiler import compile_figures
from reports.facts import joined
from reports.periods import of_year
from reports.recompile import DEAR
from tests import factories
from tests.oracle import years

pytestmark = pytest.mark.django_db
BY = Actor("吴审", "auditor")


@pytest.fixture
def made(db):
    return years.edges(seed=11, size=120)


def run(made, at, **fields):
    ordered = actions.order(of_year(2022), made.city, by=BY, at=at, **fields)
    return actions.run(ordered.job_id, clock=lambda: at)


def told(obj, at, chain=journal.SYSTEM):
    journal.append(chain, "change", obj, by=BY, at=at)


def assert_equals_recount(compilation, made):
    recounted = compile_figures(of_year(2022), made.city)
    assert compilation.found() == recounted.figures
    assert compilation.digest == recounted.digest()
    kept, anew = pieces.facts_of(compilation), joined(part for _bucket, part in recounted.parts)
    assert kept.filings.tolist() == anew.filings.tolist()
    for name in ("items", "cases"):
        assert sorted(getattr(kept, name).tolist()) == sorted(getattr(anew, name).tolist())
    assert len(kept.alerts) == len(anew.alerts)


def visit(made, filing, dice, at):
    made.visit(filing, arrived_at=years.JUNE, recorded_at=years.JUNE, level=2)
    told(Rating.objects.latest("pk"), at)


def share(made, filing, dice, at):
    """The visit becomes one with another agency's, at the same subject or, wrongly, elsewhere."""
    other = dice.choice(list(Filing.objects.filter(origin="native").order_by("pk")))
    if filing.visit is None:
        made.visit(filing, arrived_at=years.JUNE, recorded_at=years.JUNE)
        filing.refresh_from_db()
    other.visit = filing.visit
    other.save()
    Visit.objects.filter(pk=other.visit.pk).update(joint=dice.random() < 0.7)
    told(other, at, other.agency.code)


def move(made, filing, dice, at):
    filing.subject = dice.choice(list(Subject.objects.order_by("pk")))
    filing.save()


def leave(made, filing, dice, at):
    filing.visit = None
    filing.save()


MOVES = (visit, share, move, leave)


def disturb(made, dice, at):
    """Something happens to a filing, as the verbs would do it: a change and its event."""
    filing = dice.choice(list(Filing.objects.filter(origin="native").order_by("pk")))
    happening = dice.randrange(10)
    if happening == 0:
        filing = made.file(
            dice.choice([0, 1, 2, 6]), dice.choice([years.JUNE, years.END]), items=[1]
        )
    elif happening == 1:
        filing.status = dice.choice(["voided", "withdrawn", "closed"])
        filing.closed_at, filing.submitted_at = at, filing.submitted_at or filing.dated_at
        filing.save()
    elif happening == 2:
        Result.objects.filter(filing=filing).update(complete_record=dice.random() < 0.5)
    elif happening == 3:
        filing.subject.industry = dice.choice(["B01", "", "H62"])
        filing.subject.save()
        return told(filing.subject, at)
    elif happening == 4:
        said = {"level": dice.randrange(1, 6), "rated_on": years.JUNE.date()}
        return told(Rating.objects.create(agency=filing.agency, **said), at)
    elif happening == 5:
        Alert.objects.get_or_create(
            code=dice.choice(["visits_crowded", "new_rule"]),
            about=f"filing {filing.pk}",
            defaults={
                "severity": "warn",
                "agency": filing.agency,
                "filing": filing,
                "text": "提示",
                "created_at": at,
            },
        )
    else:
        MOVES[happening - 6](made, filing, dice, at)
    return told(filing, at, filing.agency.code)


@pytest.mark.parametrize(("seed", "dear"), [(1, 0), (2, DEAR), (3, 0), (4, DEAR), (5, 0)])
def test_after_each_day_it_equals_a_full_recount(made, at, monkeypatch, seed, dear):
    """Those around are asked of the register where that is cheap, or found in what was kept."""
    dice = random.Random(seed)
    monkeypatch.setattr(recompile, "DEAR", dear)
    run(made, at)
    for day in range(1, 6):
        for _ in range(dice.randrange(1, 9)):
            disturb(made, dice, at)
        done = run(made, at + timedelta(days=day))
        assert not done.recounted
        assert_equals_recount(done, made)


def test_a_visit_tells_of_every_filing_that_shares_it(made, at):
    first, second = made.file(0, years.JUNE, items=[1]), made.file(1, years.JUNE, items=[1])
    made.visit(first, second, arrived_at=years.JUNE, recorded_at=years.JUNE)
    run(made, at)
    Visit.objects.filter(filings=first).update(arrived_at=None, code_shown=True)
    told(first, at, first.agency.code)
    assert_equals_recount(run(made, at), made)


def test_nothing_new_gives_the_same_digest_and_shares_every_piece(made, at):
    first = run(made, at)
    second = run(made, at + timedelta(days=1))
    assert (first.recounted, second.recounted) == (True, False)
    assert first.digest == second.digest
    kept = [list(one.pieces.values_list("bucket", "piece")) for one in (first, second)]
    assert kept[0] == kept[1]


def test_reads_only_the_filings_around_the_change(made, at, monkeypatch):
    run(made, at)
    lone = factories.subject(made.district, name="独户")
    filing = made.file(0, years.JUNE)
    Filing.objects.filter(pk=filing.pk).update(subject=lone)
    told(filing, at)
    read = []
    gather = recompile.gather

    def counting(each, slices, period):
        found = gather(each, slices, period)
        read.extend(found.filings["id"].tolist())
        return found

    monkeypatch.setattr(recompile, "gather", counting)
    run(made, at)
    assert read == [filing.pk]


def test_the_earlier_list_stays_what_it_was(made, at):
    first = run(made, at)
    before = pieces.facts_of(first).filings.tolist()
    filing = Filing.objects.counted().filter(agency=made.agencies[0]).first()
    filing.status = "voided"
    filing.save()
    told(filing, at)
    second = run(made, at)
    assert pieces.facts_of(first).filings.tolist() == before
    assert pieces.facts_of(second).filings.tolist() != before


@pytest.mark.parametrize("what", ["agency", "import", "full", "definitions"])
def test_what_only_a_recount_can_tell_is_recounted(made, at, what):
    first = run(made, at)
    if what == "agency":
        told(made.agencies[0], at)
    elif what == "import":
        told(made.subject.business_region, at)
    elif what == "definitions":
        first.definitions_version -= 1
        first.save()
    assert run(made, at, full=what == "full").recounted


@pytest.mark.parametrize("kind", sorted(changes.ASIDE))
def test_what_is_set_aside_is_a_kind_of_row_that_events_are_about(kind):
    assert apps.get_model(kind)._meta.label_lower == kind
