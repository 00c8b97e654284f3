"""Whether a filing is lawful and complete: every problem at once, never only the first."""

from dataclasses import replace
from datetime import datetime

from filings.models import Filing, Severity
from filings.rules import capped, often, planned, what, when, who
from filings.rules.case import Case
from filings.rules.problem import FilingIncomplete, Problem

__all__ = ["Case", "FilingIncomplete", "Problem", "judge", "problems"]

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


def judge(case: Case) -> list[Problem]:
    """Every problem of a case that was read before, as severe as its rule is in force."""
    found = [_weighed(problem, case) for rule in RULES for problem in rule(case)]
    return [problem for problem in found if problem.severity != Severity.OFF]


def _weighed(problem: Problem, case: Case) -> Problem:
    # An emergency was opened with its reason and is approved after it; it needs no second one.
    return replace(
        problem,
        severity=case.settings.severity(problem.code),
        explained=case.filing.emergency or problem.code in case.reasons,
    )
