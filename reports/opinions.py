"""What do the ratings of a period say, as far as everybody may know it?  (R-EVA-3, reliability P34)

Figures are read by the agencies and, once sealed, by everybody.  So no figure ever holds a single
rating: those of each agency and year are put in groups of five in the order of their days, and a
group is counted when all of it lies in the period, or not at all.  The groups are the same for
every period, region and compile, so that two figures differ by whole groups.  Ratings of the
present day wait until it is over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from agencies.calendar import midnight
from agencies.models import Agency, Region
from filings.models import Rating, SupervisionCase
from filings.opinions import FEWEST
from reports.periods import Period
from reports.reading import read

LEVELS = range(1, 6)
BAD = 2
COLUMNS = {"agency_id": "i8", "year": "i4", "inside": "i4", "given": "i4"}


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many ratings there are of each level from 1 to 5, and cases of bad ones, in groups.

    `cases` says how many are open and how many answered.
    """

    counts: Sequence[int] = (0, 0, 0, 0, 0)
    cases: Sequence[int] = (0, 0)

    @property
    def rated(self) -> int:
        return sum(self.counts)

    @property
    def bad(self) -> int | None:
        """How many are bad; None when those or the others are too few to be told."""
        bad = sum(self.counts[:BAD])
        return bad if _tellable(bad, self.rated - bad) else None

    def mean(self) -> str | None:
        """The mean level to two places, rounded half up."""
        if not self.rated:
            return None
        points = sum(level * count for level, count in zip(LEVELS, self.counts, strict=True))
        return str((Decimal(points) / self.rated).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def rows(self) -> list[dict[str, Any]]:
        """One row per level; none is told when one of them has fewer than five."""
        told = _tellable(*self.counts)
        return [
            {"code": str(level), "count": count if told else None}
            for level, count in zip(LEVELS, self.counts, strict=True)
        ]

    def numbers(self) -> dict[str, int | None]:
        """The numbers that figures and indicators ask for by name."""
        return {
            "rated": self.rated,
            "bad_rating": self.bad,
            "bad_rating_checked": self.cases[1],
            "bad_rating_case": sum(self.cases),
        }


def _tellable(*counts: int) -> bool:
    return all(count == 0 or count >= FEWEST for count in counts)


def opinions(region: Region, period: Period, today: date) -> Opinions:
    """What the region's agencies were told, in the complete groups that lie in the period."""
    ratings = Rating.objects.annotate(given=Cast("level", IntegerField()))
    cases = SupervisionCase.objects.filter(kind=SupervisionCase.Kind.BAD_RATING)
    cases = cases.annotate(given=_number(When(answered_at__isnull=False, then=Value(1))))
    return Opinions(
        _told(ratings, "rated_on", lambda day: day, (region, period, today), len(LEVELS) + 1)[1:],
        _told(cases, "opened_at", midnight, (region, period, today), 2),
    )


def _told(
    rows: QuerySet[Any],
    day: str,
    bound: Callable[[date], Any],
    asked: tuple[Region, Period, date],
    size: int,
) -> list[int]:
    """How many rows of each `given` below `size` stand in whole groups inside the period."""
    region, period, today = asked
    years = range(period.first.year, period.last.year + 1)

    def before(end: date) -> Q:
        return Q(**{f"{day}__lt": bound(end)})

    within = before(period.last + timedelta(days=1)) & ~before(period.first)
    ends = [(year, before(date(year + 1, 1, 1))) for year in years]
    found = (
        rows.filter(before(min(date(years[-1] + 1, 1, 1), today)) & ~before(date(years[0], 1, 1)))
        .filter(agency__in=Agency.objects.under(region).values("pk"))
        .annotate(
            year=_number(*(When(ended, then=Value(year)) for year, ended in ends)),
            inside=_number(When(within, then=Value(1))),
        )
    )
    return _counted(read(found.order_by("agency_id", day, "pk"), COLUMNS), size)


def _number(*cases: When) -> Case:
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _counted(rows: np.ndarray, size: int) -> list[int]:
    """How many of each kind stand in groups that are complete and wholly inside."""
    keys = rows["agency_id"].astype(np.int64) << 16 | rows["year"]
    _, starts, runs = np.unique(keys, return_index=True, return_inverse=True)
    place = np.arange(len(rows)) - starts[runs]
    _, groups = np.unique(runs.astype(np.int64) << 32 | place // FEWEST, return_inverse=True)
    whole = np.bincount(groups, weights=rows["inside"]) == FEWEST
    kinds = rows["given"][whole[groups]] if len(rows) else rows["given"]
    return [int(n) for n in np.bincount(kinds, minlength=size)]
