"""Signing in: which tries count against whom, so that guessing ends but the owner gets in.

Tries from devices that never signed in share one count per user name; a device that did signs in on
a count of its own, which a guesser elsewhere cannot use up.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from agencies import journal
from agencies.journal import Actor
from officers.actions import throttling
from officers.actions.throttling import Limit
from officers.models import Account

STRANGE_DEVICE = Limit("sign_in.strange_device", 5)
KNOWN_DEVICE = Limit("sign_in.known_device", 5)
ADDRESS = Limit("sign_in.address", 300)
DEVICE_COOKIE_AGE = 180 * 24 * 3600
_SALT = "officers.device"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the name given, the number of a device known to it (or none), the address."""

    username: str
    device: str
    address: str


def device_cookie(username: str) -> str:
    """The proof, for the browser to keep, that it has signed in as `username` before."""
    return signing.dumps([_name_hash(username), get_random_string(16)], salt=_SALT)


def known_device(cookie: str, username: str) -> str:
    """The number of the device if `cookie` proves an earlier sign-in as `username`, else none."""
    try:
        owner, device = signing.loads(cookie, salt=_SALT, max_age=DEVICE_COOKIE_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return device if constant_time_compare(owner, _name_hash(username)) else ""


def admit(attempt: Attempt, *, at: datetime) -> None:
    """Count the try before the password is looked at.  Raises TooManyAttempts."""
    if attempt.device:
        throttling.take(KNOWN_DEVICE, attempt.username, attempt.device, at=at)
    else:
        throttling.take(ADDRESS, attempt.address, at=at)
        throttling.take(STRANGE_DEVICE, attempt.username, at=at)


@transaction.atomic
def signed_in(account: Account, attempt: Attempt, *, at: datetime) -> None:
    """Take the successful try off the count, and note it in the book."""
    if attempt.device:
        throttling.clear(KNOWN_DEVICE, attempt.username, attempt.device)
    else:
        throttling.give_back(ADDRESS, attempt.address)
        throttling.give_back(STRANGE_DEVICE, attempt.username)
    throttling.remember(attempt.address, at=at)
    journal.append(journal.SYSTEM, "sign_in", account, by=Actor(account.name), at=at)


@transaction.atomic
def signed_in_elsewhere(account: Account, address: str, *, at: datetime) -> None:
    """Note in the book that the identity provider said who it is."""
    throttling.remember(address, at=at)
    told = {"by": Actor(account.name), "at": at, "how": "provider"}
    journal.append(journal.SYSTEM, "sign_in", account, **told)


def _name_hash(username: str) -> str:
    return salted_hmac(_SALT, username, algorithm="sha256").hexdigest()
