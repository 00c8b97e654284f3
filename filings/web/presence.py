"""Who is looking at a filing right now?  A hint for people, kept for a minute, never a lock."""

from django.core.cache import cache
from django.utils import timezone

KEPT = 60


def mark(filing, account) -> None:
    """Note that `account` has the filing open."""
    seen = cache.get(_key(filing)) or {}
    cache.set(_key(filing), seen | {account.pk: (account.name, _now())}, KEPT)


def readers(filings, *, but) -> dict[int, list[str]]:
    """For each filing, the names of those who had it open in the last minute, without `but`."""
    seen = cache.get_many([_key(one) for one in filings])
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
