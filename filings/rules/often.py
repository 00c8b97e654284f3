"""How often one enterprise may be visited, and by whom (domain C4)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_noop as _

from agencies.models import ItemVersion
from filings.models import Filing
from filings.rules.case import Case
from filings.rules.history import Earlier
from filings.rules.problem import Problem
from filings.workflow import PLANNED

_IN_SEVERAL = _(
    "With this visit %(subject)s has %(count)s within %(length)s days, more than %(limit)s. "
    "Join another visit or choose other days."
)
CROWDED = {
    "day": (
        1,
        _(
            "With this visit %(subject)s has %(count)s on one day, more than %(limit)s. "
            "Join another visit or choose another day."
        ),
    ),
    "week": (7, _IN_SEVERAL),
    "month": (30, _IN_SEVERAL),
}


def visits_stay_under_the_cap(case: Case) -> Iterator[Problem]:
    """R-FRQ-4: one agency enters one enterprise so many times a year; exempt checks do not count.

    Filings that are submitted or approved hold their place, so the judge must run under the lock
    of the subject to be exact.
    """
    code = "visit_cap_reached"
    methods = case.param(code, "methods")
    if case.filing.method not in methods or case.exempt(code):
        return
    exempt = case.param(code, "exempt_triggers")
    counted = {
        one.visit
        for one in case.earlier
        if one.agency == case.agency.pk
        and one.day.year == case.days[0].year
        and one.method in methods
        and one.trigger not in exempt
    } - {_own_visit(case)}
    cap = case.param(code, "by_class").get(case.subject.credit_class, case.param(code, "visits"))
    if len(counted) >= cap:
        yield Problem(
            "subject",
            code,
            "R-FRQ-4",
            _(
                "%(subject)s has %(count)s of %(cap)s visits by this agency in %(year)s already. "
                "Leave it for next year or give the reason."
            ),
            {
                "subject": case.subject,
                "count": len(counted),
                "cap": cap,
                "year": case.days[0].year,
            },
        )


def visits_are_not_crowded(case: Case) -> Iterator[Problem]:
    """R-DUP-1: with this one, no day, week or month holds too many visits of all agencies."""
    code = "visits_crowded"
    if case.filing.method != ItemVersion.Method.ON_SITE:
        return
    days = _visit_days(case)
    for name, (length, text) in CROWDED.items():
        limit = case.param(code, name)
        count = _most_within(days, case.days[0], length)
        if count > limit:
            yield Problem(
                "planned_start",
                code,
                "R-DUP-1",
                text,
                {
                    "subject": case.subject,
                    "count": count,
                    "length": length,
                    "limit": limit,
                },
            )
            return


def _visit_days(case: Case) -> list[date]:
    others = {
        one.visit: one.day for one in case.earlier if one.method == ItemVersion.Method.ON_SITE
    }
    others.pop(_own_visit(case), None)
    return [*others.values(), case.days[0]]


def _most_within(days: Iterable[date], day: date, length: int) -> int:
    """The most of `days` in any `length` successive days that hold `day`."""
    days = sorted(days)
    starts = [day - timedelta(days=back) for back in range(length)]
    return max(
        sum(start <= one < start + timedelta(days=length) for one in days) for start in starts
    )


def a_visit_is_filed_once(case: Case) -> Iterator[Problem]:
    """R-DUP-4: what the agency files already is not filed again: same door, items and days.

    Of two alike the one submitted first stands.  A visit that was made already does not stop one
    with a cause of its own; two made as one visit are no longer two.  Exact when the judge runs
    under the lock of the subject.
    """
    code = "duplicate_filing"
    items = frozenset(version.item_id for version in case.versions)
    if case.filing.emergency or not items:
        return
    again = case.filing.recheck or case.exempt(code)
    alike = [
        one
        for one in case.earlier
        if (one.agency, one.method, one.items) == (case.agency.pk, case.filing.method, items)
        and (one.day, one.last_day) == (case.days[0], case.days[-1])
        and not (one.visited and again)
        and one.visit != _own_visit(case)
        and _came_before(one, case.filing)
    ]
    for one in sorted(alike, key=lambda one: one.pk)[:1]:
        yield Problem(
            "items",
            code,
            "R-DUP-4",
            _(
                "Filing %(first)s is for this visit to %(subject)s already: the same items on the "
                "same days. Go by that one, or choose other items or days."
            ),
            {"first": one.number or one.pk, "subject": case.subject},
            filing=one.pk,
        )


def _came_before(one: Earlier, filing: Filing) -> bool:
    if filing.status not in PLANNED or filing.submitted_at is None or one.submitted_at is None:
        return True
    return (one.submitted_at, one.pk) < (filing.submitted_at, filing.pk)


def superiors_checks_are_not_repeated(case: Case) -> Iterator[Problem]:
    """R-DUP-2: what a superior inspected here lately is not inspected again without suspicion."""
    code = "superior_checked_lately"
    if case.exempt(code):
        return
    for version in case.versions:
        if version.pk in case.repeated:
            yield Problem(
                "items",
                code,
                "R-DUP-2",
                _(
                    "A superior inspected “%(item)s” at %(subject)s within %(days)s days. "
                    "Leave it out or give the reason."
                ),
                {
                    "item": version,
                    "subject": case.subject,
                    "days": case.param(code, "days"),
                },
            )


def permit_checks_are_not_followed(case: Case) -> Iterator[Problem]:
    """R-DUP-3: what was looked at here for a permit is not looked at as routine that year."""
    code = "checked_for_permit"
    if case.exempt(code):
        return
    for version in case.versions:
        if version.pk in case.permitted:
            yield Problem(
                "items",
                code,
                "R-DUP-3",
                _(
                    "“%(item)s” was inspected at %(subject)s for a permit this year. "
                    "Leave it out until next year or give the reason."
                ),
                {"item": version, "subject": case.subject},
            )


def officers_find_something(case: Case) -> Iterator[Problem]:
    """R-INE-1: nobody returns to an enterprise after so many fruitless checks in a row."""
    code = "fruitless_streak"
    streak = case.param(code, "streak")
    since = case.days[0] - timedelta(days=case.param(code, "days"))
    done = [one for one in case.earlier if one.fruitless is not None and since <= one.day]
    for officer in case.officers:
        last = [one for one in done if officer.pk in one.officers][:streak]
        if len(last) == streak and all(one.fruitless for one in last):
            yield Problem(
                "officers",
                code,
                "R-INE-1",
                _(
                    "%(name)s inspected %(subject)s %(count)s times within a year and found "
                    "nothing. Name somebody else or give the reason."
                ),
                {"name": officer, "subject": case.subject, "count": streak},
            )


def _own_visit(case: Case) -> str:
    return f"visit {case.filing.visit_id}"


RULES = (
    visits_stay_under_the_cap,
    visits_are_not_crowded,
    a_visit_is_filed_once,
    superiors_checks_are_not_repeated,
    permit_checks_are_not_followed,
    officers_find_something,
)
