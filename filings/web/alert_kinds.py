"""Which kinds of alert wait in numbers that would hide the others, and at how many agencies?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from filings.models import Alert
from filings.rules.catalogue import CATALOGUE, Entry

# So many of one kind at once come from one cause: they are read as one, and opened from there.
MANY = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of alert: its rule, how many wait at how many agencies, and since when."""

    code: str
    entry: Entry | None
    count: int
    agencies: int
    since: datetime


def waiting(seen: QuerySet[Alert]) -> list[Waiting]:
    """Every kind of which alerts of `seen` wait, the most numerous first: one question."""
    rows = seen.open().order_by().values("code")  # type: ignore[attr-defined]
    found = rows.annotate(n=Count("pk"), at=Count("agency", distinct=True), since=Min("created_at"))
    kinds = (
        Waiting(one["code"], CATALOGUE.get(one["code"]), one["n"], one["at"], one["since"])
        for one in found
    )
    return sorted(kinds, key=lambda one: (-one.count, one.code))


def folded(kinds: list[Waiting]) -> Iterator[Waiting]:
    """Those of which so many wait that they are shown as one; none where they are the only ones."""
    if len(kinds) > 1:
        yield from (one for one in kinds if one.count >= MANY)
