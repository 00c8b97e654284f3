"""The published caps of the register of limits (domain C4, R-FRQ-1 to 5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_noop as _

from filings.models import Limit
from filings.models.limit import YEAR
from filings.rules.case import Case
from filings.rules.history import Earlier
from filings.rules.problem import Problem

DAYS = 30.4375


def published_caps_are_kept(case: Case) -> Iterator[Problem]:
    """R-FRQ-1, R-FRQ-3, R-FRQ-5: no visit beyond a published cap; exempt ones do not count.

    A cap that each agency has for itself stops the filing; one that several share wants a reason,
    which the government approves.  Exact when the judge runs under the lock of the subject.
    """
    for limit in case.law.limits:
        code, rule = _told(limit)
        if not _speaks_of(limit, case) or case.exempt(code):
            continue
        if case.filing.method not in case.param(code, "methods"):
            continue
        count = len(_counted(limit, case, code))
        if limit.most is not None and count >= limit.most:
            yield Problem(
                "subject",
                code,
                rule,
                _(
                    "%(subject)s has %(count)s of %(most)s visits under “%(limit)s” within "
                    "%(months)s months. Leave it for later; where a reason is allowed, give it."
                ),
                {
                    "subject": case.subject,
                    "count": count,
                    "most": limit.most,
                    "limit": limit.name,
                    "months": limit.months,
                },
            )


def _told(limit: Limit) -> tuple[str, str]:
    if not limit.together:
        return "cap_reached", "R-FRQ-1"
    return "shared_cap_reached", "R-FRQ-3"


def _speaks_of(limit: Limit, case: Case) -> bool:
    agencies = {one.pk for one in limit.agencies.all()}
    items = {one.pk for one in limit.items.all()}
    named = {version.item_id for version in case.versions}
    return (not agencies or case.agency.pk in agencies) and (not items or bool(items & named))


def _counted(limit: Limit, case: Case, code: str) -> set[str]:
    methods, exempt = case.param(code, "methods"), case.param(code, "exempt_triggers")
    agencies = {one.pk for one in limit.agencies.all()}
    items = {one.pk for one in limit.items.all()}
    since, until = _window(limit, case.days[0])

    def counts(one: Earlier) -> bool:
        if not limit.together:
            ours = one.agency == case.agency.pk
        else:
            ours = one.agency in agencies if agencies else _under(one, limit)
        return (
            ours
            and since <= one.day < until
            and one.method in methods
            and one.trigger not in exempt
            and (not items or bool(items & one.items))
        )

    own = f"visit {case.filing.visit_id}"
    return {one.visit for one in case.earlier if counts(one)} - {own}


def _under(one: Earlier, limit: Limit) -> bool:
    return one.region.startswith(limit.region.path)


def _window(limit: Limit, day: date) -> tuple[date, date]:
    if limit.months == YEAR:
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)
    back = timedelta(days=round(limit.months * DAYS))
    return day - back, day + back


RULES = (published_caps_are_kept,)
