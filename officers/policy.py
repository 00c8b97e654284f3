"""Who may appoint whom, and which offices one person must not hold together (reliability P43)."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.journal import Actor
from officers.authority import Authority
from officers.models import Account, Appointment
from officers.roles import APART, MAY_CONFIRM, MAY_GRANT, NEVER_VACANT, SENSITIVE, Permission, Role


class SeparationOfDuties(Exception):
    """The account would hold two offices that must not lie in one hand."""

    code = "separation_of_duties"


class LastHolder(Exception):
    """Nobody would be left in an office that is never vacant (I13)."""

    code = "last_holder"


class NothingToConfirm(Exception):
    """The appointment is confirmed already, or over."""

    code = "nothing_to_confirm"


def security(by: Authority | Actor, account: Account | None = None) -> Actor:
    """The security administrator as the book records it; an Actor is a command at the machine.

    Raises NotAuthorised for anybody else, and for a security administrator's own `account`.
    """
    if isinstance(by, Actor):
        return by
    if not by.may(Permission.ACCOUNT_MANAGE):
        raise NotAuthorised(_("Only security administrators manage accounts."))
    if account is not None and account.pk == by.account.pk:
        raise NotAuthorised(_("Nobody changes his or her own account or appointments."))
    return by.actor(Permission.ACCOUNT_MANAGE)


def granter(by: Authority | Actor, account: Account, role: str) -> Actor:
    """Who may give `account` the role, or take it away.  Raises NotAuthorised."""
    actor = security(by, account)
    _require_right(by, MAY_GRANT, role)
    return actor


def confirmer(by: Authority, appointment: Appointment) -> Actor:
    """Who may confirm an appointment another person granted.

    Raises NotAuthorised, for the one who granted it too, and NothingToConfirm.
    """
    actor = security(by, appointment.account)
    _require_right(by, MAY_CONFIRM, appointment.role)
    if not appointment.is_waiting():
        raise NothingToConfirm(_("This appointment waits for nobody: confirmed already, or over."))
    if appointment.granted_by_id == by.account.pk:
        raise NotAuthorised(_("Another security administrator confirms what you granted."))
    return actor


def _require_right(by: Authority | Actor, table: dict[Role, frozenset[Role]], role: str) -> None:
    if isinstance(by, Actor):
        return
    if not any(role in table.get(Role(held), ()) for held in by.roles()):
        raise NotAuthorised(_("Your office does not hand out this role."))


def require_apart(account: Account, role: str, start: date, end: date | None) -> None:
    """Refuse an office beside one that it must stay apart from.  Raises SeparationOfDuties."""
    held = account.appointments.filter(role__in=barred_beside(role)).open(start)
    if end is not None:
        held = held.filter(Q(valid_from__lt=end))
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


def barred_beside(role: str) -> set[Role]:
    """The roles that one who holds `role` must not hold."""
    return {other for pair in APART if role in pair for other in pair if other != role}


def require_another(role: str, account: Account, on: date) -> None:
    """Refuse to take the last holder of an office away.  Raises LastHolder."""
    if role not in NEVER_VACANT:
        return
    rows = Appointment.objects.select_for_update(of=("self",)).filter(role=role)
    left = [a for a in rows.in_force(on).select_related("account") if a.account.is_active]
    if {a.account_id for a in left} == {account.pk}:
        raise LastHolder(
            _("Appoint another %(role)s first; this is the last one.") % {"role": Role(role).label}
        )


def require_others(account: Account, on: date) -> None:
    """Refuse to bar the last holder of any office that is never vacant.  Raises LastHolder."""
    for role in sorted(Authority.of(account, on).roles()):
        require_another(role, account, on)


def needs_second_factor(authority: Authority) -> bool:
    """Whether the account decides, oversees or administers, and so needs a second factor."""
    return bool(authority.roles() & SENSITIVE)
