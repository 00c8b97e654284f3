"""What the system holds of a person, handed out to that person (PIPL 45; c.3, row 31)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from agencies import journal, walls
from agencies.journal import Actor
from agencies.models import Event
from officers.actions.particulars import Particulars
from officers.models import Account, ApiToken, Officer

FORM = "jianbei.own-data/1"


@walls.opened()
def own_officer(account: Account) -> Officer | None:
    """The officer that the owner of `account` is, wherever he or she serves or served."""
    return Officer.objects.filter(account=account).select_related("agency").first()


@walls.opened()
@transaction.atomic
def export_own_data(account: Account, *, at: datetime) -> dict[str, Any]:
    """Everything held of the owner of `account`, numbers in full; the export is an event."""
    by = Actor(account.name)
    journal.append(journal.SYSTEM, "export_own_data", account, by=by, at=at)
    officer = own_officer(account)
    return {
        "form": FORM,
        "made_at": at.isoformat(),
        "account": _account(account),
        "appointments": _appointments(account),
        "officer": _officer(officer) if officer else None,
        "tokens": _tokens(account),
        "events": _events(account, officer),
    }


def _account(account: Account) -> dict[str, Any]:
    factor = getattr(account, "second_factor", None)
    return {
        "user_name": account.username,
        "name": account.name,
        "language": account.language,
        "active": account.is_active,
        "created_at": account.created_at.isoformat(),
        "password_set_at": account.password_set_at and account.password_set_at.isoformat(),
        "second_factor_since": factor and factor.confirmed_at and factor.confirmed_at.isoformat(),
    }


def _appointments(account: Account) -> list[dict[str, Any]]:
    held = account.appointments.select_related("agency", "region").order_by("valid_from", "pk")
    return [
        {
            "role": one.role,
            "agency": one.agency and one.agency.name,
            "region": one.region and one.region.name,
            "valid_from": str(one.valid_from),
            "valid_to": one.valid_to and str(one.valid_to),
        }
        for one in held
    ]


def _officer(officer: Officer) -> dict[str, Any]:
    numbers = Particulars.of(officer)
    names = ("kind", "issuer", "number", "valid_from", "valid_to", "status")
    certificates = officer.certificates.order_by("valid_from", "pk").values(*names)
    return {
        "agency": officer.agency.name,
        "staff_number": officer.code,
        "name": officer.name,
        "post": officer.post,
        "category": officer.category,
        "joined_on": str(officer.joined_on),
        "left_on": officer.left_on and str(officer.left_on),
        "identity_number": numbers.identity_number,
        "phone": numbers.phone,
        "certificates": [{k: str(v) for k, v in one.items()} for one in certificates],
    }


def _tokens(account: Account) -> list[dict[str, Any]]:
    rows = ApiToken.objects.filter(account=account).order_by("created_at", "pk")
    return [
        {
            "name": one.name,
            "begins_with": one.hint,
            "scopes": one.scopes,
            "expires_at": one.expires_at.isoformat(),
            "last_used_at": one.last_used_at and one.last_used_at.isoformat(),
        }
        for one in rows
    ]


def _events(account: Account, officer: Officer | None) -> list[dict[str, Any]]:
    """What happened to the account and the officer, without who did it: that is others' data."""
    about = Event.objects.about(account)
    if officer is not None:
        about = about | Event.objects.about(officer)
    return [
        {"at": one.at.isoformat(), "verb": one.verb, "reason": one.reason}
        for one in about.order_by("pk")
    ]
