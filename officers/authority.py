"""What an account may do today, and where: its appointments read once per request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Agency, Region
from officers.models import Account, Appointment, BreakGlass, GlassNotice
from officers.roles import GRANTS, THROUGH_GLASS, Permission, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Authority:
    """The appointments an account holds on one day, and the questions asked of them.

    `lent` are the agencies whose glass is broken for the account at this moment.
    """

    account: Account
    appointments: tuple[Appointment, ...]
    scope: frozenset[Permission] = frozenset(Permission)
    lent: tuple[BreakGlass, ...] = ()

    @classmethod
    def of(cls, account: Account, on: date, at: datetime | None = None) -> Authority:
        """The authority of `account` on the day `on`; empty for one that is not active.

        What is lent for minutes only is among it where the moment `at` is known: to a person who
        is signed in, and to no token or job.
        """
        if not account.is_active:
            return cls(account, ())
        rows = account.appointments.in_force(on).select_related("agency__region", "region")
        held = cls(account, tuple(rows))
        return held if at is None else held.with_lent(at)

    @classmethod
    def signed_in(cls, key: int, at: datetime) -> Authority | None:
        """The account `key` and its authority at the moment `at`; None without it.

        One question; a second one asks what is lent to those to whom anything may be.
        """
        people = Account.objects.appointed(local_date(at)).annotate(untold=_untold())
        rows = list(people.filter(pk=key))
        if not rows:
            return None
        held = []
        for one in rows if rows[0].is_active else ():
            appointment = getattr(one, "held", None)
            if appointment is not None:
                appointment.untold = one.untold
                held.append(appointment)
        return cls(rows[0], tuple(held)).with_lent(at)

    def with_lent(self, at: datetime) -> Authority:
        """The same, and what is lent to the account at the moment `at`."""
        if not self.may(Permission.GLASS_ASK):
            return self
        return replace(self, lent=tuple(BreakGlass.objects.broken_for(self.account, at)))

    def within(self, scope: frozenset[Permission], agency: int | None) -> Authority:
        """The same, less what is not in `scope`, and at the one `agency` when its key is named."""
        held = self.appointments
        if agency is not None:
            held = tuple(one for one in held if one.agency_id == agency)
        return Authority(self.account, held, self.scope & scope)

    def has_news(self) -> bool:
        """Whether a glass was broken of which the account, signed in, has not taken note."""
        return any(one.untold for one in self.appointments)

    def roles(self) -> set[str]:
        """Every role held today."""
        return {appointment.role for appointment in self.appointments}

    def may(self, permission: Permission, agency: Agency | None = None) -> bool:
        """Whether some appointment grants `permission`, at `agency` when one is named."""
        return any(True for _one in self.granting(permission, agency))

    def reads_registers(self) -> bool:
        """Whether the account may read the registers that are one for everybody."""
        return self.may(Permission.REGISTER_READ)

    def actor(self, permission: Permission, agency: Agency | None = None) -> Actor:
        """The account as the book records it, in the role that grants `permission`."""
        for appointment in self.granting(permission, agency):
            return Actor(self.account.name, appointment.role)
        return Actor(self.account.name)

    def keeper(self, agency: Agency | None) -> Actor:
        """The account as one who keeps the registers of `agency`; None asks for any agency.

        Raises NotAuthorised.
        """
        if not self.may(Permission.REGISTER_WRITE, agency):
            raise NotAuthorised(_("Only the clerk of an agency keeps its registers."))
        return self.actor(Permission.REGISTER_WRITE, agency)

    def registrar(self, region: Region | None) -> Actor:
        """The account as one who keeps the catalogue of `region`; None asks for the whole one.

        The whole catalogue is kept at the city or the province.  Raises NotAuthorised.
        """
        for appointment in self.granting(Permission.CATALOGUE_WRITE):
            held = appointment.region
            if held is not None and _reaches(held, region):
                return Actor(self.account.name, appointment.role)
        if region is None:
            raise NotAuthorised(_("Only a supervisor of the city or the province may do this."))
        raise NotAuthorised(_("Only a supervisor of %(region)s may do this.") % {"region": region})

    def agencies(self, permission: Permission) -> list[Agency]:
        """The agencies at which `permission` is granted by an appointment at the agency."""
        return [a.agency for a in self.granting(permission) if a.agency is not None]

    def narrow_agencies(
        self,
        rows: QuerySet[Row],
        path: str,
        permission: Permission | None = Permission.REGISTER_READ,
    ) -> QuerySet[Row]:
        """Only those `rows` whose agency, reached by `path`, the account may see.

        An empty path says that the rows are agencies; no permission, that any office will do.
        """
        seen = Q(pk__in=[])
        inside = f"{path}__region__path__startswith" if path else "region__path__startswith"
        held = self.appointments if permission is None else self.granting(permission)
        for appointment in held:
            if appointment.agency_id is not None:
                seen |= Q(**{path or "pk": appointment.agency_id})
            elif appointment.region is not None:
                seen |= Q(**{inside: appointment.region.path})
        return rows.filter(seen)

    def inside_regions(self, path: str, permission: Permission = Permission.REGISTER_READ) -> Q:
        """The condition that the region reached by `path` lies where the account is appointed.

        An empty path says that the rows are regions.
        """
        seen = Q(pk__in=[])
        inside = f"{path}__path__startswith" if path else "path__startswith"
        for appointment in self.granting(permission):
            region = appointment.region or (appointment.agency and appointment.agency.region)
            if region:
                seen |= Q(**{inside: region.path})
        return seen

    def granting(
        self, permission: Permission, agency: Agency | None = None
    ) -> Iterable[Appointment | BreakGlass]:
        """The appointments by which `permission` is held, at `agency` when one is named.

        A broken glass stands among them like an appointment at its agency.
        """
        if permission not in self.scope:
            return
        for appointment in self.appointments:
            if permission in GRANTS[Role(appointment.role)] and _covers(appointment, agency):
                yield appointment
        if permission in THROUGH_GLASS:
            yield from (one for one in self.lent if _covers(one, agency))


def _untold() -> Exists:
    return Exists(GlassNotice.objects.filter(account=OuterRef("pk"), noted_at=None))


def _reaches(held: Region, region: Region | None) -> bool:
    if region is None:
        return held.kind in (Region.Kind.PROVINCE, Region.Kind.PREFECTURE)
    return region.path.startswith(held.path)


def _covers(appointment: Appointment | BreakGlass, agency: Agency | None) -> bool:
    if agency is None:
        return True
    if appointment.agency_id is not None:
        return appointment.agency_id == agency.pk
    region = appointment.region
    return region is not None and agency.region.path.startswith(region.path)
