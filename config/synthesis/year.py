"""The whole year, made once: registers first, then the filings in the order of their dates."""

from collections.abc import Iterator

import numpy as np

from agencies.models import Agency
from agencies.models import Plan as Plans
from config.synthesis import agencies, course, standing
from config.synthesis.batch import Batch, batch
from config.synthesis.catalogue import Catalogue
from config.synthesis.clock import YearClock
from config.synthesis.course import Course, Fate
from config.synthesis.parties import Cast, Parties
from config.synthesis.people import People
from config.synthesis.plan import Plan
from config.synthesis.rows import Ids, Rows
from config.synthesis.subjects import Subjects
from filings import codes, numbers
from filings.models import NumberCounter, Subject
from officers.models import Certificate, Officer

CHUNK = 10_000
UNCOUNTED_SHARE = 0.04


class Year:
    """The rows of a plan; `first` gives the first free primary key of each table."""

    def __init__(self, plan: Plan, first: dict[type, int], region_ids: dict[str, int]):
        self.plan, self.ids, self.first = plan, Ids(first), first
        rng = np.random.default_rng([plan.seed, 1])
        self.made = agencies.bodies(plan)
        self.shares = agencies.shares(self.made, rng)
        self.agency_ids = self.ids.take(Agency, len(self.made))
        self.principals = [
            None if body.of is None else int(self.agency_ids[body.of]) for body in self.made
        ]
        self.region_ids = region_ids
        self.catalogue = Catalogue(plan, self.made, first)
        self.people = People(plan, self.made, self.shares)
        self.first_officer, self.first_certificate = first[Officer], first[Certificate]
        self.subjects = Subjects(plan, first[Subject], region_ids)
        self.cast = Cast(self.made, self.catalogue, self.people, self.subjects)
        self.serials = np.zeros(len(self.made), int)
        self.seen = np.zeros((len(self.made), plan.subjects), np.uint16)
        self.seen_by_all = np.zeros(plan.subjects, np.uint16)

    def registers(self) -> Iterator[Batch]:
        """Everything that the filings refer to."""
        yield agencies.rows(self.made, self.agency_ids, self.region_ids)
        yield from self.catalogue.batches()
        yield self.catalogue.claims(self.agency_ids)
        yield standing.plans(self.made, self.agency_ids, self.first[Plans], self.plan.year)
        yield from standing.letters(self.made, self.agency_ids, self.catalogue, self.first)
        yield from self.people.batches(self.agency_ids, self.first_officer, self.first_certificate)
        yield from self.subjects.batches()

    def total(self) -> int:
        """How many filings the year holds, with those that do not count."""
        return self.plan.filings + self._extras()

    def _extras(self) -> int:
        return max(10, int(self.plan.filings * UNCOUNTED_SHARE))

    def filings(self) -> Iterator[list[Batch]]:
        """The filings with all that hangs on them, some ten thousand at a time."""
        extras = self._extras()
        clock = YearClock(self.plan.year)
        total = self.total()
        counts = clock.spread(total, np.random.default_rng([self.plan.seed, 2]))
        done = 0
        for number, (first, last) in enumerate(_slices(counts)):
            after = done + int(counts[first:last].sum())
            share = after * extras // total - done * extras // total
            rng = np.random.default_rng([self.plan.seed, 4, number])
            yield self._chunk(course.draw(clock, counts[first:last], first, share, rng))
            done = after

    def _chunk(self, taken: Course) -> list[Batch]:
        agency = self.cast.agencies(taken, self.shares)
        taken.plan(self.cast.desk[agency], self.catalogue.switch)
        parties = self.cast.draw(taken, agency)
        taken.share(parties.leads)
        taken.visit(parties.leads)
        taken.settle()
        return [rows for rows in Rows(self, taken, parties).batches() if rows.rows]

    def counters(self) -> Batch:
        """The last serial of every agency that filed, for the numbers to go on from."""
        used = np.flatnonzero(self.serials)
        columns = {
            "id": self.ids.take(NumberCounter, len(used)),
            "agency_id": self.agency_ids[used],
            "last": self.serials[used],
        }
        return batch(NumberCounter, columns, year=self.plan.year)

    def number(self, taken: Course, agency: np.ndarray) -> tuple[list, list]:
        """Number and code digest of each filing that was approved: no gap, none used twice."""
        numbered = np.flatnonzero(taken.fate <= Fate.WITHDRAWN)
        serials = _rank(agency[numbered], self.serials)
        given, digests = [None] * taken.rows, [None] * taken.rows
        rows = zip(numbered.tolist(), agency[numbered].tolist(), serials.tolist(), strict=True)
        for row, place, serial in rows:
            body = self.made[place]
            number = numbers.compose(body.place.code, body.code, self.plan.year, serial)
            given[row] = number
            digests[row] = codes.digest(codes.token(number))
        return given, digests

    def nth(self, taken: Course, parties: Parties) -> tuple[np.ndarray, np.ndarray]:
        """Which visit of the year this is to the subject, by the agency and by anyone; 0 if none.

        Filings that share a visit share its place in the second count.
        """
        own, everyone = np.zeros(taken.rows, int), np.zeros(taken.rows, int)
        numbered = np.flatnonzero(taken.fate <= Fate.WITHDRAWN)
        pair = parties.agency[numbered] * self.plan.subjects + parties.subject[numbered]
        own[numbered] = _rank(pair, self.seen.reshape(-1))
        hosts = np.setdiff1d(numbered, parties.leads + 1)
        everyone[hosts] = _rank(parties.subject[hosts], self.seen_by_all)
        everyone[parties.leads + 1] = everyone[parties.leads]
        return own, everyone


def _rank(keys: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """How often each key has come by now, this time included; `seen` is kept up to date."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes = np.diff(starts, append=len(ordered))
    ranks = np.empty(len(keys), int)
    ranks[order] = np.arange(len(ordered)) - np.repeat(starts, sizes) + 1 + seen[ordered]
    seen[ordered[starts]] += sizes.astype(seen.dtype)
    return ranks


def _slices(counts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Runs of whole days of about `CHUNK` rows each."""
    pieces = max(1, int(counts.sum()) // CHUNK)
    ends = np.searchsorted(np.cumsum(counts), np.arange(1, pieces + 1) * counts.sum() / pieces)
    first = 0
    for end in (ends + 1).tolist():
        if first < end:
            yield first, min(end, len(counts))
        first = max(first, end)
