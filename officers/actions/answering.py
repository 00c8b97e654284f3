"""How a repeated request is answered as the first one was, without being done again."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from officers.models import Account, IdempotencyKey

KEPT = timedelta(days=15)
GIVEN_UP = timedelta(minutes=2)


class KeyInUse(Exception):
    """A request with this key is being worked on."""

    code = "key_in_use"
    wait = 1


class KeyReused(Exception):
    """The key was used for another request before."""

    code = "key_reused"


def begin(account: Account, key: str, asked: str, *, at: datetime) -> IdempotencyKey:
    """The key's row: answered before, or claimed now for whoever asks.

    `asked` is the digest of the request.  Raises KeyInUse and KeyReused.  Keys are kept fifteen
    days, longer than the ten within which an offline filing may be sent (reliability 0.14).
    """
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(account=account, key=key, asked=asked, begun_at=at)
    except IntegrityError:
        return _again(account, key, asked, at)


def _again(account: Account, key: str, asked: str, at: datetime) -> IdempotencyKey:
    held = IdempotencyKey.objects.get(account=account, key=key)
    stale = held.begun_at < at - KEPT
    if held.asked != asked and not stale:
        raise KeyReused(_("This key was used for another request. Take a new one."))
    if held.answered_at is not None and not stale:
        return held
    free = IdempotencyKey.objects.filter(pk=held.pk, begun_at__lt=at - GIVEN_UP)
    taken = free.filter(begun_at=held.begun_at).update(begun_at=at, asked=asked, answered_at=None)
    if not taken:
        raise KeyInUse(_("The same request is being worked on. Ask again in a moment."))
    held.refresh_from_db()
    return held


def answered(
    held: IdempotencyKey, *, status: int, headers: dict[str, str], body: str, at: datetime
) -> None:
    """Keep the answer for whoever repeats the request."""
    IdempotencyKey.objects.filter(pk=held.pk).update(
        status=status, headers=headers, body=body, answered_at=at
    )


@transaction.atomic
def abandon(held: IdempotencyKey) -> None:
    """Free the key of a request that failed without an answer of ours."""
    IdempotencyKey.objects.filter(pk=held.pk, answered_at=None).delete()


def forget(*, at: datetime) -> int:
    """Drop every answer older than keys are kept, and sessions that are over; how many answers."""
    Session.objects.filter(expire_date__lt=at).delete()
    return IdempotencyKey.objects.filter(begun_at__lt=at - KEPT).delete()[0]
