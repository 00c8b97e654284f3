"""The texts of the catalogue that every scan of a code shows, kept in the memory of the process.

A version of an item and its legal bases do not change once a filing has named them, so they are
read once in five minutes and not at every scan.  Whether a code is valid never comes from here.
"""

import time
from collections.abc import Iterable

from django.db.models import Prefetch

from agencies.models import ItemVersion, LegalBasis

KEPT_SECONDS = 300
MOST = 8192
_kept: dict[int, tuple[float, ItemVersion]] = {}


def versions(keys: Iterable[int]) -> list[ItemVersion]:
    """The versions with these keys in their order, each with its bases."""
    wanted, now = list(keys), time.monotonic()
    missing = [key for key in wanted if key not in _kept or _kept[key][0] < now]
    if missing:
        bases = Prefetch("bases", LegalBasis.objects.order_by("pk"))
        found = ItemVersion.objects.filter(pk__in=missing).prefetch_related(bases)
        if len(_kept) > MOST:
            forget()
        read = {one.pk: one for one in found.only("name")}
        _kept.update({key: (now + KEPT_SECONDS, one) for key, one in read.items()})
        return [read.get(key) or _kept[key][1] for key in wanted]
    return [_kept[key][1] for key in wanted]


def forget() -> None:
    """Read everything anew."""
    _kept.clear()
