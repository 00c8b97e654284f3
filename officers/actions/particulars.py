"""An officer's identity and telephone number: kept by the clerk, read with a reason, in the book.

The book tells that they were changed or read and why; what they are it never holds (P40).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from stdnum.cn import ric

from agencies import ciphering, journal
from agencies.authority import By, NotAuthorised, keeper
from agencies.refusals import RegisterRefused
from officers.authority import Authority
from officers.models import Officer
from officers.roles import Permission

NAMES = ("identity_number", "phone")
_DOCUMENT = re.compile(r"[0-9A-Z]{6,17}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{11}")
_PHONE = re.compile(r"\+?[0-9]{7,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Particulars:
    """Both numbers in full; the one thing that holds them outside the database."""

    identity_number: str
    phone: str

    @classmethod
    def of(cls, officer: Officer) -> "Particulars":
        """What lies sealed in the officer's row."""
        return cls(*(getattr(officer, name).reveal() for name in NAMES))


@transaction.atomic
def set_particulars(
    officer: Officer, said: Mapping[str, str], *, by: By, at: datetime, reason: str
) -> Officer:
    """The officer with the numbers that `said` gives; empty takes one away.

    Raises RegisterRefused naming each number that cannot be one, and NotAuthorised.
    """
    actor = keeper(by, officer.agency)
    _require_reason(reason)
    cleaned = {name: clean(name, value) for name, value in said.items()}
    held = Officer.objects.select_for_update().get(pk=officer.pk)
    for name, value in cleaned.items():
        setattr(held, name, value)
        setattr(held, f"{name}_found_by", ciphering.fingerprint(value, name))
    held.save(update_fields=[*cleaned, *(f"{name}_found_by" for name in cleaned)])
    told = {"columns": sorted(cleaned), "reason": reason}
    journal.append(officer.agency.code, "set_particulars", held, by=actor, at=at, **told)
    return Officer.objects.get(pk=held.pk)


@transaction.atomic
def read_particulars(officer: Officer, *, by: Authority, at: datetime, reason: str) -> Particulars:
    """Both numbers in full; the reading is an event.  Raises NotAuthorised, RegisterRefused."""
    if not may_read(officer, by):
        raise NotAuthorised(
            _("Only the clerk of the agency and the supervisor read these numbers in full.")
        )
    _require_reason(reason)
    actor = by.actor(Permission.PERSONAL_READ, officer.agency)
    told = {"columns": [name for name in NAMES if getattr(officer, name)], "reason": reason}
    journal.append(officer.agency.code, "read_particulars", officer, by=actor, at=at, **told)
    return Particulars.of(officer)


@transaction.atomic
def find_officer(
    said: Mapping[str, str], *, by: Authority, at: datetime, reason: str
) -> Officer | None:
    """The officer of one's own agencies whose number this is exactly, or None; told to the book.

    Raises NotAuthorised and RegisterRefused.
    """
    if not by.may(Permission.PERSONAL_READ):
        raise NotAuthorised(_("Your appointments do not include searching by these numbers."))
    _require_reason(reason)
    rows = by.narrow_agencies(Officer.objects.all(), "agency", Permission.PERSONAL_READ)
    asked = {name: clean(name, value) for name, value in said.items() if value}
    if not asked:
        raise RegisterRefused.at("", "required", _("Give an identity number or a phone number."))
    fits = Q()
    for name, value in asked.items():
        fits &= Q(**{f"{name}_found_by__in": ciphering.fingerprints(value, name)})
    found = rows.filter(fits).select_related("agency").order_by("pk").first()
    told = {"columns": sorted(asked), "found": found is not None, "reason": reason}
    actor = by.actor(Permission.PERSONAL_READ)
    chain = found.agency.code if found else journal.SYSTEM
    journal.append(chain, "find_by_number", found or by.account, by=actor, at=at, **told)
    return found


def may_read(officer: Officer, by: Authority) -> bool:
    """Whether the numbers may be read in full: the reader, of whom, and not what they are."""
    return by.may(Permission.PERSONAL_READ, officer.agency)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RegisterRefused.at("reason", "required", _("Give the reason."))
    if _NUMBER.search(reason):
        raise RegisterRefused.at(
            "reason", "number_in_reason", _("The reason stays for ever: write no number into it.")
        )


def clean(name: str, value: str) -> str:
    """The number as it is kept.  Raises RegisterRefused, which does not repeat the number."""
    plain = re.sub(r"[ \-]", "", value).upper()
    if not plain:
        return ""
    if name == "phone" and not _PHONE.fullmatch(plain):
        raise RegisterRefused.at(name, "phone", _("A phone number has 7 to 15 digits."))
    if name == "identity_number" and not (
        _DOCUMENT.fullmatch(plain) or (plain.isascii() and ric.is_valid(plain))
    ):
        raise RegisterRefused.at(
            name,
            "identity_number",
            _(
                "This is neither an identity number of 18 characters with its check character nor "
                "a travel document of 6 to 17 letters and digits."
            ),
        )
    return plain
