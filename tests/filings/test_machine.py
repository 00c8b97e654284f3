"""A life of ten thousand steps against a model that knows nothing of the code.

Hypothesis chooses verbs as it likes, lawful and unlawful, early and late; after each step the
register and the model must agree on the state, the number, the version and the length of the book.
"""

import os
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as live
from hypothesis.strategies import sampled_from

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.models import Event
from filings import actions
from filings.matching import offers
from filings.models import Filing, NumberCounter
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from tests import factories

LIVES, STEPS_OF_A_LIFE = 200, 50
# state: what each verb makes of it; a verb that is not here is refused and changes nothing
MODEL = {
    "draft": {"submit": "submitted", "withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {"approve": "approved", "return": "returned", "withdraw": "withdrawn"},
    "approved": {
        "withdraw": "withdrawn",
        "check_in": "on_site",
        "refuse": "refused",
        "terminate": "terminated",
    },
    "on_site": {
        "record": "recorded",
        "refuse": "refused",
        "terminate": "terminated",
        "void": "voided",
    },
    "recorded": {"confirm": "confirmed", "correct": "recorded", "void": "voided"},
    "confirmed": {"close": "closed", "correct": "recorded", "void": "voided"},
    "closed": {"correct": "recorded", "void": "voided"},
    "refused": {"void": "voided"},
    "terminated": {"void": "voided"},
    "withdrawn": {},
    "voided": {},
}
VERBS = sorted({verb for row in MODEL.values() for verb in row})
DECIDERS = {"approve", "return", "confirm", "void"}
PLANNED = ("submitted", "approved")
REFUSALS = (TransitionNotAllowed, NotAuthorised, FilingIncomplete)


def call(verb, filing, outcome):
    """The action of a verb with what it asks for besides who and when."""
    act = actions.BY_VERB[verb]
    if verb in ("return", "withdraw", "refuse", "terminate", "void"):
        return lambda **who: act(filing, reason="试验", **who)
    if verb == "check_in":
        return lambda **who: act(filing, actions.Arrival(), **who)
    if verb == "record":
        return lambda **who: act(filing, actions.Outcome(outcome=outcome), **who)
    if verb == "correct":
        said = actions.Outcome(outcome=outcome)
        return lambda **who: act(filing, said, reason="更正", **who)
    return lambda **who: act(filing, **who)


class Life(RuleBasedStateMachine):
    """One filing, in the `world` of the fixtures."""

    world = None

    @initialize()
    def begin(self):
        subject = factories.subject(self.world.region)
        said = self.world.said(subject)
        self.filing = actions.draft(self.world.agency, said, by=self.world.filer, at=self.world.at)
        self.state, self.number, self.steps, self.outcome = "draft", None, 1, None
        self.serial = serial_of(self.world.agency)
        self.other = self.world.beside(subject)
        # How the offer of the neighbour stands; once both sides agree, the visit is shared.
        self.offer = "open"

    @rule(verb=sampled_from(VERBS), outcome=sampled_from(["no_problem", "corrected"]))
    def lawful_hands(self, verb, outcome):
        by = self.world.decider if verb in DECIDERS else self.world.filer
        lawful = verb in MODEL[self.state] and not (verb == "correct" and outcome == self.outcome)
        filing = Filing.objects.get(pk=self.filing.pk)
        act = call(verb, filing, outcome)
        if not lawful:
            with pytest.raises(REFUSALS):
                act(by=by, at=self.world.door)
            return
        act(by=by, at=self.world.door)
        before = self.state
        self.state = MODEL[self.state][verb]
        self.steps += 1
        undone = self.offer == "asked" or (self.offer == "together" and before in PLANNED)
        if undone and verb in ("return", "withdraw", "refuse", "terminate"):
            self.offer = "open"
        if verb in ("record", "correct"):
            self.outcome = outcome
        if verb == "approve":
            self.serial += 1
            self.number = self.serial

    @rule(verb=sampled_from(VERBS), stranger=st.booleans())
    def wrong_hands(self, verb, stranger):
        by = (
            self.world.stranger
            if stranger
            else self.world.filer
            if verb in DECIDERS
            else self.world.decider
        )
        filing = Filing.objects.get(pk=self.filing.pk)
        with pytest.raises(REFUSALS):
            call(verb, filing, "no_problem")(by=by, at=self.world.door)

    @precondition(lambda self: self.state in ("draft", "returned"))
    @rule()
    def revise(self):
        filing = Filing.objects.get(pk=self.filing.pk)
        actions.revise(
            filing, self.world.said(filing.subject), by=self.world.filer, at=self.world.at
        )
        self.steps += 1

    @rule(verb=sampled_from(["join", "decline", "leave"]))
    def answer_the_offer(self, verb):
        planned = self.state in PLANNED
        may = {"join": ("open", "declined"), "decline": ("open", "asked"), "leave": ("together",)}
        filing = Filing.objects.get(pk=self.filing.pk)
        found = offers(filing, self.world.door)
        key = {} if verb == "leave" else {"offer": found[0].key if found else ""}
        why = {} if verb == "join" else {"reason": "时间不合"}
        told = {"by": self.world.filer, "at": self.world.door} | key | why
        if not planned or self.offer not in may[verb]:
            with pytest.raises(REFUSALS):
                actions.BY_VERB[verb](filing, **told)
            return
        actions.BY_VERB[verb](filing, **told)
        self.offer = "asked" if verb == "join" else "declined"
        self.steps += 1

    @precondition(lambda self: self.offer == "asked" and self.state in PLANNED)
    @rule()
    def the_neighbour_agrees(self):
        other = Filing.objects.get(pk=self.other.pk)
        (offer,) = offers(other, self.world.door)
        actions.join(other, offer=offer.key, by=self.world.neighbour, at=self.world.door)
        self.offer = "together"
        self.steps += 1

    @invariant()
    def the_visit_is_shared_while_both_sides_agree(self):
        if not hasattr(self, "state"):
            return
        mine, other = (Filing.objects.get(pk=one.pk) for one in (self.filing, self.other))
        shared = mine.visit_id is not None and mine.visit_id == other.visit_id
        assert shared == (self.offer == "together")
        assert mine.visit is None or mine.visit.joint == (shared and self.state != "voided")

    @invariant()
    def the_register_is_the_model(self):
        if not hasattr(self, "state"):
            return
        stored = Filing.objects.get(pk=self.filing.pk)
        assert (stored.status, stored.version) == (self.state, self.steps)
        assert Event.objects.about(stored).count() == self.steps
        serial = int(stored.number.split("-")[3]) if stored.number else None
        assert serial == self.number
        assert serial_of(self.world.agency) == self.serial


def machine_on(world):
    """The machine whose steps are taken in the `world` of the fixtures."""
    return type("Life", (Life,), {"world": world})


def serial_of(agency):
    """The last serial of the agency's year."""
    held = NumberCounter.objects.filter(agency=agency, year=2022).first()
    return held.last if held else 0


@pytest.mark.django_db
def test_ten_thousand_steps(world):
    bounds = settings(
        max_examples=world.lives,
        stateful_step_count=STEPS_OF_A_LIFE,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    live(machine_on(world), settings=bounds)
    assert not list(journal.breaks())


@pytest.mark.django_db
def test_a_model_that_is_wrong_is_noticed(world, monkeypatch):
    monkeypatch.setitem(MODEL, "draft", {"submit": "submitted"})
    bounds = settings(
        max_examples=20,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        live(machine_on(world), settings=bounds)


@pytest.fixture
def world(agency, said, inspector, reviewer, outsider, neighbour, planned, authority, at):
    """The cast as the machine needs it; LIVES=200 makes the ten thousand steps."""
    return SimpleNamespace(
        agency=agency,
        region=agency.region,
        filer=authority(inspector),
        decider=authority(reviewer),
        stranger=authority(outsider),
        neighbour=authority(neighbour),
        beside=planned,
        at=at,
        door=at + timedelta(hours=2),
        said=lambda subject: replace(said, subject=subject),
        lives=int(os.environ.get("LIVES", "20")),
    )
