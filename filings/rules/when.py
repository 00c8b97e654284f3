"""When an inspection may be planned and made (domain D3, E6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop as _

from filings.models import Filing
from filings.rules.case import Case
from filings.rules.problem import Problem


def window_is_short(case: Case) -> Iterator[Problem]:
    """E6: the planned window spans no more than the days allowed."""
    longest = case.param("window_too_long", "days")
    if case.filing.planned_end - case.filing.planned_start > timedelta(days=longest):
        yield Problem(
            "planned_end",
            "window_too_long",
            "E6",
            _("The planned window is longer than allowed; days allowed: %(days)s. Shorten it."),
            {"days": longest},
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


def daily_follows_a_plan(case: Case) -> Iterator[Problem]:
    """R-PLN-1: a daily inspection that nothing else gave rise to follows the annual plan."""
    filing = case.filing
    daily = filing.check_type == Filing.CheckType.DAILY
    if daily and not filing.plan_number.strip() and not case.exempt("daily_without_plan"):
        yield Problem(
            "plan_number",
            "daily_without_plan",
            "R-PLN-1",
            _("Give the number of the annual plan, or the reason why there is none."),
        )


def special_is_approved(case: Case) -> Iterator[Problem]:
    """R-PLN-2: a special inspection names its approved plan."""
    filing = case.filing
    if filing.check_type == Filing.CheckType.SPECIAL and not filing.plan_number.strip():
        yield Problem(
            "plan_number",
            "special_without_approval",
            "R-PLN-2",
            _("Give the approval number of the special plan, or the reason why there is none."),
        )


def filed_ahead(case: Case) -> Iterator[Problem]:
    """R-APP-3: a daily inspection is filed so many working days before it begins."""
    code = "lead_time_short"
    if case.filing.check_type != Filing.CheckType.DAILY or case.exempt(code):
        return
    if case.earliest is not None and case.days[0] < case.earliest:
        yield Problem(
            "planned_start",
            code,
            "R-APP-3",
            _(
                "Filed less than %(count)s working days ahead. Begin on %(day)s or later, "
                "or give the reason."
            ),
            {"count": case.param(code, "working_days"), "day": case.earliest},
        )


def days_are_not_quiet(case: Case) -> Iterator[Problem]:
    """R-DAY-1: no planned day is one of the month's days on which enterprises are left alone."""
    quiet = case.param("quiet_day", "days")
    hit = [day for day in case.days if day.day in quiet]
    if hit and not case.exempt("quiet_day"):
        yield Problem(
            "planned_start",
            "quiet_day",
            "R-DAY-1",
            _("%(day)s is a quiet day here. Choose another day or give the reason."),
            {"day": hit[0]},
        )


def subject_is_within_the_region(case: Case) -> Iterator[Problem]:
    """R-LOC-1: the subject works where the agency is competent, or a letter opens the region."""
    there, here = case.subject.business_region, case.agency.region
    if there.path.startswith(here.path):
        return
    if any(there.path.startswith(letter.region.path) for letter in case.law.assistances):
        return
    yield Problem(
        "subject",
        "outside_jurisdiction",
        "R-LOC-1",
        _(
            "%(subject)s works in %(there)s, outside %(here)s. Have the letter of assistance "
            "entered in the register first, or leave it to the agency there."
        ),
        {"subject": case.subject, "there": there.name, "here": here.name},
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


RULES = (
    window_is_short,
    window_lies_ahead,
    daily_follows_a_plan,
    special_is_approved,
    filed_ahead,
    days_are_not_quiet,
    subject_is_within_the_region,
)
