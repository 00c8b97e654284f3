"""Histories around the ends of two years: after each step the year is what the oracle counts.

Hypothesis lets a few agencies file, visit, correct and give up, with the clock going over midnight
of 31 December.  Each step is compiled from the step before, and now and then sealed: what is told
to have changed is the difference between two counts of the oracle.
"""

import json
import os
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as live
from hypothesis.strategies import sampled_from

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import SHANGHAI
from agencies.journal import Actor
from agencies.models import Event
from agencies.refusals import RegisterRefused
from filings import actions, catalogue, recalled
from filings.models import Filing, Subject, SupervisionCase
from filings.policy import TransitionNotAllowed
from filings.rules import FilingIncomplete
from officers.authority import Authority
from reports import actions as reports
from reports import changes, leaves, sealing
from reports.compiler import compile_figures
from reports.periods import of_year
from tests import factories
from tests.oracle import difference
from tests.oracle.export import export
from tests.oracle.recount import recount

# `make long` asks for more.
HISTORIES, STEPS = (
    int(os.environ.get(name, few)) for name, few in (("HISTORIES", 4), ("STEPS", 15))
)
EVE = datetime(2022, 12, 31, 15, 0, tzinfo=SHANGHAI)
YEARS = (2022, 2023)
BY, KEEPER = Actor("吴审", "auditor"), Actor("register", "system")
LATER = [timedelta(0), timedelta(minutes=20), timedelta(hours=3), timedelta(hours=9)]
NEXT = {
    "submitted": ["approve", "return", "withdraw"],
    "returned": ["submit", "withdraw"],
    "approved": ["check_in", "withdraw", "refuse", "terminate"],
    "on_site": ["record", "terminate", "void"],
    "recorded": ["confirm", "correct", "void"],
    "confirmed": ["close", "publish", "correct", "void"],
    "closed": ["publish", "correct", "void"],
    "refused": ["void"],
    "terminated": ["void"],
}
# The first verb leads on to the end; the others are as likely together as it is.
WAYS = [0, 0, 0, 0, 0, 1, 2, 3, 4, 5]
DECIDERS = {"approve", "return", "confirm", "void", "publish"}
REFUSALS = (TransitionNotAllowed, NotAuthorised, FilingIncomplete)
OUTCOMES = [
    {"outcome": "no_problem"},
    {"outcome": "corrected"},
    {"outcome": "no_problem", "enforcement_followed": True},
    {"outcome": "pending", "follow_up": "daily_supervision"},
]


class Years(RuleBasedStateMachine):
    """The `city` of the fixtures on New Year's Eve; what a history does is undone at its end."""

    city = None

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()
        self.now, self.filings, self.sealed, self.turn = EVE, [], {}, 0

    def teardown(self):
        transaction.savepoint_rollback(self.before)
        catalogue.forget()
        recalled.forget()

    @initialize()
    def begin(self):
        for year in YEARS:
            self._compile(year, full=True)
        for nth in range(3):
            self.file(nth, nth, timedelta(0))
        self.go_on(0, [0, 0, 0, 0], OUTCOMES[0], timedelta(hours=2))
        self.seal(2022)
        self.go_on(1, [0, 1], OUTCOMES[0], timedelta(hours=2))

    def _compile(self, year, *, full=False):
        ordered = reports.order(of_year(year), self.city.region, by=BY, at=self.now, full=full)
        return reports.run(ordered.job_id, clock=lambda: self.now)

    def _counted(self, year):
        rows, period = export(), of_year(year)
        days = {"first": period.first, "last": period.last}
        code = self.city.region.code
        return recount(rows, code, **days), difference.lines(rows, code, **days)

    def _later(self, after):
        self.now += after

    @rule(agency=st.integers(0, 2), subject=st.integers(0, 3), after=sampled_from(LATER))
    def file_another(self, agency, subject, after):
        self.file(agency, subject, after)

    def file(self, agency, subject, after):
        self._later(after)
        house, firm = self.city.houses[agency], self.city.subjects[subject]
        said = self._said(house, firm)
        with suppress(*REFUSALS):
            filing = actions.draft(house.agency, said, by=house.filer, at=self.now)
            self.filings.append((filing.pk, house))
            actions.submit(filing, by=house.filer, at=self.now)

    @rule(agency=st.integers(0, 2), subject=st.integers(0, 3), late=st.booleans())
    def come_in_an_emergency(self, agency, subject, late):
        house, firm = self.city.houses[agency], self.city.subjects[subject]
        came = self.now - timedelta(hours=2) if late else self.now
        said = self._said(house, firm)
        sudden = actions.Emergency(reason="燃气泄漏", reported_to="赵批", arrived_at=came)
        filing = actions.open_emergency(house.agency, said, sudden, by=house.filer, at=self.now)
        self.filings.append((filing.pk, house))

    @rule(which=st.integers(0, 99), after=sampled_from(LATER))
    def file_it_afterwards(self, which, after):
        self._later(after)
        filing, house = self._one(which)
        said = self._said(house, filing.subject)
        with suppress(*REFUSALS):
            actions.back_file(filing, said, by=house.filer, at=self.now)
            actions.approve_afterwards(filing, by=house.decider, at=self.now)

    @rule(
        which=st.integers(0, 99),
        verbs=st.lists(sampled_from(WAYS), min_size=2, max_size=7),
        outcome=sampled_from(OUTCOMES),
        after=sampled_from(LATER),
    )
    def go_on(self, which, verbs, outcome, after):
        """Some verbs upon one filing, each of those that its state allows."""
        for verb in verbs:
            self._later(after)
            filing, house = self._one(which)
            names = NEXT.get(filing.status, ["void"])
            name = names[verb % len(names)]
            by = house.decider if name in DECIDERS else house.filer
            asked = self._with(name, outcome)
            with suppress(*REFUSALS):
                actions.BY_VERB[name](filing, *asked, by=by, at=self.now, **self._why(name))
                self.city.seen[name] += 1

    go_on_again = go_on
    go_further = go_on

    def _with(self, name, outcome):
        if name == "check_in":
            return [actions.Arrival(notice_served=True, code_shown=self.now.hour % 2 == 0)]
        return [actions.Outcome(**outcome)] if name in ("record", "correct") else []

    def _why(self, name):
        asked = ("return", "withdraw", "refuse", "terminate", "void", "correct")
        return {"reason": "试验"} if name in asked else {}

    def _said(self, house, firm):
        return actions.Draft(
            subject=firm,
            check_type="daily",
            trigger=("annual_plan", "complaint")[self.turn % 2],
            planned_start=self.now + timedelta(hours=1),
            planned_end=self.now + timedelta(days=2),
            items=(house.item,),
            officers=house.officers,
            place="示例路1号",
            plan_number="JH",
        )

    def _one(self, which):
        key, house = self.filings[which % len(self.filings)]
        return Filing.objects.get(pk=key), house

    @rule(which=st.integers(0, 99), level=st.integers(1, 5), named=st.booleans())
    def rate(self, which, level, named):
        filing, _house = self._one(which)
        caller = actions.Caller(f"198.51.100.{which}")
        secret = f"{which:032x}"
        with suppress(*REFUSALS, actions.NoRight, actions.RightGiven, actions.AlreadyRated):
            actions.give_right(filing, secret, caller=caller, at=self.now)
            said = actions.Opinion(level=level, named=named)
            actions.rate(filing, secret, said, caller=caller, at=self.now)

    @rule(which=st.integers(0, 99))
    def complain(self, which):
        filing, _house = self._one(which)
        told = actions.Matter("complaint", text="重复检查")
        with suppress(*REFUSALS):
            actions.bring(filing, told, address="198.51.100.8", at=self.now)

    @rule(outcome=sampled_from(["upheld", "unfounded"]))
    def answer_the_oldest_case(self, outcome):
        case = SupervisionCase.objects.filter(answered_at=None).order_by("pk").first()
        if case:
            with suppress(*REFUSALS):
                actions.answer_case(case, outcome, "已核", by=self.city.supervisor, at=self.now)

    @rule(subject=st.integers(0, 3), industry=sampled_from(["", "B01", "H62"]))
    def move_a_subject_to_another_trade(self, subject, industry):
        firm = Subject.objects.get(pk=self.city.subjects[subject].pk)
        with suppress(RegisterRefused):
            said = {"industry": industry}
            actions.change_subject(firm, said, by=KEEPER, at=self.now, reason="变更")

    @rule(year=sampled_from(YEARS))
    def seal(self, year):
        done = self._compile(year, full=True)
        kept = self.sealed.get(year)
        if kept and kept.digest == done.digest:
            with pytest.raises(sealing.NotSealable):
                sealing.propose(done, by=BY, at=self.now)
            return
        proposal = sealing.propose(done, by=BY, at=self.now)
        made = sealing.seal(proposal, by=Actor("郑审", "auditor"), at=self.now)
        assert sealing.faults(made) == []
        figures, lines = self._counted(year)
        assert leaves.replay(leaves.log_of(made.leaves)) == lines
        if kept:
            self._tells_the_difference(json.loads(made.changes), kept, figures, lines)
            self.city.seen["versions"] += 1
        self.sealed[year] = SimpleNamespace(
            digest=done.digest, figures=figures, lines=lines, length=Event.objects.last().pk
        )

    def _tells_the_difference(self, told, kept, figures, lines):
        assert told["cells"] == difference.cells(kept.figures, figures)
        events = {one["number"]: one.pop("events") for one in told["filings"]}
        assert {one["number"]: one for one in told["filings"]} == difference.moved(
            kept.lines, lines
        )
        for number, behind in events.items():
            filing = Filing.objects.get(number=number)
            since = Event.objects.about(filing).filter(pk__gt=kept.length).order_by("pk")
            assert [one["hash"] for one in behind] == list(since.values_list("hash", flat=True))
            assert behind

    @invariant()
    def each_year_is_what_the_oracle_counts(self):
        if not self.turn:
            self.turn = 1
            return
        self.turn += 1
        for year in YEARS:
            done = self._compile(year)
            figures, _lines = self._counted(year)
            assert {name: done.found()[name] for name in figures} == figures
            self.city.seen["recounted" if done.recounted else "adjusted"] += 1
        fully = compile_figures(of_year(year := YEARS[self.turn % 2]), self.city.region)
        assert self._compile(year).digest == fully.digest()


def bounds(histories, **more):
    return settings(
        max_examples=histories,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.mark.django_db
def test_a_year_is_counted_rightly_after_every_step(city_of_three):
    live(
        type("Years", (Years,), {"city": city_of_three}),
        settings=bounds(HISTORIES, phases=[Phase.generate]),
    )
    seen = city_of_three.seen
    assert seen["adjusted"] > 40
    assert {"approve", "withdraw", "check_in", "record", "confirm"} <= seen.keys()
    assert seen["versions"]
    assert not list(journal.breaks())


@pytest.mark.django_db
def test_a_step_that_the_book_does_not_tell_is_noticed(city_of_three, monkeypatch):
    nothing = changes.Changed(np.zeros(0, np.int64), np.zeros(0, np.int64))
    monkeypatch.setattr(changes, "since", lambda heads: nothing)
    machine = type("Years", (Years,), {"city": city_of_three})
    with pytest.raises((AssertionError, ExceptionGroup)):
        live(machine, settings=bounds(5, phases=[Phase.generate]))


@pytest.fixture
def city_of_three(city, district):
    """Three agencies of a city with two officers and an approver each, and four subjects."""
    county = factories.region("220221", "永吉县", parent=city)
    houses = [_house(one, n) for n, one in enumerate([district, district, county])]
    firms = [factories.subject(one, industry="A01") for one in (district, district, county, county)]
    watching = factories.account("watching")
    factories.appointment(watching, "supervisor", region=city)
    return SimpleNamespace(
        region=city,
        houses=houses,
        subjects=firms,
        supervisor=Authority.of(watching, EVE.date()),
        seen=Counter(),
    )


def _house(region, nth):
    agency = factories.agency(region, code=f"A{nth}", name=f"第{nth}执法局")
    factories.plan(agency, "JH")
    people = {}
    for role in ("officer", "approver"):
        account = factories.account(f"{role}{nth}")
        factories.appointment(account, role, agency=agency)
        people[role] = account
    lead = factories.officer(agency, account=people["officer"])
    item = factories.item(claimed_by=[agency])
    return SimpleNamespace(
        agency=agency,
        item=item,
        officers=(lead, factories.officer(agency)),
        filer=Authority.of(people["officer"], EVE.date()),
        decider=Authority.of(people["approver"], EVE.date()),
    )
