"""Whether a filing is lawful and complete: every problem at once, never only the first."""

from datetime import datetime

from filings.models import Filing
from filings.rules import what, when, who
from filings.rules.case import Case
from filings.rules.problem import FilingIncomplete, Problem

__all__ = ["Case", "FilingIncomplete", "Problem", "judge", "problems"]

RULES = (*when.RULES, *who.RULES, *what.RULES)


def problems(filing: Filing, at: datetime) -> list[Problem]:
    """Everything that keeps `filing` from being submitted, or entered on, at the instant `at`."""
    return judge(Case.of(filing, at))


def judge(case: Case) -> list[Problem]:
    """Every problem of a case that was read before."""
    return [problem for rule in RULES for problem in rule(case)]
