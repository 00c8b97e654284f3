"""Rows of accounts, and of the offices they hold.

An imported account has no password: nobody signs in with it before a security administrator has
issued a one-time password on its page.  Both kinds are brought at the machine only.
"""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, codes, found
from agencies.imports.places import VALID, agencies_by_code, region_spans
from officers.models import Account, Appointment
from officers.policy import barred_beside
from officers.roles import AT_AGENCY, IN_REGION, Role
from officers.user_names import unmistakable

CODE = checking.code(60, r"[\w.@+-]+")


def user_name(value: str) -> str:
    """A user name that cannot be taken for another one."""
    name = CODE(value)
    try:
        unmistakable(name)
    except ValidationError as error:
        raise checking.Unfit(
            str(error.code), _("can be taken for another name"), " ".join(error.messages)
        ) from error
    return name


class Accounts(Kind):
    """People who are to sign in."""

    name = "accounts"
    label = gettext_lazy("accounts")
    fields = (
        Field("username", gettext_lazy("user name"), user_name, "liming", True),
        Field("name", gettext_lazy("name"), checking.text(60), "李明", True),
    )

    def identity(self, row: Row) -> Hashable:
        return row.values["username"]

    def check(self, rows: list[Row], today: date) -> None:
        """An account rests on nothing else."""

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held = found(Account.objects.all(), "username", codes(rows, "username"))
        return {account.username: {"name": account.name} for account in held}

    def write(self, rows: list[Row], at: datetime) -> None:
        made = [Account(**row.values, created_at=at, must_change_password=True) for row in rows]
        for account in made:
            account.set_unusable_password()
        Account.objects.bulk_create(made)


class Appointments(Kind):
    """Offices: the role an account holds, where, and from when to when."""

    name = "appointments"
    label = gettext_lazy("appointments")
    fields = (
        Field("username", gettext_lazy("user name"), user_name, "liming", True),
        Field("role", gettext_lazy("role"), checking.choice(Role), "officer", True),
        Field("agency", gettext_lazy("agency"), checking.code(20), "CYSCJG"),
        Field("region", gettext_lazy("region"), checking.code(12)),
        *VALID,
    )

    def identity(self, row: Row) -> Hashable:
        values = row.values
        return tuple(values[n] for n in ("username", "role", "agency", "region", "valid_from"))

    def check(self, rows: list[Row], today: date) -> None:
        """Look accounts and places up; a role stands where such roles stand."""
        names = codes(rows, "username")
        self.accounts = {a.username: a for a in found(Account.objects.all(), "username", names)}
        agencies, regions = (
            agencies_by_code(codes(rows, "agency")),
            region_spans(codes(rows, "region")),
        )
        for row in rows:
            values = row.values
            row.refuse_order("valid_from", "valid_to")
            _check_place(row)
            row.refs = {
                "account": self.accounts.get(values["username"]),
                "agency": agencies.get(values["agency"]),
                "region": regions.on(values["region"], values["valid_from"]),
            }
            for name, what in (("account", _("account")), ("agency", _("agency"))):
                column = "username" if name == "account" else name
                if values[column] and row.refs[name] is None:
                    row.refuse_unknown(column, values[column], what)
            if values["region"] and row.refs["region"] is None:
                row.refuse_unknown("region", values["region"], _("region"))

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        offices = Appointment.objects.select_related("account", "agency", "region")
        held, self.spans = {}, {}
        for one in found(offices, "account", {row.refs["account"].pk for row in rows}):
            agency = one.agency.code if one.agency else ""
            region = one.region.code if one.region else ""
            key = one.account.username, one.role, agency, region, one.valid_from
            held[key] = {"valid_to": one.valid_to}
            self._remember(one.account.username, one.role, one.valid_from, one.valid_to)
        return held

    def _remember(self, username: str, role: str, start: date, end: date | None) -> None:
        self.spans.setdefault(username, []).append((role, start, end or date.max))

    def accept(self, row: Row) -> None:
        """Nobody holds two offices that watch over each other (P43)."""
        values = row.values
        start, end = values["valid_from"], values["valid_to"] or date.max
        barred = barred_beside(values["role"])
        for role, first, last in self.spans.get(values["username"], ()):
            if role in barred and first < end and start < last:
                row.refuse(
                    "role",
                    "separation_of_duties",
                    _("cannot be held beside the office of %(role)s") % {"role": Role(role).label},
                    _("Appoint another person, or end that office first."),
                )
                return
        self._remember(values["username"], values["role"], start, values["valid_to"])

    def write(self, rows: list[Row], at: datetime) -> None:
        Appointment.objects.bulk_create(
            Appointment(
                role=row.values["role"],
                valid_from=row.values["valid_from"],
                valid_to=row.values["valid_to"],
                confirmed_at=at,
                **row.refs,
            )
            for row in rows
        )


def _check_place(row: Row) -> None:
    role, agency, region = (row.values[name] for name in ("role", "agency", "region"))
    if bool(agency) != (role in AT_AGENCY) or bool(region) != (role in IN_REGION):
        row.refuse(
            "role",
            "place",
            _("does not stand at this place"),
            _(
                "Officers, approvers and clerks are appointed at an agency, supervisors and "
                "auditors in a region, administrators at neither."
            ),
        )
