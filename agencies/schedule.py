"""Which work comes round by itself, and when is it next due?

The table of jobs is the clock: whoever relays jobs orders what is due, under the key of its slot,
so any number of relays order it once and no process of its own has to be kept alive for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agencies import jobs
from agencies.models import Job

BY = "schedule"
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A kind of job that is done once in every slot of the length `every`."""

    kind: str
    every: timedelta

    def slot(self, now: datetime) -> str:
        """The key of the slot in which `now` lies."""
        length = int(self.every.total_seconds())
        start = int(now.timestamp()) // length * length
        return datetime.fromtimestamp(start, UTC).isoformat()


def moment_of(key: str) -> datetime:
    """When the slot begins of which `key` is the key; the inverse of Periodic.slot."""
    return datetime.fromisoformat(key)


def order_due(periodic: Iterable[Periodic], *, now: datetime) -> int:
    """Order every kind that has no job in its present slot yet; how many were ordered.

    What the schedule ordered a month ago and was done leaves the table.
    """
    count = 0
    for one in periodic:
        key = one.slot(now)
        if not Job.objects.filter(kind=one.kind, key=key).exists():
            jobs.order(one.kind, key, params={}, by=BY, at=now)
            count += 1
    if count:
        old = Job.objects.filter(ordered_by=BY, ordered_at__lt=now - KEPT)
        old.filter(state=Job.State.DONE).delete()
    return count
