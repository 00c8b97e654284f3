"""Whether a filing is lawful and complete: every problem at once, never only the first."""

from dataclasses import replace
from datetime import datetime

from agencies import walls
from filings.models import Filing, OfflineArrival, Severity, Visit
from filings.rules import capped, door, often, planned, what, when, who
from filings.rules.case import Case
from filings.rules.problem import DuplicateFiling, FilingIncomplete, Problem

__all__ = [
    "Case",
    "DuplicateFiling",
    "FilingIncomplete",
    "Problem",
    "judge",
    "judge_arrival",
    "judge_leaving",
    "judge_offline",
    "judge_result",
    "problems",
]

RULES = (
    *when.RULES,
    *planned.RULES,
    *who.RULES,
    *what.RULES,
    *often.RULES,
    *capped.RULES,
)


def problems(filing: Filing, at: datetime) -> list[Problem]:
    """Everything the rules say of `filing` at the instant `at`, whether or not it stops it.

    Ask each problem whether it `stops`; the others are warnings or carry a typed reason.
    """
    return judge(Case.of(filing, at))


@walls.opened()
def judge(case: Case) -> list[Problem]:
    """Every problem of a case that was read before, as severe as its rule is in force."""
    return _in_force(case, [problem for rule in RULES for problem in rule(case)])


@walls.opened()
def judge_arrival(case: Case, visit: Visit) -> list[Problem]:
    """What is odd about the arrival; it stops nobody."""
    return _in_force(case, [one for rule in door.ARRIVAL for one in rule(case, visit)])


@walls.opened()
def judge_leaving(case: Case, visit: Visit) -> list[Problem]:
    """What is odd about how long the officers stayed."""
    return _in_force(case, [one for rule in door.LEAVING for one in rule(case, visit)])


@walls.opened()
def judge_result(case: Case) -> list[Problem]:
    """What speaks against a result of this inspection before it is recorded."""
    return _in_force(case, [one for rule in door.RESULT for one in rule(case)])


@walls.opened()
def judge_offline(case: Case, noted: OfflineArrival, arrived: datetime) -> list[Problem]:
    """What is odd about an arrival at `arrived` that was noted without a connection."""
    found = [one for rule in door.OFFLINE for one in rule(case, noted)]
    return _in_force(case, [*found, *door.arrived_when_allowed(case, arrived)])


def _in_force(case: Case, found: list[Problem]) -> list[Problem]:
    weighed = [_weighed(problem, case) for problem in found]
    return [problem for problem in weighed if problem.severity != Severity.OFF]


def _weighed(problem: Problem, case: Case) -> Problem:
    # An emergency was opened with its reason and is approved after it; it needs no second one.
    return replace(
        problem,
        severity=case.settings.severity(problem.code),
        explained=case.filing.emergency or problem.code in case.reasons,
    )
