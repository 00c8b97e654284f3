"""What may an agency know of its ratings?  Only the mean of complete groups of five.

Ratings of today are left out, and the groups are filled in the order of the days: from one look to
the next the figures change by five ratings or not at all, so none can be told by subtraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agencies import walls
from agencies.models import Agency
from filings.models import Rating

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How the visits of one agency were rated this year, as far as it is told."""

    agency: Agency
    count: int
    mean: float


def standing(agency: Agency, today: date) -> Standing | None:
    """The ratings of the agency's visits since the new year; None while fewer than five."""
    return next(iter(standings([agency], today)), None)


@walls.opened()
def standings(agencies: Iterable[Agency], today: date) -> list[Standing]:
    """The ratings of each of the `agencies` that has five or more, in their order."""
    known = list(agencies)
    rows = Rating.objects.filter(
        agency__in=known, rated_on__gte=date(today.year, 1, 1), rated_on__lt=today
    )
    levels: dict[int, list[int]] = {}
    for key, level in rows.order_by("rated_on", "pk").values_list("agency", "level"):
        levels.setdefault(key, []).append(level)
    return [_told(one, levels[one.pk]) for one in known if len(levels.get(one.pk, ())) >= FEWEST]


def _told(agency: Agency, levels: list[int]) -> Standing:
    told = levels[: len(levels) // FEWEST * FEWEST]
    return Standing(agency, len(told), sum(told) / len(told))
