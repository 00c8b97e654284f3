"""The emergency road: on site first, back-filed within the limit, approved afterwards (R-SIT-2)."""

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.models import Agency
from filings import codes
from filings.actions.alerting import raise_alerts
from filings.actions.deciding import approval
from filings.actions.drafting import Draft, told, write_parts
from filings.actions.moving import move, require, require_clean, stamp
from filings.actions.visiting import Arrival, served_at_the_door
from filings.models import Filing, FilingItem, FilingOfficer, Visit
from filings.rules import Case, Problem, judge
from filings.rules.timing import Terms
from filings.rules.when import window_reversed
from filings.terms import Clock
from filings.workflow import STEPS, Status, Verb
from officers.authority import Authority


@dataclass(frozen=True)
class Emergency:
    """Why nobody could wait for an approval, who was told by word of mouth, and the arrival."""

    reason: str
    reported_to: str
    arrived_at: datetime
    arrival: Arrival = field(default_factory=Arrival)


@transaction.atomic
def open_emergency(
    agency: Agency, said: Draft, emergency: Emergency, *, by: Authority, at: datetime
) -> Filing:
    """A filing that begins at the door, without a number until it is approved afterwards.

    Raises FilingIncomplete naming what is missing; `said` may still lack items and officers.
    """
    needs = STEPS[Verb.OPEN_EMERGENCY].needs
    if not by.may(needs, agency):
        raise NotAuthorised(_("Your appointment does not include this for this agency."))
    said = replace(said, planned_start=emergency.arrived_at)
    require_clean(
        _unexplained(emergency, at) + window_reversed(said.planned_start, said.planned_end)
    )
    filing = Filing.objects.create(
        agency=agency,
        principal=agency.principal,
        status=Status.ON_SITE,
        emergency=True,
        back_fill_reason=emergency.reason.strip(),
        reported_to=emergency.reported_to.strip(),
        visit=_arrive(said, emergency, at),
        dated_at=emergency.arrived_at,
        created_at=at,
        created_by=by.account,
        **served_at_the_door(None, emergency.arrival, emergency.arrived_at),
        **said.columns(),
    )
    write_parts(filing, said.items, said.officers)
    stamp(filing, code_digest=codes.digest(codes.token(codes.emergency_name(filing.pk))))
    journal.append(
        agency.code,
        Verb.OPEN_EMERGENCY,
        filing,
        by=by.actor(needs, agency),
        at=at,
        reason=filing.back_fill_reason,
        reported_to=filing.reported_to,
        arrived_at=emergency.arrived_at,
        **told(said),
    )
    return filing


def _unexplained(emergency: Emergency, at: datetime) -> list[Problem]:
    found = []
    if not emergency.reason.strip():
        found.append(Problem("reason", "reason_missing", "R-SIT-2", _("Give the reason.")))
    if not emergency.reported_to.strip():
        message = _("Name the person to whom you reported by word of mouth.")
        found.append(Problem("reported_to", "report_missing", "R-SIT-2", message))
    if emergency.arrived_at > at:
        message = _("The arrival lies in the future. Give the time at which you arrived.")
        found.append(Problem("arrived_at", "arrival_in_future", "R-SIT-2", message))
    return found


def _arrive(said: Draft, emergency: Emergency, at: datetime) -> Visit:
    return Visit.objects.create(
        subject=said.subject,
        arrived_at=emergency.arrived_at,
        recorded_at=at,
        late_reason=emergency.reason.strip() if emergency.arrived_at < at else "",
        **emergency.arrival.of_the_visit(),
    )


@transaction.atomic
def back_file(
    filing: Filing, said: Draft, *, by: Authority, at: datetime, fault: str = ""
) -> Filing:
    """The emergency filed in full after the visit; again, to mend it, until it is approved.

    Within the short limit, or the long one when a network or system `fault` is named; later only
    after a supervisor unlocked it.  Raises FilingIncomplete with every problem at once.
    """
    require(Verb.BACK_FILE, filing, by)
    said = replace(said, planned_start=_arrival(filing))
    late = _too_late(filing, fault.strip(), at)
    require_clean(
        late + _contradicted(filing, said) + window_reversed(said.planned_start, said.planned_end)
    )
    _replace_parts(filing, said)
    stamps = said.columns() | {
        "back_filed_at": filing.back_filed_at or at,
        "submitted_at": filing.submitted_at or at,
        "submitted_by": by.account,
        "dated_at": filing.back_filed_at or at,
        "fault": fault.strip() or filing.fault,
    }
    case = Case.of(_stated(filing, stamps), at)
    found = judge(case)
    require_clean(found)
    raise_alerts(case, found)
    for officer in case.officers:
        FilingOfficer.objects.filter(filing=filing, officer=officer).update(
            certificate=case.certificate(officer)
        )
    facts = told(said) | {"fault": stamps["fault"], "unlocked": filing.unlocked_at is not None}
    return move(filing, Verb.BACK_FILE, by=by, at=at, facts=facts, **stamps)


def back_filing_ends(filing: Filing, fault: str = "") -> datetime:
    """When the limit for back-filing this emergency is over (R-SIT-2)."""
    clock = Clock.BACK_FILE_AFTER_FAULT if fault or filing.fault else Clock.BACK_FILE
    return Terms.read().ends(clock, _arrival(filing), filing.agency)


def _arrival(filing: Filing) -> datetime:
    visit = filing.visit
    return visit.arrived_at if visit and visit.arrived_at else filing.planned_start


def _too_late(filing: Filing, fault: str, at: datetime) -> list[Problem]:
    limit = back_filing_ends(filing, fault)
    if at < limit or filing.unlocked_at is not None or filing.back_filed_at is not None:
        return []
    last = local_date(limit - timedelta(microseconds=1))
    return [
        Problem(
            "back_filed_at",
            "back_filing_late",
            "R-SIT-2",
            _("The limit for back-filing ended on %(day)s. Ask the supervisor to unlock it.")
            % {"day": last},
        )
    ]


def _contradicted(filing: Filing, said: Draft) -> list[Problem]:
    found = []
    if said.subject.pk != filing.subject_id:
        message = _("You were at another subject: %(subject)s.") % {"subject": filing.subject}
        found.append(Problem("subject", "subject_not_visited", "R-SIT-2", message))
    if _dropped(filing, said).filter(findings__isnull=False).exists():
        message = _("An item with findings cannot be taken out. Name it again.")
        found.append(Problem("items", "item_has_findings", "R-SIT-2", message))
    return found


def _dropped(filing: Filing, said: Draft) -> Any:
    return filing.items.exclude(item_version__in=said.items)


def _replace_parts(filing: Filing, said: Draft) -> None:
    _dropped(filing, said).delete()
    kept = set(FilingItem.objects.filter(filing=filing).values_list("item_version_id", flat=True))
    filing.members.all().delete()
    added = tuple(version for version in said.items if version.pk not in kept)
    write_parts(filing, added, said.officers)


def _stated(filing: Filing, stamps: dict[str, Any]) -> Filing:
    stated = copy(filing)
    for name, value in stamps.items():
        setattr(stated, name, value)
    return stated


@transaction.atomic
def unlock(filing: Filing, *, by: Authority, at: datetime, reason: str) -> Filing:
    """The supervisor lets an emergency be back-filed after its limit."""
    require(Verb.UNLOCK, filing, by, reason)
    return move(filing, Verb.UNLOCK, by=by, at=at, facts={"reason": reason}, unlocked_at=at)


@transaction.atomic
def approve_afterwards(filing: Filing, *, by: Authority, at: datetime, opinion: str = "") -> Filing:
    """The back-filed emergency approved: only now it gets a number and a code."""
    require(Verb.APPROVE_AFTERWARDS, filing, by)
    case = Case.of(filing, at)
    found = judge(case)
    require_clean(found)
    raise_alerts(case, found)
    stamps = approval(filing, Filing.ApprovalKind.AFTER, by, at, opinion)
    facts = {"number": stamps["number"], "opinion": opinion}
    return move(filing, Verb.APPROVE_AFTERWARDS, by=by, at=at, facts=facts, **stamps)
