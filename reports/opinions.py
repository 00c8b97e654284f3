"""What do the ratings of a period say, as far as everybody may know it?  (R-EVA-3, reliability P34)

Figures are read by the agencies and, once sealed, by everybody.  So no figure ever holds a single
rating: those of each agency and year are put in groups of five in the order of their days, and a
group is counted when all of it lies in the period, or not at all.  The groups are the same for
every period, region and compile, so that two figures differ by whole groups.  Ratings of the
present day wait until it is over.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from agencies.calendar import midnight
from agencies.journal import canonical
from agencies.models import Agency, Region
from filings.models import Rating, SupervisionCase
from filings.opinions import FEWEST
from reports.likeness import alike
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


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said in whole groups before the day `until`, and what stands in none as yet.

    `open` has the agency, the year, whether inside the period, and the level of each such rating,
    and is never shown.
    """

    until: date
    counts: list[int]
    open: list[list[int]]

    def text(self) -> str:
        """As it is kept with a compile."""
        return canonical({"until": self.until, "counts": self.counts, "open": self.open})

    @classmethod
    def of(cls, text: str) -> "Heard":
        """What `text` put away."""
        kept = json.loads(text)
        return cls(date.fromisoformat(kept["until"]), kept["counts"], kept["open"])


SILENCE = Heard(date.min, [0] * len(LEVELS), [])


def opinions(region: Region, period: Period, today: date) -> Opinions:
    """What the region's agencies were told, in the complete groups that lie in the period."""
    return told_by(hear(region, period, today), region, period)


def told_by(heard: Heard, region: Region, period: Period) -> Opinions:
    """The ratings heard, and the cases of bad ones."""
    cases = SupervisionCase.objects.filter(kind=SupervisionCase.Kind.BAD_RATING)
    cases = cases.annotate(given=_number(When(answered_at__isnull=False, then=Value(1))))
    rows = _rows(cases, region, period, _Days("opened_at", midnight, heard.until))
    return Opinions(heard.counts, _grouped(rows, 2)[0])


def hear(
    region: Region, period: Period, today: date, earlier: Heard = SILENCE, *, turns: int = 1
) -> Heard:
    """What the ratings before the present day say; those before `earlier.until` are not read.

    They stand where they stood as long as none of an earlier day has come since.  Many are read in
    turns, some agencies at a time.
    """
    ratings = Rating.objects.annotate(given=Cast("level", IntegerField()))
    if earlier.until > date.min:
        ratings = ratings.filter(rated_on__gte=earlier.until)
    days = _Days("rated_on", lambda day: day, today)
    some = [
        ratings.annotate(turn=F("agency_id") % turns).filter(turn=turn) if turns > 1 else ratings
        for turn in range(turns)
    ]
    rows = np.concatenate([_rows(each, region, period, days) for each in some])
    begun = np.array([tuple(row) for row in earlier.open], rows.dtype)
    counts, left = _grouped(np.concatenate([begun, rows]), len(LEVELS) + 1)
    together = [n + more for n, more in zip(earlier.counts, counts[1:], strict=True)]
    return Heard(today, together, [list(row) for row in left.tolist()])


@dataclass(frozen=True, slots=True)
class _Days:
    """In which column a row has its day, how a day is written there, and which is the present."""

    column: str
    bound: Callable[[date], Any]
    today: date

    def before(self, end: date) -> Q:
        return Q(**{f"{self.column}__lt": self.bound(end)})


def _rows(rows: QuerySet[Any], region: Region, period: Period, days: _Days) -> np.ndarray:
    """The rows of the period's years before the present day, those of an agency by their days."""
    years, before = range(period.first.year, period.last.year + 1), days.before
    within = before(period.last + timedelta(days=1)) & ~before(period.first)
    ends = [(year, before(date(year + 1, 1, 1))) for year in years]
    found = (
        rows.filter(before(min(date(years[-1] + 1, 1, 1), days.today)))
        .filter(~before(date(years[0], 1, 1)))
        .filter(agency__in=Agency.objects.under(region).values("pk"))
        .annotate(
            year=_number(*(When(ended, then=Value(year)) for year, ended in ends)),
            inside=_number(When(within, then=Value(1))),
        )
    )
    return read(found.order_by("agency_id", days.column, "pk"), COLUMNS)


def _number(*cases: When) -> Case:
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _grouped(rows: np.ndarray, size: int) -> tuple[list[int], np.ndarray]:
    """How many of each kind stand in groups wholly inside, and the rows that are in no whole one.

    Rows of one agency and year come in their order, whatever comes between them.
    """
    keys = rows["agency_id"].astype(np.int64) << 16 | rows["year"]
    order = np.argsort(keys, kind="stable")
    rows = rows[order]
    runs, starts = alike(keys[order])
    place = np.arange(len(rows)) - starts[runs]
    groups = np.cumsum(place % FEWEST == 0) - 1
    whole = np.bincount(groups) == FEWEST
    counted = np.bincount(groups, weights=rows["inside"]) == FEWEST
    kinds = rows["given"][counted[groups]]
    return np.bincount(kinds, minlength=size).tolist(), rows[~whole[groups]]
