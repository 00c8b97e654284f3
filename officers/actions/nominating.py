"""Nominating: whoever answers for a place names a person, a security administrator decides.

Two persons, each with an event; an office that is sensitive still waits for the second security
administrator after that (reliability c.3, row 3).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.refusals import RegisterRefused, Wrong
from officers import policy
from officers.actions.appointing import Office, appoint
from officers.authority import Authority
from officers.models import Account, Nomination
from officers.roles import AT_AGENCY, IN_REGION, MAY_NOMINATE, Permission, Role
from officers.user_names import unmistakable


class NominationClosed(Exception):
    """It was decided or withdrawn already."""

    code = "nomination_closed"


class NoSuchPerson(Exception):
    """No account has this user name, or it is another person's."""

    code = "no_such_person"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named, as the agency knows the person, and why."""

    username: str
    name: str
    reason: str


@transaction.atomic
def nominate(person: Person, office: Office, *, by: Authority, at: datetime) -> Nomination:
    """Name the person for the office; the same one while it waits.

    Raises NotAuthorised and RegisterRefused naming each value that is wrong.
    """
    _require_place(office)
    actor = require_nominator(by, office)
    _require_lawful(person, office, by, local_date(at))
    Account.objects.select_for_update().get(pk=by.account.pk)
    same = {"username": person.username, "role": office.role}
    place = {"agency": office.agency, "region": office.region}
    waiting = Nomination.objects.waiting().filter(**same, **place, nominated_by=by.account).first()
    if waiting is not None:
        return waiting
    made = Nomination.objects.create(
        **same,
        **place,
        name=person.name,
        reason=person.reason,
        valid_from=office.start,
        valid_to=office.end,
        nominated_by=by.account,
        nominated_at=at,
    )
    _tell("nominate", made, actor, at, reason=person.reason)
    return made


@transaction.atomic
def grant_nomination(nomination: Nomination, *, by: Authority, at: datetime) -> Nomination:
    """Give the person the office, from today on where its first day has passed.

    Raises NotAuthorised, NominationClosed, NoSuchPerson and what `appoint` raises.
    """
    held, actor = _to_decide(nomination, by)
    account = Account.objects.filter(username=held.username).first()
    if account is None or account.name != held.name:
        named = {"username": held.username, "name": held.name}
        raise NoSuchPerson(
            _("No account “%(username)s” of %(name)s is there. Make it, or decline.") % named
        )
    start = max(held.valid_from, local_date(at))
    if held.valid_to is not None and held.valid_to <= start:
        raise NominationClosed(_("The time it was meant for has passed. Decline it."))
    office = Office(held.role, start, held.valid_to, held.agency, held.region)
    held.appointment = appoint(account, office, by=by, at=at)
    held.decided_by, held.decided_at = by.account, at
    held.save(update_fields=["appointment", "decided_by", "decided_at"])
    _tell("grant_nomination", held, actor, at)
    return held


@transaction.atomic
def decline_nomination(
    nomination: Nomination, *, by: Authority, at: datetime, reason: str
) -> Nomination:
    """Appoint nobody, and say why.  Raises NotAuthorised and NominationClosed."""
    held, actor = _to_decide(nomination, by)
    held.decided_by, held.decided_at, held.answer = by.account, at, reason
    held.save(update_fields=["decided_by", "decided_at", "answer"])
    _tell("decline_nomination", held, actor, at, reason=reason)
    return held


@transaction.atomic
def withdraw_nomination(nomination: Nomination, *, by: Authority, at: datetime) -> Nomination:
    """Take one's own back.  Raises NotAuthorised and NominationClosed."""
    held = _waiting(nomination)
    if held.nominated_by_id != by.account.pk:
        raise NotAuthorised(_("Only who nominated a person takes it back."))
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    _tell("withdraw_nomination", held, by.actor(Permission.OFFICE_NOMINATE), at)
    return held


def require_nominator(by: Authority, office: Office | None = None) -> Actor:
    """Who may name somebody for the office, or for any; as the book records it.

    Raises NotAuthorised.
    """
    for held in by.granting(Permission.OFFICE_NOMINATE, office.agency if office else None):
        if office is None:
            return Actor(by.account.name, held.role)
        there = held.region is not None and office.region is not None
        inside = there and office.region.path.startswith(held.region.path)  # type: ignore[union-attr]
        reached = office.role in AT_AGENCY and office.agency is not None
        if office.role in MAY_NOMINATE[Role(held.role)] and (inside or reached):
            return Actor(by.account.name, held.role)
    raise NotAuthorised(_("Your appointment does not include nominating for this office."))


def _require_place(office: Office) -> None:
    wanted = "agency" if office.role in AT_AGENCY else "region"
    if wanted == "region" and office.role not in IN_REGION:
        raise RegisterRefused.at("role", "role", _("Nobody is nominated for this role."))
    if getattr(office, wanted) is None:
        raise RegisterRefused.at(wanted, "required", _("Say where the office is held."))
    other = "region" if wanted == "agency" else "agency"
    if getattr(office, other) is not None:
        message = _("This role is held at an agency or in a region, not both. Leave this out.")
        raise RegisterRefused.at(other, "place", message)


def _require_lawful(person: Person, office: Office, by: Authority, today: date) -> None:
    wrong = []
    if office.end is not None and office.end <= max(office.start, today):
        wrong.append(Wrong("/end", "period", _("The last day lies before the first.")))
    if person.username == by.account.username:
        message = _("Nobody changes his or her own account or appointments.")
        wrong.append(Wrong("/username", "own_account", message))
    try:
        unmistakable(person.username)
    except ValidationError as error:
        wrong.append(Wrong("/username", str(error.code), " ".join(error.messages)))
    for field in ("username", "name", "reason"):
        if not getattr(person, field).strip():
            wrong.append(Wrong(f"/{field}", "required", _("Fill this in.")))
    if wrong:
        raise RegisterRefused(wrong)


def _to_decide(nomination: Nomination, by: Authority) -> tuple[Nomination, Actor]:
    actor = policy.security(by)
    held = _waiting(nomination)
    if held.nominated_by_id == by.account.pk:
        raise NotAuthorised(_("Another person decides on whom you nominated."))
    return held, actor


def _waiting(nomination: Nomination) -> Nomination:
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("agency", "region")
    held = rows.get(pk=nomination.pk)
    if held.state != Nomination.State.WAITING:
        raise NominationClosed(_("This nomination was decided or taken back already."))
    return held


def _tell(verb: str, nomination: Nomination, actor: Actor, at: datetime, reason: str = "") -> None:
    place = nomination.agency or nomination.region
    journal.append(
        journal.SYSTEM,
        verb,
        nomination,
        by=actor,
        at=at,
        reason=reason,
        account=nomination.username,
        office=nomination.role,
        place=place.code if place else "",
    )
