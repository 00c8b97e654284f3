"""Appointing to an office and revoking it; both hold at the next request."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from agencies import journal
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency, Region
from officers import policy
from officers.authority import Authority
from officers.models import Account, Appointment
from officers.roles import SENSITIVE


@dataclass(frozen=True, slots=True)
class Office:
    """A role, where it is held, and from when to when; the day `end` is no longer included."""

    role: str
    start: date
    end: date | None = None
    agency: Agency | None = None
    region: Region | None = None

    @classmethod
    def of(cls, role: str, place: Agency | Region | None, start: date) -> "Office":
        """The role at whichever place it stands, from `start` on without an end."""
        agency = place if isinstance(place, Agency) else None
        return cls(role, start, None, agency, place if isinstance(place, Region) else None)


@transaction.atomic
def appoint(
    account: Account, office: Office, *, by: Authority | Actor, at: datetime
) -> Appointment:
    """Give the account the office; a sensitive one waits for a second person's word.

    A command at the machine needs none: it is how the first two security administrators come in.
    Raises SeparationOfDuties, NotAuthorised, or ValidationError for a place the role does not have.
    """
    actor = policy.granter(by, account, office.role)
    Account.objects.select_for_update().get(pk=account.pk)
    policy.require_apart(account, office.role, office.start, office.end)
    appointment = Appointment(
        account=account,
        role=office.role,
        agency=office.agency,
        region=office.region,
        valid_from=office.start,
        valid_to=office.end,
        granted_by=None if isinstance(by, Actor) else by.account,
        confirmed_at=at if isinstance(by, Actor) or office.role not in SENSITIVE else None,
    )
    appointment.full_clean()
    appointment.save()
    _tell("appoint", appointment, actor, at)
    return appointment


@transaction.atomic
def confirm(appointment: Appointment, *, by: Authority, at: datetime) -> Appointment:
    """Bring an appointment that another security administrator granted into force.

    Raises NotAuthorised, NothingToConfirm, SeparationOfDuties.
    """
    held = Appointment.objects.select_for_update(of=("self",)).select_related("account")
    found = held.select_related("agency", "region").get(pk=appointment.pk)
    actor = policy.confirmer(by, found)
    policy.require_apart(found.account, found.role, found.valid_from, found.valid_to)
    found.confirmed_by, found.confirmed_at = by.account, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    _tell("confirm_appointment", found, actor, at)
    return found


@transaction.atomic
def revoke(
    appointment: Appointment, *, by: Authority | Actor, at: datetime, reason: str
) -> Appointment:
    """End the office now.  Raises LastHolder, NotAuthorised."""
    actor = policy.granter(by, appointment.account, appointment.role)
    day = max(local_date(at), appointment.valid_from)
    policy.require_another(appointment.role, appointment.account, day)
    return end(appointment, day, by=actor, at=at, reason=reason)


def end(
    appointment: Appointment, day: date, *, by: Actor, at: datetime, reason: str
) -> Appointment:
    """The office held until the day before `day`; call it inside the transaction of a verb."""
    appointment.valid_to = min(day, appointment.valid_to or day)
    appointment.save(update_fields=["valid_to"])
    _tell("revoke", appointment, by, at, reason=reason)
    return appointment


def _tell(
    verb: str, appointment: Appointment, actor: Actor, at: datetime, reason: str = ""
) -> None:
    place = appointment.agency or appointment.region
    journal.append(
        journal.SYSTEM,
        verb,
        appointment,
        by=actor,
        at=at,
        reason=reason,
        account=appointment.account.username,
        office=appointment.role,
        place=place.code if place else "",
        valid_from=str(appointment.valid_from),
        valid_to=str(appointment.valid_to or ""),
    )
