"""How an enterprise comes in by its credit code and its registered contact, without an account."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import By, keeper
from agencies.calendar import local_date
from agencies.ciphering import fingerprint, fingerprints
from filings import letters
from filings.actions.moving import require_clean
from filings.models import Contact, OwnEntry, Subject
from filings.rules import Problem
from officers.actions import throttling
from officers.actions.throttling import Limit

PER_ADDRESS = Limit("own.address", 20, timedelta(minutes=15))
PER_FIRM = Limit("own.firm", 5, timedelta(minutes=15))
TRIES = 5
CODE_LASTS, KEY_LASTS = timedelta(minutes=10), timedelta(minutes=30)
PHONE = re.compile(r"1[3-9][0-9]{9}")


class NotLetIn(Exception):
    """The code is wrong, used up or over; which of them is not said."""

    code = "not_let_in"


@dataclass(frozen=True)
class Reach:
    """How an enterprise is reached: an e-mail address, a mobile phone, or both."""

    email: str = ""
    phone: str = ""


@transaction.atomic
def set_contact(subject: Subject, reach: Reach, *, by: By, at: datetime, reason: str) -> Contact:
    """The contact of the subject from today on; the book says that it changed and not to what.

    Raises FilingIncomplete and NotAuthorised.
    """
    actor = keeper(by, None)
    require_clean(_wrong(reach))
    said = {"email": reach.email.lower(), "phone": reach.phone}
    found_by = {f"{name}_found_by": fingerprint(value, name) for name, value in said.items()}
    kept = said | found_by | {"since": local_date(at)}
    contact, _made = Contact.objects.update_or_create(subject=subject, defaults=kept)
    journal.append(journal.SYSTEM, "set_contact", subject, by=actor, at=at, reason=reason)
    return Contact.objects.get(pk=contact.pk)


def _wrong(reach: Reach) -> list[Problem]:
    if not (reach.email or reach.phone):
        message = _("Give an e-mail address or a mobile phone.")
        return [Problem("email", "contact_missing", "R-EVA-1", message)]
    found = []
    try:
        validate_email(reach.email or "a@example.com")
    except ValidationError:
        message = _("“%(value)s” is no e-mail address.") % {"value": reach.email[:60]}
        found.append(Problem("email", "bad_email", "R-EVA-1", message))
    if reach.phone and not PHONE.fullmatch(reach.phone):
        message = _("“%(value)s” is no mobile phone of 11 digits.") % {"value": reach.phone[:30]}
        found.append(Problem("phone", "bad_phone", "R-EVA-1", message))
    return found


def ask_in(uscc: str, to: str, *, address: str, at: datetime) -> str:
    """The ticket for a code that is sent if the enterprise and this contact of it are known.

    Known or not, the answer and the work are the same.  Raises TooManyAttempts.
    """
    throttling.take(PER_ADDRESS, address, at=at)
    throttling.take(PER_FIRM, uscc, at=at)
    ticket, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
    known = Q(email_found_by__in=fingerprints(to.lower(), "email"))
    known |= Q(phone_found_by__in=fingerprints(to, "phone"))
    contact = Contact.objects.select_related("subject").filter(known, subject__uscc=uscc).first()
    OwnEntry.objects.filter(expires_at__lt=at).delete()
    OwnEntry.objects.create(
        ticket_digest=_digest("ticket", ticket),
        code_digest=_digest("code", ticket, code),
        subject=contact.subject if contact else None,
        expires_at=at + CODE_LASTS,
    )
    if contact is not None:
        words = _("Your code is %(code)s. It holds for 10 minutes. Tell it to nobody.")
        letters.post(letters.Letter(to, _("Your code for Jianbei"), words % {"code": code}))
    return ticket


def come_in(ticket: str, code: str, *, address: str, at: datetime) -> tuple[Subject, str]:
    """The enterprise that typed the right code, and a key for the next half hour.

    Raises NotLetIn, TooManyAttempts.
    """
    throttling.take(PER_ADDRESS, address, at=at)
    waiting = OwnEntry.objects.filter(
        ticket_digest=_digest("ticket", ticket), key_digest=None, expires_at__gt=at
    )
    counted = waiting.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    entry = waiting.select_related("subject").first() if counted else None
    right = _digest("code", ticket, "".join(code.split()))
    if entry is None or not constant_time_compare(entry.code_digest, right) or not entry.subject:
        raise NotLetIn(_("The code is wrong or over. Ask for a new one."))
    key = secrets.token_urlsafe(24)
    opened = waiting.filter(pk=entry.pk).update(
        key_digest=_digest("key", key), expires_at=at + KEY_LASTS
    )
    if not opened:
        raise NotLetIn(_("The code is wrong or over. Ask for a new one."))
    throttling.give_back(PER_ADDRESS, address)
    return entry.subject, key


def who_is_in(key: str, *, at: datetime) -> Subject:
    """The enterprise that holds the key.  Raises NotLetIn."""
    entry = (
        OwnEntry.objects.select_related("subject")
        .filter(key_digest=_digest("key", key), expires_at__gt=at)
        .first()
    )
    if entry is None or entry.subject is None:
        raise NotLetIn(_("Your half hour is over. Ask for a new code."))
    return entry.subject


def _digest(purpose: str, *said: str) -> str:
    return salted_hmac(f"filings.own.{purpose}", "\n".join(said), algorithm="sha256").hexdigest()
