"""What else was, is or will be inspected at the same subject (domain C4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agencies import walls
from agencies.calendar import local_date, year_bounds
from agencies.models import Agency
from filings.models import Filing, FilingItem, Result, Subject
from filings.workflow import Status

VISITED = [Status.ON_SITE, Status.RECORDED, Status.CONFIRMED, Status.CLOSED]
EXPECTED = [Status.SUBMITTED, Status.APPROVED]
MONTH = timedelta(days=31)
YEAR = timedelta(days=366)

_COLUMNS = (
    "pk",
    "agency",
    "planned_start",
    "visit",
    "method",
    "trigger",
    "status",
    "result__outcome",
    "agency__region__path",
    "planned_end",
    "number",
    "submitted_at",
    "items__item_version__item",
    "members__officer",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another filing at the subject that was carried out or holds a place for a visit.

    `visit` tells joint filings from separate ones: those of one visit share it (R-JNT-1).
    `fruitless` is unknown while there is no result.
    """

    agency: int
    day: date
    visit: str
    method: str
    trigger: str
    visited: bool
    fruitless: bool | None
    officers: frozenset[int]
    items: frozenset[int] = frozenset()
    region: str = ""
    pk: int = 0
    last_day: date | None = None
    number: str | None = None
    submitted_at: datetime | None = None


@walls.opened()
def earlier_checks(
    filing: Filing, subject: Subject, at: datetime, months: int = 12
) -> list[Earlier]:
    """Every other filing at `subject` from `months` before to the end of the planned year.

    Never fewer than a year before.

    One that is submitted or approved holds its place until its window has passed.
    """
    first = local_date(filing.planned_start)
    end = max(year_bounds(first.year)[1], filing.planned_start + MONTH)
    back = max(YEAR, MONTH * months)
    rows = (
        Filing.objects.filter(
            Q(status__in=VISITED) | Q(status__in=EXPECTED, planned_end__gt=at),
            subject=subject,
            planned_start__gte=min(year_bounds(first.year)[0], filing.planned_start - back),
            planned_start__lt=end,
        )
        .exclude(pk=filing.pk)
        .order_by("-planned_start", "-pk")
        .values_list(*_COLUMNS)
    )
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return [_earlier(group) for group in found.values()]


def _earlier(rows: list[tuple[Any, ...]]) -> Earlier:
    pk, agency, start, visit, method, trigger, status, outcome, region, *said, _item, _who = rows[0]
    end, number, submitted_at = said
    return Earlier(
        agency=agency,
        day=local_date(start),
        visit=f"visit {visit}" if visit else f"filing {pk}",
        method=method,
        trigger=trigger,
        visited=status in VISITED,
        fruitless=None if outcome is None else outcome == Result.Outcome.NO_PROBLEM,
        officers=frozenset(row[-1] for row in rows if row[-1] is not None),
        items=frozenset(row[-2] for row in rows if row[-2] is not None),
        region=region,
        pk=pk,
        last_day=local_date(end),
        number=number,
        submitted_at=submitted_at,
    )


def permit_checks(filing: Filing, triggers: list[str]) -> Exists:
    """Of an item of `filing`: whether its agency looked at it here this year for a permit."""
    start, end = year_bounds(local_date(filing.planned_start).year)
    return Exists(
        FilingItem.objects.filter(
            item_version__item=OuterRef("item_version__item"),
            filing__agency=filing.agency_id,
            filing__subject=filing.subject_id,
            filing__status__in=VISITED,
            filing__trigger__in=triggers,
            filing__planned_start__gte=start,
            filing__planned_start__lt=end,
        ).exclude(filing=filing.pk)
    )


def superior_checks(filing: Filing, agency: Agency, subject: Subject, days: int) -> Exists:
    """Of an item of `filing`: whether a superior inspected it at `subject` in the last `days`."""
    path = agency.region.path
    above = [path[: end + 1] for end, mark in enumerate(path[:-1]) if mark == "/"]
    superior = Q(filing__agency__region__path__in=above) | Q(filing__agency=agency.parent_id)
    return Exists(
        FilingItem.objects.filter(
            superior,
            item_version__item=OuterRef("item_version__item"),
            filing__subject=subject,
            filing__status__in=VISITED,
            filing__planned_start__gte=filing.planned_start - timedelta(days=days),
            filing__planned_start__lt=filing.planned_start,
        )
    )
