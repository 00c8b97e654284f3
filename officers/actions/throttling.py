"""How often may something be tried?  Counted in the database, so that it holds without Redis."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from officers.models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in one window; who uses them up waits a whole window."""

    name: str
    most: int
    window: timedelta = timedelta(minutes=15)


STAFF = Limit("staff.network", 0, timedelta(days=30))


class TooManyAttempts(Exception):
    """The tries of this window are used up; `until` says when the next one counts."""

    code = "too_many_attempts"

    def __init__(self, until: datetime, at: datetime) -> None:
        self.seconds = max(1, int((until - at).total_seconds()))
        super().__init__(
            _("Too many attempts. Try again in %(minutes)d minutes.")
            % {"minutes": -(-self.seconds // 60)}
        )


@transaction.atomic
def take(limit: Limit, *who: str, at: datetime) -> None:
    """Use up one try before it is made, so that simultaneous ones count too.

    Raises TooManyAttempts.
    """
    row = _locked(limit, who, at)
    if row.expires_at <= at:
        row.count, row.expires_at = 0, at + limit.window
    if row.count >= limit.most:
        raise TooManyAttempts(row.expires_at, at)
    row.count += 1
    if row.count == limit.most:
        row.expires_at = at + limit.window
    row.save()


def remember(address: str, *, at: datetime) -> None:
    """Note that somebody of the offices signed in from this address; forgotten after 30 days."""
    note(STAFF, address, at=at)


def is_known(address: str, *, at: datetime) -> bool:
    """Whether somebody of the offices signed in from this address within the last 30 days."""
    return is_noted(STAFF, address, at=at)


def note(limit: Limit, *who: str, at: datetime) -> None:
    """Note that it happened; forgotten after the window."""
    key = _key(limit, who)
    Throttle.objects.update_or_create(key=key, defaults={"expires_at": at + limit.window})


def is_noted(limit: Limit, *who: str, at: datetime) -> bool:
    """Whether it happened within the window before `at`."""
    return Throttle.objects.filter(key=_key(limit, who), expires_at__gt=at).exists()


def give_back(limit: Limit, *who: str) -> None:
    """Return the try that succeeded."""
    Throttle.objects.filter(key=_key(limit, who), count__gt=0).update(count=F("count") - 1)


def clear(limit: Limit, *who: str) -> None:
    """Forget every try."""
    Throttle.objects.filter(key=_key(limit, who)).delete()


def _key(limit: Limit, who: tuple[str, ...]) -> str:
    """A keyed hash: the table tells nobody which names were tried, from where."""
    return salted_hmac(f"throttle.{limit.name}", "\x1f".join(who), algorithm="sha256").hexdigest()


def _locked(limit: Limit, who: tuple[str, ...], at: datetime) -> Throttle:
    key = _key(limit, who)
    rows = Throttle.objects.select_for_update()
    found = rows.filter(key=key).first()
    if found is not None:
        return found
    Throttle.objects.filter(expires_at__lt=at).delete()
    Throttle.objects.bulk_create(
        [Throttle(key=key, expires_at=at + limit.window)], ignore_conflicts=True
    )
    return rows.get(key=key)
