"""Which plan an inspection rests on, and how much of it is left (domain C3, R-PLN)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from agencies.models import Plan
from filings.models import Filing
from filings.rules.case import Case
from filings.rules.problem import Problem


def plan_is_in_the_register(case: Case) -> Iterator[Problem]:
    """R-PLN-1, R-PLN-2: the plan named is registered for the planned days.

    An annual plan is published before one inspects by it; a special one was approved, and has a
    month to be published (a sweep tells of those that are late).
    """
    if not _named(case) or _holds(case.law.plan, case):
        return
    yield Problem(
        "plan_number",
        "plan_not_published",
        "R-PLN-1",
        _(
            "No published plan “%(number)s” of this type holds on these days. Correct the number, "
            "have the plan entered and published, or give the reason."
        ),
        {"number": case.filing.plan_number},
    )


def items_are_planned(case: Case) -> Iterator[Problem]:
    """R-PLN-1: the plan names the items, unless it is for all of them."""
    plan = case.law.plan
    if not _named(case) or plan is None or not _holds(plan, case):
        return
    planned = {item.pk for item in plan.items.all()}
    for version in case.versions:
        if planned and version.item_id not in planned:
            yield Problem(
                "items",
                "item_not_planned",
                "R-PLN-1",
                _("“%(item)s” is not in plan %(number)s. Leave it out or give the reason."),
                {"item": version, "number": plan.number},
            )


def budget_is_kept(case: Case) -> Iterator[Problem]:
    """R-PLN-3: no more inspections rest on a plan than it holds; near the end somebody is told.

    Exact when the judge runs under the lock of the plan.
    """
    plan = case.law.plan
    if plan is None or not plan.visits or not _named(case):
        return
    numbers = {"number": plan.number, "count": case.law.spent + 1, "visits": plan.visits}
    if case.law.spent >= plan.visits:
        yield Problem(
            "plan_number",
            "budget_spent",
            "R-PLN-3",
            _(
                "This would be inspection %(count)s of %(visits)s by plan %(number)s. "
                "Have the plan amended or give the reason."
            ),
            numbers,
        )
    elif (case.law.spent + 1) * 100 >= plan.visits * case.param("budget_nearly_spent", "percent"):
        yield Problem(
            "plan_number",
            "budget_nearly_spent",
            "R-PLN-3",
            _("Inspection %(count)s of %(visits)s by plan %(number)s: the plan is nearly used up."),
            numbers,
        )


def _named(case: Case) -> bool:
    """Whether the filing names a plan that it is to follow."""
    filing = case.filing
    if not filing.plan_number.strip():
        return False
    if filing.check_type == Filing.CheckType.DAILY:
        return not case.exempt("daily_without_plan")
    return filing.check_type == Filing.CheckType.SPECIAL


def _holds(plan: Plan | None, case: Case) -> bool:
    if plan is None or not case.covered(plan.valid_from, plan.valid_to):
        return False
    if case.filing.check_type == Filing.CheckType.SPECIAL:
        return plan.kind == Plan.Kind.SPECIAL
    published = plan.published_on is not None and plan.published_on <= case.days[0]
    return plan.kind == Plan.Kind.ANNUAL and published


RULES = (plan_is_in_the_register, items_are_planned, budget_is_kept)
