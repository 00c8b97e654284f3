"""What a result may not say at once (domain E7)."""

from datetime import date

from django.utils.translation import gettext as _

from filings.models import Result
from filings.rules.problem import Problem

NOTHING_THERE = (Result.Outcome.NO_ACTIVITY, Result.Outcome.CLOSED_DOWN, Result.Outcome.GONE)


def contradictions(
    outcome: str, follow_up: str, *, findings: int, rectify_by: date | None
) -> list[Problem]:
    """Every way in which a result contradicts itself."""
    found = []
    clean = outcome == Result.Outcome.NO_PROBLEM
    if clean and (findings or follow_up != Result.FollowUp.NONE):
        found.append(
            Problem(
                "outcome",
                "no_problem_but_findings",
                "E7",
                _("“No problem found” cannot stand beside findings or a follow-up."),
            )
        )
    if outcome in NOTHING_THERE and findings:
        found.append(
            Problem(
                "outcome",
                "nothing_there_but_findings",
                "E7",
                _("Where no activity was found there is nothing to find: choose a problem found."),
            )
        )
    if follow_up == Result.FollowUp.RECTIFICATION and rectify_by is None:
        found.append(
            Problem(
                "rectify_by",
                "rectification_without_deadline",
                "R-FUP-1",
                _("Give the day by which the rectification must be done."),
            )
        )
    return found


def follow_up_unfinished(result: Result, finished_on: date | None) -> list[Problem]:
    """D1: a filing with a follow-up closes when that is finished."""
    if result.follow_up == Result.FollowUp.NONE or finished_on is not None:
        return []
    return [
        Problem(
            "finished_on",
            "follow_up_not_finished",
            "D1",
            _("Give the day on which the follow-up was finished."),
        )
    ]
