"""Who may appoint whom, and which offices one person must not hold together (reliability P43)."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.journal import Actor
from officers.authority import Authority
from officers.models import Account, Appointment
from officers.roles import APART, SENSITIVE, Permission, Role


class SeparationOfDuties(Exception):
    """The account would hold two offices that watch over each other."""

    code = "separation_of_duties"


class LastAdministrator(Exception):
    """Nobody would be left who can appoint anybody."""

    code = "last_administrator"


def administrator(by: Authority | Actor, account: Account | None = None) -> Actor:
    """The administrator as the book records it; an Actor is a command at the machine itself.

    Raises NotAuthorised for anybody else, and for an administrator's own `account`.
    """
    if isinstance(by, Actor):
        return by
    if not by.may(Permission.ACCOUNT_MANAGE):
        raise NotAuthorised(_("Only administrators manage accounts."))
    if account is not None and account.pk == by.account.pk:
        raise NotAuthorised(_("Nobody changes his or her own account or appointments."))
    return by.actor(Permission.ACCOUNT_MANAGE)


def require_apart(account: Account, role: str, start: date, end: date | None) -> None:
    """Refuse an office beside one that it must stay apart from.  Raises SeparationOfDuties."""
    barred = {other for pair in APART if role in pair for other in pair if other != role}
    held = account.appointments.filter(role__in=barred).filter(
        Q(valid_to=None) | Q(valid_to__gt=start)
    )
    if end is not None:
        held = held.filter(valid_from__lt=end)
    clash = held.order_by("pk").first()
    if clash is not None:
        raise SeparationOfDuties(
            _("“%(name)s” is %(held)s; the same person must not be %(role)s.")
            % {
                "name": account.name,
                "held": clash.get_role_display(),
                "role": Role(role).label,
            }
        )


def require_another_administrator(account: Account, on: date) -> None:
    """Refuse to take the last administrator's office away.  Raises LastAdministrator."""
    held = Appointment.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
    left = [a for a in held.in_force(on).select_related("account") if a.account.is_active]
    if {a.account_id for a in left} == {account.pk}:
        raise LastAdministrator(_("Appoint another administrator first; this is the last one."))


def needs_second_factor(authority: Authority) -> bool:
    """Whether the account decides, oversees or administers, and so needs a second factor."""
    return bool(authority.roles() & SENSITIVE)
