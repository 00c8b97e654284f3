"""When an inspection may be planned and made (domain D3, E6)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from filings.models import Filing
from filings.rules.case import LONGEST_WINDOW, Case
from filings.rules.problem import Problem


def window_is_short(case: Case) -> Iterator[Problem]:
    """E6: the planned window spans no more than thirty days."""
    if case.filing.planned_end - case.filing.planned_start > LONGEST_WINDOW:
        yield Problem(
            "planned_end",
            "window_too_long",
            "E6",
            _("The planned window is longer than %(days)s days. Shorten it.")
            % {"days": LONGEST_WINDOW.days},
        )


def window_lies_ahead(case: Case) -> Iterator[Problem]:
    """R-APP-1: an inspection is filed before it is made; only an emergency is filed afterwards."""
    if not case.filing.emergency and case.filing.planned_end <= case.at:
        yield Problem(
            "planned_end",
            "window_passed",
            "R-APP-1",
            _("The planned window has passed. An inspection is filed before it is made."),
        )


def window_reversed(start: datetime, end: datetime) -> list[Problem]:
    """E6: the window ends after it begins; the database stores no other."""
    if end > start:
        return []
    return [
        Problem(
            "planned_end",
            "window_reversed",
            "E6",
            _("The planned window ends before it begins. Give a later end."),
        )
    ]


def window_not_begun(filing: Filing, at: datetime) -> list[Problem]:
    """R-APP-1: nobody enters before the window that was approved."""
    if filing.planned_start <= at:
        return []
    return [
        Problem(
            "planned_start",
            "window_not_begun",
            "R-APP-1",
            _("The planned window has not begun. Check in when it has."),
        )
    ]


def window_still_open(filing: Filing, at: datetime) -> list[Problem]:
    """D1: a filing expires only when its window has ended without a visit."""
    if filing.planned_end <= at:
        return []
    return [
        Problem(
            "planned_end",
            "window_open",
            "D1",
            _("The planned window still runs. Withdraw the filing instead, giving the reason."),
        )
    ]


RULES = (window_is_short, window_lies_ahead)
