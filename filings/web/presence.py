"""Who is looking at a filing right now?  A hint for people, kept for a minute, never a lock."""

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

KEPT = 60


def mark(filing, account) -> None:
    """Note that `account` has the filing open."""
    try:
        seen = cache.get(_key(filing)) or {}
        cache.set(_key(filing), seen | {account.pk: (account.name, _now())}, KEPT)
    except RedisError:
        return


def readers(filings, *, but) -> dict[int, list[str]]:
    """For each filing, the names of those who had it open in the last minute, without `but`."""
    try:
        seen = cache.get_many([_key(one) for one in filings])
    except RedisError:
        seen = {}
    return {
        one.pk: sorted(
            name
            for pk, (name, at) in seen.get(_key(one), {}).items()
            if pk != but.pk and _now() - at < KEPT
        )
        for one in filings
    }


def _key(filing) -> str:
    return f"reading:{filing.pk}"


def _now() -> float:
    return timezone.now().timestamp()
