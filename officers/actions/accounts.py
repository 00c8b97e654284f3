"""The verbs of the people: open an account, appoint it to a role.  Each leaves one event."""

from datetime import date, datetime

from django.db import transaction

from agencies import journal
from agencies.journal import Actor
from agencies.models import Agency, Region
from officers.models import Account, Appointment, Officer
from officers.roles import Role


@transaction.atomic
def open_account(username: str, name: str, *, password: str, by: Actor, at: datetime) -> Account:
    """A new account that can sign in with this password; without appointments it may do nothing."""
    account = Account(username=username, name=name, created_at=at)
    account.set_password(password)
    account.save()
    journal.append(journal.SYSTEM, "open_account", account, by=by, at=at, username=username)
    return account


@transaction.atomic
def set_password(account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """The account signs in with this password from now on."""
    account.set_password(password)
    account.save(update_fields=["password"])
    journal.append(journal.SYSTEM, "set_password", account, by=by, at=at)


@transaction.atomic
def appoint(
    account: Account,
    role: Role,
    place: Agency | Region | None,
    *,
    since: date,
    by: Actor,
    at: datetime,
) -> Appointment:
    """The account holds the role at the agency or in the region from the day `since`."""
    appointment = Appointment.objects.create(
        account=account,
        role=role,
        agency=place if isinstance(place, Agency) else None,
        region=place if isinstance(place, Region) else None,
        valid_from=since,
    )
    code = place.code if place else ""
    journal.append(
        journal.SYSTEM, "appoint", appointment, by=by, at=at, role=role, place=code, since=since
    )
    return appointment


@transaction.atomic
def identify(officer: Officer, account: Account, *, by: Actor, at: datetime) -> None:
    """The officer under management is the person who signs in with this account."""
    officer.account = account
    officer.save(update_fields=["account"])
    journal.append(journal.SYSTEM, "identify", officer, by=by, at=at, username=account.username)
