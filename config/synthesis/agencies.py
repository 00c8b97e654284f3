"""The agencies of a synthetic year: who they are, how busy, and from when to when."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from agencies.models import Agency
from agencies.spelling import search_text
from config.synthesis.batch import Batch, of_records
from config.synthesis.domains import DOMAINS, Domain
from config.synthesis.places import CITY, LEAVES, Place
from config.synthesis.plan import Plan

MARK = "（演示）"
FOUNDED = date(2004, 1, 1)


@dataclass(frozen=True, slots=True)
class Body:
    """One agency: `heir` is the place in the list of the one that acts when this one may not."""

    domain: Domain
    place: Place
    squad: int
    starts: date
    ends: date | None
    heir: int
    of: int | None = None

    @property
    def code(self) -> str:
        return f"{self.domain.code}{self.place.code[2:]}" + (
            f"{self.squad:02d}" if self.squad else ""
        )

    @property
    def name(self) -> str:
        squad = f"第{self.squad}综合执法大队" if self.squad else ""
        return f"{self.place.name}{self.domain.body}{squad}{MARK}"

    @property
    def kind(self) -> str:
        if self.of is not None:
            return "entrusted"
        return "authorised" if self.squad or self.domain.kind != "organ" else "organ"

    @property
    def weight(self) -> float:
        """How much of the year's work falls to it: a few agencies do most of it."""
        rank = DOMAINS.index(self.domain) + 1
        size = 1.6 if self.place is CITY else 0.25 + 4 * self.place.share
        return size / rank**0.9 / (1 + self.squad)


def bodies(plan: Plan) -> list[Body]:
    """The agencies in force on 31 December, then those that came or went around it."""
    seats = _seats(plan.agencies)
    found: dict[tuple[str, str, int], int] = {}
    made = []
    for domain, place, squad in seats:
        index = len(made)
        principal = found.get((domain.of, place.code, squad))
        starts = FOUNDED
        if index == plan.agencies - 1 and index > 10 and domain.kind == "organ":
            starts = date(plan.year, 7, 1)
        heir = found.get((domain.code, CITY.code, 0), 0) if starts != FOUNDED else index
        made.append(Body(domain, place, squad, starts, None, heir, principal))
        found[domain.code, place.code, squad] = index
    return made + _passing(plan, made)


def _seats(count: int) -> list[tuple[Domain, Place, int]]:
    seats = [
        (rank + (0 if place is CITY else 1 + LEAVES.index(place)), domain, place)
        for rank, domain in enumerate(DOMAINS)
        for place in (CITY, *LEAVES)
        if domain.reach >= {"prefecture": 1, "county": 2, "zone": 3}[place.kind]
    ]
    seats.sort(key=lambda seat: (seat[0], DOMAINS.index(seat[1])))
    return [
        (*seats[index % len(seats)][1:], 0 if index < len(seats) else 1 + index // len(seats))
        for index in range(count)
    ]


def _passing(plan: Plan, made: list[Body]) -> list[Body]:
    """Squads merged into their bureau in mid-year and on the last day, and one begun the day after.

    None of them is in force on 31 December, so that a count of all rows is wrong.
    """
    year, heir = plan.year, made[0]
    dates = (
        (FOUNDED, date(year, 6, 30)),
        (FOUNDED, date(year, 12, 31)),
        (date(year + 1, 1, 1), None),
    )
    return [
        Body(heir.domain, heir.place, 90 + squad, starts, ends, 0)
        for squad, (starts, ends) in enumerate(dates, start=1)
    ]


def rows(made: list[Body], ids: np.ndarray, region_ids: dict[str, int]) -> Batch:
    """The rows of the agencies under the ids given."""
    seat = {(body.domain.code, body.place.code, body.squad): i for i, body in enumerate(made)}
    records = []
    for index, body in enumerate(made):
        above = seat.get((body.domain.code, CITY.code, 0))
        records.append(
            {
                "id": int(ids[index]),
                "code": body.code,
                "name": body.name,
                "search": search_text(body.name),
                "kind": body.kind,
                "line": body.domain.line,
                "region_id": region_ids[body.place.code],
                "parent_id": None if above in (None, index) else int(ids[above]),
                "principal_id": None if body.of is None else int(ids[body.of]),
                "qualified_from": str(body.starts),
                "valid_from": str(body.starts),
                "valid_to": None if body.ends is None else str(body.ends),
            }
        )
    return of_records(Agency, records)


def shares(made: list[Body], rng: np.random.Generator) -> np.ndarray:
    """Each agency's part of the year's filings, summing to one."""
    weights = np.array([body.weight for body in made]) * (0.8 + 0.4 * rng.random(len(made)))
    return weights / weights.sum()
