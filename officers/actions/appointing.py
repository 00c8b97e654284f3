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
    """Give the account the office.

    Raises SeparationOfDuties, NotAuthorised, or ValidationError for a place the role does not have.
    """
    actor = policy.administrator(by, account)
    Account.objects.select_for_update().get(pk=account.pk)
    policy.require_apart(account, office.role, office.start, office.end)
    appointment = Appointment(
        account=account,
        role=office.role,
        agency=office.agency,
        region=office.region,
        valid_from=office.start,
        valid_to=office.end,
    )
    appointment.full_clean()
    appointment.save()
    _tell("appoint", appointment, actor, at)
    return appointment


@transaction.atomic
def revoke(
    appointment: Appointment, *, by: Authority | Actor, at: datetime, reason: str
) -> Appointment:
    """End the office now.  Raises LastAdministrator, NotAuthorised."""
    actor = policy.administrator(by, appointment.account)
    today = local_date(at)
    if appointment.role == "administrator":
        policy.require_another_administrator(appointment.account, today)
    appointment.valid_to = max(today, appointment.valid_from)
    appointment.save(update_fields=["valid_to"])
    _tell("revoke", appointment, actor, at, reason=reason)
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
