"""The second proof of who one is: codes of an authenticator (RFC 6238), and recovery codes."""

import base64
import hashlib
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from agencies import journal
from agencies.journal import Actor
from officers import policy
from officers.actions import throttling
from officers.actions.throttling import Limit
from officers.authority import Authority
from officers.models import Account, RecoveryCode, SecondFactor
from officers.passwords import ALPHABET

CODE = Limit("second_factor", 5)
RECOVERY_CODES = 10
STEPS_EITHER_SIDE = 1


class WrongCode(Exception):
    """The code is neither the authenticator's of this minute nor an unused recovery code."""

    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__(_("This code does not fit. Wait for the next one and type it again."))


class AlreadyEnrolled(Exception):
    """The account has an authenticator; an administrator must remove it first."""

    code = "already_enrolled"


@transaction.atomic
def begin(account: Account, *, at: datetime) -> SecondFactor:
    """The factor to confirm: the one begun before, or a new one.  Raises AlreadyEnrolled."""
    found = SecondFactor.objects.filter(account=account).first()
    if found is None:
        secret = _box().encrypt(secrets.token_bytes(20)).decode("ascii")
        found = SecondFactor.objects.create(account=account, secret=secret, created_at=at)
    if found.confirmed_at is not None:
        raise AlreadyEnrolled
    return found


def spoken_secret(factor: SecondFactor) -> str:
    """The secret as one types it into an authenticator without a camera."""
    return base64.b32encode(_secret(factor)).decode("ascii")


def enrolment_address(factor: SecondFactor) -> str:
    """What the QR code says to an authenticator."""
    label = quote(f"Jianbei:{factor.account.username}")
    return f"otpauth://totp/{label}?" + urlencode(
        {"secret": spoken_secret(factor), "issuer": "Jianbei"}
    )


@transaction.atomic
def confirm(account: Account, code: str, *, at: datetime) -> list[str]:
    """Take the authenticator into use; the recovery codes, which are shown this once.

    Raises WrongCode, AlreadyEnrolled.
    """
    factor = SecondFactor.objects.select_for_update().get(pk=begin(account, at=at).pk)
    if not _fits(factor, code, at):
        raise WrongCode
    SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=at)
    RecoveryCode.objects.filter(account=account).delete()
    codes = [_recovery_code() for _n in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_digest(account, one)) for one in codes
    )
    by = Actor(account.name)
    journal.append(journal.SYSTEM, "enrol_second_factor", account, by=by, at=at)
    return codes


def check(account: Account, code: str, *, at: datetime) -> None:
    """Accept a code once.  Raises WrongCode, or TooManyAttempts after five wrong ones."""
    throttling.take(CODE, str(account.pk), at=at)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(account=account)
        if not _fits(factor, code, at) and not _recovers(account, code, at):
            raise WrongCode
    throttling.clear(CODE, str(account.pk))


@transaction.atomic
def remove(account: Account, *, by: Authority | Actor, at: datetime, reason: str) -> None:
    """Take a lost authenticator away, so that the owner enrols another."""
    actor = policy.security(by, account)
    SecondFactor.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    journal.append(journal.SYSTEM, "remove_second_factor", account, by=actor, at=at, reason=reason)


def _fits(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Whether the authenticator shows `code` now; a code is taken once and never again."""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return False
    clock = TOTP(_secret(factor))
    clock.time = at.timestamp()
    if not clock.verify(int(code), STEPS_EITHER_SIDE, factor.last_step + 1):
        return False
    factor.last_step = clock.t()
    SecondFactor.objects.filter(pk=factor.pk).update(last_step=factor.last_step)
    return True


def _recovers(account: Account, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(account=account, used_at=None)
    used = unused.filter(digest=_digest(account, code.strip().lower())).update(used_at=at)
    if used:
        by = Actor(account.name)
        journal.append(journal.SYSTEM, "use_recovery_code", account, by=by, at=at)
    return bool(used)


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _g in range(4))


def _digest(account: Account, code: str) -> str:
    return hashlib.sha256(f"{account.pk}:{code}".encode()).hexdigest()


def _box() -> MultiFernet:
    """Seals with the present key, opens with it and those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (hashlib.sha256(f"second-factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])


def _secret(factor: SecondFactor) -> bytes:
    return _box().decrypt(factor.secret.encode("ascii"))
