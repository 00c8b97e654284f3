"""What the demonstration's agency has before it on the day it is shown.

The year of the demonstration lies in the past and its certificates with it.  Here they are renewed
for a few officers, and a handful of inspections is filed for today through the verbs everybody
uses.  All of it is dated today, so nothing that was counted for the year of the demonstration
changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from agencies.calendar import SHANGHAI, local_date, year_bounds
from agencies.imports import entry
from agencies.imports.standing import Plans
from agencies.journal import Actor
from agencies.models import Agency, ItemVersion, Plan
from filings import actions
from filings.models import Filing, Result, Subject
from filings.rules.problem import FilingIncomplete
from filings.rules.who import LEVELS
from officers.actions.serving import change_certificate
from officers.authority import Authority
from officers.models import Account, Certificate, Officer
from officers.roles import Role

PLAN = "演示计划{:%Y%m%d}"
COLLEAGUES = 4
LASTING = timedelta(days=90)
CHECKED = timedelta(days=300)
SHIFT = timedelta(hours=8)
RENEWED = "renewed for the demonstration"
AT_THE_DOOR = actions.Arrival(code_shown=True, certificates_shown=True, notice_served=True)
NOTHING_FOUND = actions.Outcome(Result.Outcome.NO_PROBLEM, summary="现场检查未发现问题。")
STEPS_DONE = (0, 1, 2, 2, 3, 4)
DECIDED = 2


@dataclass(frozen=True)
class Desk:
    """The agency of the demonstration with who files there, who decides, and who goes along."""

    agency: Agency
    officer: Authority
    approver: Authority
    team: tuple[Officer, ...]


@transaction.atomic
def bring_up_to_date(officer: Account, approver: Account, *, by: Actor, at: datetime) -> int:
    """Renew what has run out and file what is missing today; how many filings that were."""
    desk = renewed_desk(officer, approver, by=by, at=at)
    if desk is None:
        return 0
    numbered = PLAN.format(local_date(at))
    if Filing.objects.filter(agency=desk.agency, plan_number=numbered).exists():
        return 0
    return len([_file(desk, far, said, at) for far, said in _plans(desk, at)])


def renewed_desk(officer: Account, approver: Account, *, by: Actor, at: datetime) -> Desk | None:
    """The desk of `officer`, everybody's certificate renewed for today; None without an agency."""
    today = local_date(at)
    acting = Authority.of(officer, today)
    agency = next((one.agency for one in acting.appointments if one.role == Role.OFFICER), None)
    if agency is None:
        return None
    _plan(agency, today, by=by, at=at)
    team = tuple(_team(agency, officer, today))
    for member in team:
        _renew(member, today, by=by, at=at)
    return Desk(agency, acting, Authority.of(approver, today), team)


def _plan(agency: Agency, today: date, *, by: Actor, at: datetime) -> None:
    """The annual plan that today's inspections follow, entered and published."""
    number = PLAN.format(today)
    if Plan.objects.filter(agency=agency, number=number).exists():
        return
    said = {
        "agency": agency.code,
        "number": number,
        "kind": Plan.Kind.ANNUAL,
        "name": number,
        "made_on": f"{today.year}-01-01",
        "published_on": f"{today.year}-01-01",
        "valid_from": f"{today.year}-01-01",
        "valid_to": f"{today.year + 1}-12-31",
    }
    entry.enter(Plans(), said, by=by, at=at)


def _team(agency: Agency, account: Account, today: date) -> Iterator[Officer]:
    """The officer who signs in, then a few colleagues whose certificate can be renewed."""
    serving = Officer.objects.filter(agency=agency, category="officer").in_service(today)
    barred = Q(certificates__barred_until__gt=today)
    fit = serving.filter(certificates__status="active").exclude(barred).distinct().order_by("code")
    yield from fit.filter(account=account)
    yield from fit.filter(account=None)[:COLLEAGUES]


def _renew(officer: Officer, today: date, *, by: Actor, at: datetime) -> None:
    held = officer.certificates.filter(status="active").order_by("valid_to").last()
    if held is None:
        return
    said = _renewal(held, today)
    if said:
        change_certificate(held, said, by=by, at=at, reason=RENEWED)


def _renewal(held: Certificate, today: date) -> dict[str, date]:
    said = {}
    if held.valid_to < today + LASTING:
        said["valid_to"] = date(today.year + 5, 12, 31)
    if (held.last_checked_on or held.valid_from) < today - CHECKED:
        said["last_checked_on"] = today
    return said


def _plans(desk: Desk, at: datetime) -> Iterator[tuple[int, actions.Draft]]:
    """How far each filing goes, and what it says: those not decided yet are for tomorrow."""
    now = at.replace(second=0, microsecond=0)
    tomorrow = datetime.combine(local_date(at) + timedelta(days=1), time(9), SHANGHAI)
    items = usable_items(desk.agency, local_date(at))
    for far, subject in zip(STEPS_DONE, unvisited(desk.agency, items, at), strict=False):
        yield far, said_of(desk, subject, items, now if far >= DECIDED else tomorrow, at)


def said_of(
    desk: Desk, subject: Subject, items: tuple[ItemVersion, ...], start: datetime, at: datetime
) -> actions.Draft:
    """A lawful daily inspection of `subject` by two of the team, from `start` for one shift."""
    return actions.Draft(
        subject=subject,
        check_type=Filing.CheckType.DAILY,
        trigger=Filing.Trigger.ANNUAL_PLAN,
        planned_start=start,
        planned_end=start + SHIFT,
        items=items,
        officers=desk.team[:2],
        place=subject.business_address,
        plan_number=PLAN.format(local_date(at)),
    )


def usable_items(agency: Agency, today: date) -> tuple[ItemVersion, ...]:
    """The item of the highest level, then for most kinds of subject, that may be used today."""
    usable = ItemVersion.objects.claimed_by(agency, today).filter(published_on__lte=today)
    return tuple(
        sorted(usable, key=lambda one: (LEVELS.index(one.level), -len(one.subject_kinds), one.pk))
    )[:1]


def unvisited(agency: Agency, items: Iterable[ItemVersion], at: datetime) -> QuerySet[Subject]:
    """Subjects in the agency's region, fit for `items`, that nobody plans to visit this year."""
    kinds = set.intersection(*(set(one.subject_kinds) for one in items)) if items else set()
    start, end = year_bounds(local_date(at).year)
    visited = Filing.objects.filter(planned_start__gte=start, planned_start__lt=end)
    there = Subject.objects.filter(business_region__path__startswith=agency.region.path)
    there = there.filter(registration=Subject.Registration.ACTIVE, kind__in=kinds)
    return there.exclude(pk__in=visited.values("subject")).order_by("pk")


def _file(desk: Desk, far: int, said: actions.Draft, at: datetime) -> Filing:
    """One filing carried `far` steps on, or as far as the rules in force let it go."""
    filing = actions.draft(desk.agency, said, by=desk.officer, at=at)
    steps = (
        lambda: actions.submit(filing, by=desk.officer, at=at),
        lambda: actions.approve(filing, by=desk.approver, at=at),
        lambda: actions.check_in(filing, AT_THE_DOOR, by=desk.officer, at=at),
        lambda: actions.record(filing, NOTHING_FOUND, by=desk.officer, at=at),
    )
    for step in steps[:far]:
        try:
            step()
        except FilingIncomplete:
            break
    return filing
