"""The records by which a filing is judged: its plan, the limits, the letters, the levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from agencies.models import Agency, Assignment, Entrustment, InspectionItem, Plan
from agencies.querysets import in_force_q
from filings.models import Assistance, Filing, Limit, Subject
from filings.rules.history import EXPECTED, VISITED

CODES = InspectionItem.objects.only("pk")


@dataclass(frozen=True)
class Law:
    """What stands in the registers for the days of one filing.

    `spent` is how many other filings rest on the plan already.
    """

    plan: Plan | None = None
    spent: int = 0
    limits: list[Limit] = field(default_factory=list)
    letters: list[Entrustment] = field(default_factory=list)
    assistances: list[Assistance] = field(default_factory=list)
    assignments: dict[int, Assignment] = field(default_factory=dict)

    @classmethod
    def of(cls, filing: Filing, agency: Agency, subject: Subject, days: list[date]) -> Law:
        """Read what may speak of the filing."""
        plan = _plan(filing, agency)
        here, there = agency.region, subject.business_region
        away = not there.path.startswith(here.path)
        return cls(
            plan=plan,
            spent=_spent(filing, plan) if plan and plan.visits else 0,
            limits=_limits(agency, subject, days[0]),
            letters=_letters(agency, days) if agency.principal_id else [],
            assistances=list(_covering(agency.assistances.select_related("region"), days))
            if away
            else [],
            assignments=_assignments(agency, days[0]),
        )

    def months(self) -> int:
        """How far back the longest limit looks."""
        return max((one.months for one in self.limits), default=12)


def _covering(rows: QuerySet[Any], days: list[date]) -> QuerySet[Any]:
    return rows.filter(in_force_q(days[0])).filter(Q(valid_to=None) | Q(valid_to__gt=days[-1]))


def _plan(filing: Filing, agency: Agency) -> Plan | None:
    """The plan of the agency, of the one in whose name it acts, or of the one above."""
    number = filing.plan_number.strip()
    if not number:
        return None
    makers = [agency.pk, agency.principal_id, agency.parent_id]
    found = Plan.objects.filter(number=number, agency__in=makers)
    plans = sorted(found.prefetch_related("items"), key=lambda one: makers.index(one.agency_id))
    return plans[0] if plans else None


def _spent(filing: Filing, plan: Plan) -> int:
    resting = Filing.objects.filter(plan_number=plan.number, status__in=[*VISITED, *EXPECTED])
    makers = Q(agency=plan.agency_id) | Q(principal=plan.agency_id) | Q(agency__parent=plan.agency)
    return resting.filter(makers).exclude(pk=filing.pk).count()


def _inside(path: str) -> Q:
    """The condition that a region's path leads to `path`, itself included."""
    above = [path[: end + 1] for end, mark in enumerate(path) if mark == "/"]
    return Q(region__path__in=above)


def _limits(agency: Agency, subject: Subject, day: date) -> list[Limit]:
    rows = Limit.objects.in_force(day).filter(_inside(agency.region.path), most__isnull=False)
    of_class = rows.filter(credit_class__in=["", subject.credit_class])
    agencies = Prefetch("agencies", Agency.objects.only("pk"))
    found = of_class.select_related("region").prefetch_related(Prefetch("items", CODES), agencies)
    return list(found.order_by("code"))


def _letters(agency: Agency, days: list[date]) -> list[Entrustment]:
    letters = _covering(agency.entrustments.filter(published_on__lte=days[0]), days)
    return list(letters.prefetch_related(Prefetch("items", CODES)))


def _assignments(agency: Agency, day: date) -> dict[int, Assignment]:
    """The level settled for each item; the innermost region wins."""
    rows = Assignment.objects.in_force(day).filter(_inside(agency.region.path))
    ordered = sorted(rows.select_related("region"), key=lambda one: len(one.region.path))
    return {one.item_id: one for one in ordered}
