"""Breaking the glass: asked for by one, opened by another, told at once, over by itself (P43).

An administrator sees no filing (roles.APART).  When one must, a security administrator opens the
filings of one agency to him or her for at most an hour, to read and no more.  The agency and the
auditors of its region are told in the same transaction, and every page opened is in the book.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency
from agencies.refusals import RegisterRefused
from officers.authority import Authority
from officers.models import Account, Appointment, BreakGlass, GlassNotice
from officers.models.break_glass import LONGEST
from officers.roles import Permission, Role

State = BreakGlass.State


class GlassClosed(Exception):
    """The access is not in a state in which this can be done."""

    code = "glass_closed"


class NobodyToTell(Exception):
    """No auditor of the region is in office, so nobody would hear of it."""

    code = "nobody_to_tell"


@dataclass(frozen=True, slots=True)
class Need:
    """Whose filings must be read, for how many minutes, and why."""

    agency: Agency
    minutes: int
    reason: str


@transaction.atomic
def ask(need: Need, *, by: Authority, at: datetime) -> BreakGlass:
    """The wish of an administrator, for a second person to answer; the same one while it waits.

    Raises NotAuthorised and RegisterRefused.
    """
    actor = require_asker(by)
    if not 1 <= need.minutes <= LONGEST:
        message = _("Ask for 1 to %(most)d minutes; you gave %(given)d.")
        raise RegisterRefused.at(
            "minutes", "minutes", message % {"most": LONGEST, "given": need.minutes}
        )
    reason = need.reason.strip()
    if not reason:
        raise RegisterRefused.at("reason", "required", _("Give the reason."))
    Account.objects.select_for_update().get(pk=by.account.pk)
    mine = BreakGlass.objects.filter(account=by.account, agency=need.agency)
    waiting = mine.filter(opened_at=None, refused_at=None, closed_at=None).first()
    if waiting is not None:
        return waiting
    made = BreakGlass.objects.create(
        account=by.account, agency=need.agency, reason=reason, minutes=need.minutes, asked_at=at
    )
    _tell("ask_glass", made, actor, at, reason=reason)
    return made


@transaction.atomic
def open_glass(glass: BreakGlass, *, by: Authority, at: datetime) -> BreakGlass:
    """Let the one who asked read, from now on for the minutes asked; whom it concerns is told.

    Raises NotAuthorised, GlassClosed and NobodyToTell.
    """
    held, actor = _to_answer(glass, by)
    asker = Authority.of(held.account, local_date(at))
    if not asker.may(Permission.GLASS_ASK):
        raise GlassClosed(_("Who asked is no administrator any more."))
    held.answered_by, held.opened_at = by.account, at
    held.save(update_fields=["answered_by", "opened_at"])
    told = _told(held, at)
    GlassNotice.objects.bulk_create(
        GlassNotice(glass=held, account=one, told_at=at) for one in told
    )
    journal.hold(journal.SYSTEM, held.agency.code)
    for chain in (journal.SYSTEM, held.agency.code):
        _tell("open_glass", held, actor, at, chain=chain, reason=held.reason)
    return held


@transaction.atomic
def refuse_glass(glass: BreakGlass, *, by: Authority, at: datetime, reason: str) -> BreakGlass:
    """The access is not given, and why.  Raises NotAuthorised and GlassClosed."""
    held, actor = _to_answer(glass, by)
    held.answered_by, held.refused_at = by.account, at
    held.save(update_fields=["answered_by", "refused_at"])
    _tell("refuse_glass", held, actor, at, reason=reason)
    return held


@transaction.atomic
def close_glass(glass: BreakGlass, *, by: Authority, at: datetime) -> BreakGlass:
    """Give it back before its time: who asked, or any security administrator.

    Raises NotAuthorised and GlassClosed.
    """
    held = _locked(glass)
    own = held.account_id == by.account.pk
    if not own and not by.may(Permission.GLASS_OPEN):
        raise NotAuthorised(_("Who asked and security administrators end this access."))
    if held.state(at) not in (State.WAITING, State.OPEN):
        raise GlassClosed(_("This access is over already."))
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    actor = by.actor(Permission.GLASS_ASK if own else Permission.GLASS_OPEN)
    journal.hold(journal.SYSTEM, held.agency.code)
    for chain in (journal.SYSTEM, held.agency.code):
        _tell("close_glass", held, actor, at, chain=chain)
    return held


@transaction.atomic
def note_glass(glass: BreakGlass, *, by: Authority, at: datetime) -> BreakGlass:
    """Who was told has read it.  Raises GlassClosed for one who was not told or noted it before."""
    mine = GlassNotice.objects.filter(glass=glass, account=by.account, noted_at=None)
    if not mine.update(noted_at=at):
        raise GlassClosed(_("You were not told of this access, or have noted it already."))
    actor = by.actor(Permission.GLASS_READ, glass.agency)
    _tell("note_glass", glass, actor, at, chain=glass.agency.code)
    return glass


@transaction.atomic
def used(glasses: tuple[BreakGlass, ...], path: str, *, by: Account, at: datetime) -> None:
    """Write into the book of each agency which address is opened while its glass is broken."""
    journal.hold(*(one.agency.code for one in glasses))
    for one in glasses:
        actor = Actor(by.name, Role.ADMINISTRATOR)
        _tell("use_glass", one, actor, at, chain=one.agency.code, path=path[:200])


def require_asker(by: Authority) -> Actor:
    """Who may ask, as the book records it.  Raises NotAuthorised."""
    return _holding(by, Permission.GLASS_ASK, _("Only administrators ask for this access."))


def _to_answer(glass: BreakGlass, by: Authority) -> tuple[BreakGlass, Actor]:
    """The access, locked, and the second person who answers for it."""
    only = _("Only security administrators open this access.")
    actor = _holding(by, Permission.GLASS_OPEN, only)
    held = _locked(glass)
    if held.account_id == by.account.pk:
        raise NotAuthorised(_("Another person opens what you asked for."))
    if held.answered_by_id is not None or held.closed_at is not None:
        raise GlassClosed(_("This access was opened, refused or given back already."))
    return held, actor


def _locked(glass: BreakGlass) -> BreakGlass:
    rows = BreakGlass.objects.select_for_update(of=("self",))
    return rows.select_related("account", "agency__region", "answered_by").get(pk=glass.pk)


def _holding(by: Authority, permission: Permission, otherwise: str) -> Actor:
    if not by.may(permission):
        raise NotAuthorised(otherwise)
    return by.actor(permission)


def _told(glass: BreakGlass, at: datetime) -> list[Account]:
    """The approvers and clerks of the agency, and the auditors of its region and those above it.

    Raises NobodyToTell without an auditor.
    """
    parts = glass.agency.region.path.rstrip("/").split("/")
    above = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
    audit = Q(role=Role.AUDITOR, region__path__in=above)
    there = Q(role__in=[Role.APPROVER, Role.CLERK], agency=glass.agency)
    rows = Appointment.objects.in_force(local_date(at)).filter(account__is_active=True)
    if not rows.filter(audit).exists():
        raise NobodyToTell(_("No auditor of this region is in office who could be told."))
    return list(Account.objects.filter(pk__in=rows.filter(audit | there).values("account")))


def _tell(
    verb: str,
    glass: BreakGlass,
    actor: Actor,
    at: datetime,
    chain: str = journal.SYSTEM,
    **facts: object,
) -> None:
    journal.append(
        chain,
        verb,
        glass,
        by=actor,
        at=at,
        account=glass.account.username,
        agency=glass.agency.code,
        minutes=glass.minutes,
        **facts,
    )
