"""What may an agency know of its ratings?  Only the mean of complete groups of five.

Ratings of today are left out, and the groups are filled in the order of the days: from one look to
the next the figures change by five ratings or not at all, so none can be told by subtraction.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Avg

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
    rows = Rating.objects.filter(
        agency=agency, rated_on__gte=date(today.year, 1, 1), rated_on__lt=today
    )
    count = rows.count() // FEWEST * FEWEST
    if not count:
        return None
    mean = rows.order_by("rated_on", "pk")[:count].aggregate(mean=Avg("level"))["mean"]
    return Standing(agency, count, float(mean))
