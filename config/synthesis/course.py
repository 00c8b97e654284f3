"""The course that filings take: submitted, decided, visited, recorded, ended, and when.

Everything is an array with one place per filing; instants are seconds in UTC, days are numbers,
`NONE` stands for what did not happen.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from config.synthesis.clock import DAY, NONE, YearClock, instant, local_day


class Fate(IntEnum):
    """How a filing ended, the year long settled; up to EXPIRED it counts.

    Nothing is left open that would be overdue on the day the year is loaded.
    """

    CLOSED = 0
    TERMINATED = 1
    REFUSED = 2
    EXPIRED = 3
    WITHDRAWN = 4
    DROPPED = 5
    RETURNED = 6
    DRAFT = 7


STATUS = (
    "closed", "terminated", "refused", "expired", "withdrawn", "withdrawn", "returned", "draft",
)  # fmt: skip
WRITES = (7, 5, 5, 4, 4, 3, 3, 1)
COUNTED = (0.927, 0.006, 0.01, 0.057)
UNCOUNTED = (0.25, 0.2, 0.3, 0.25)
OUTCOMES = (
    "no_problem", "corrected", "pending", "no_activity", "closed_down", "uncooperative", "gone",
)  # fmt: skip
OUTCOME_SHARES = (0.755, 0.125, 0.075, 0.017, 0.012, 0.003, 0.013)
FOLLOW_UPS = ("none", "rectification", "transferred", "copied", "other", "daily_supervision")
DESK_OPENS, DESK_CLOSES = 8 * 3600 + 1800, 17 * 3600
PUBLICATION_TERM = 20
STARTS = np.array([510, 540, 540, 570, 600, 780, 810, 840, 870]) * 60


def pick(shares, dice: np.ndarray) -> np.ndarray:
    """Which share each throw falls into."""
    bounds = np.cumsum(shares)
    return np.searchsorted(bounds[:-1] / bounds[-1], dice, side="right")


@dataclass
class Course:
    """Some thousand filings in the order in which they were dated, and what became of each."""

    clock: YearClock
    rng: np.random.Generator
    dated: np.ndarray
    emergency: np.ndarray
    fate: np.ndarray

    @property
    def rows(self) -> int:
        return len(self.dated)

    def throw(self) -> np.ndarray:
        return self.rng.random(self.rows)

    def plan(self, desk: np.ndarray, renewal: int) -> None:
        """Approval at the agency's next desk hour, and a window of working days after it.

        No window spans the day `renewal`, on which many items get a new version.
        """
        self.created = self.dated - 300 - (self.throw() * 7200).astype(int)
        self.created = np.where(self.fate == Fate.DRAFT, self.dated, self.created)
        self.submitted = np.where(self.fate == Fate.DRAFT, NONE, self.dated)
        period = 1800 * (1 + desk % 3)
        approved = ((self.dated - desk) // period + 1) * period + desk
        self.approved = np.where(self.fate <= Fate.WITHDRAWN, approved, NONE)
        lead = np.floor(self.throw() ** 1.7 * 11).astype(int)
        day = self.clock.later(local_day(self.dated), lead)
        second = STARTS[(self.throw() * len(STARTS)).astype(int)]
        late = instant(day, second) < approved + 1200
        day = np.where(late, self.clock.later(local_day(approved), 1), day)
        span = np.maximum(np.floor(self.throw() * 12).astype(int) - 7, 0)
        last = self.clock.later(day, span)
        span = np.where((day < renewal) & (last >= renewal), 0, span)
        self.start_day, self.start_second, self.span = day, second, span
        self.start = instant(day, second)
        self.end = instant(self.clock.later(day, span), DESK_CLOSES)
        self.sudden = self.dated - 1800 - (self.throw() * 6 * 3600).astype(int)
        self.start = np.where(self.emergency, self.sudden, self.start)
        self.end = np.where(self.emergency, self.sudden + 4 * 3600, self.end)
        self.start_day = local_day(self.start)

    def share(self, leads: np.ndarray) -> None:
        """Let each filing after one of `leads` plan the same window."""
        for name in ("start", "end", "start_day", "start_second", "span"):
            column = getattr(self, name)
            column[leads + 1] = column[leads]

    def visit(self, leads: np.ndarray) -> None:
        """When the officers came and went; filings that share a visit came together."""
        went = self.fate <= Fate.REFUSED
        offset = np.floor(self.throw() * (self.span + 1)).astype(int)
        room = DESK_CLOSES - 600 - self.start_second
        moment = self.start_second + (self.throw() ** 1.5 * room).astype(int)
        arrived = instant(self.clock.later(self.start_day, offset), moment)
        arrived = np.where(self.emergency, self.sudden, arrived)
        stay = 1800 + (self.throw() ** 1.5 * 9000).astype(int)
        stay = np.where(self.fate >= Fate.TERMINATED, 600 + stay // 10, stay)
        arrived[leads + 1], stay[leads + 1] = arrived[leads], stay[leads]
        self.arrived = np.where(went, arrived, NONE)
        self.left = np.where(went, arrived + stay, NONE)
        until = self.start - approved_or(self.approved, self.start)
        noticed = (self.fate <= Fate.EXPIRED) & ~self.emergency
        served = self.approved + 60 + (self.throw() * np.minimum(until, 7200) * 0.8).astype(int)
        self.noticed = np.where(noticed, np.minimum(served, self.start), NONE)

    def settle(self) -> None:
        """What was found, what followed and when the filing ended."""
        self.outcome = pick(OUTCOME_SHARES, self.throw())
        self.follow_up = self._follow_up()
        self._record()
        self._rectify()
        confirmed_day = local_day(self.confirmed)
        other = (self.follow_up > 1) & (self.fate == Fate.CLOSED)
        finished = self.clock.later(
            np.where(self.rectified == NONE, confirmed_day, self.rectified),
            1 + (self.throw() * 4).astype(int),
        )
        done = other | (self.rectified != NONE)
        self.finished = np.where(done, finished, NONE)
        last = np.where(done, np.maximum(finished, confirmed_day), confirmed_day)
        closed = instant(
            self.clock.later(last, 1), 9 * 3600 + (self.throw() * 7 * 3600).astype(int)
        )
        self.closed = np.where(self.fate == Fate.CLOSED, closed, NONE)
        published = self.clock.later(confirmed_day, 1 + (self.throw() * 12).astype(int))
        seen = self.fate == Fate.CLOSED
        due = self.clock.later(local_day(self.recorded), PUBLICATION_TERM)
        self.publish_by = np.where(seen, due, NONE)
        self.published = np.where(seen, published, NONE)
        self.confirmed = np.where(seen, self.confirmed, NONE)
        self.delivered = np.where(seen, self.recorded + 300, NONE)
        self.revoked = self._revoked()

    def _record(self) -> None:
        soon = self.left + 600 + (self.throw() * 5400).astype(int)
        day = self.clock.later(local_day(self.left), 1 + (self.throw() * 3).astype(int))
        then = instant(day, 9 * 3600 + (self.throw() * 7200).astype(int))
        recorded = np.where(self.throw() < 0.7, soon, then)
        recorded = np.where(self.emergency, np.maximum(recorded, self.approved + 1800), recorded)
        self.recorded = np.where(self.fate == Fate.CLOSED, recorded, self.dated)
        day = self.clock.later(local_day(self.recorded), 1 + (self.throw() * 2).astype(int))
        self.confirmed = instant(day, DESK_OPENS + (self.throw() * 8 * 3600).astype(int))

    def _follow_up(self) -> np.ndarray:
        dice = self.throw()
        corrected = np.where(dice < 0.3, 1, 0)
        pending = pick((0, 0.78, 0.09, 0.08, 0.05), dice)
        idle = np.where(dice < 0.7, 5, 0)
        plain = self.outcome == OUTCOMES.index("no_problem")
        return np.select(
            [plain, self.outcome == 1, self.outcome == 2], [0, corrected, pending], default=idle
        )

    def _rectify(self) -> None:
        """Most mend in time, the others late."""
        ordered = (self.follow_up == 1) & (self.fate == Fate.CLOSED)
        day = local_day(self.arrived)
        allowed = 5 + (self.throw() * 26).astype(int)
        self.rectify_by = np.where(ordered, day + allowed, NONE)
        dice, more = self.throw(), self.throw()
        early = day + 1 + (more * (allowed - 1)).astype(int)
        late = day + allowed + 1 + (more * 10).astype(int)
        mended = np.where(dice < 0.82, early, late)
        self.rectified = np.where(ordered, mended, NONE)

    def _revoked(self) -> np.ndarray:
        lapsed = instant(self.clock.later(local_day(self.end), 1), 9 * 3600)
        approved = approved_or(self.approved, self.start - 2)
        given_up = approved + (self.start - approved) // 2
        at_door = (self.fate == Fate.TERMINATED) | (self.fate == Fate.REFUSED)
        return np.select(
            [self.fate == Fate.EXPIRED, self.fate == Fate.WITHDRAWN, at_door],
            [lapsed, given_up, self.left],
            default=NONE,
        )


def approved_or(approved: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The approval, or `other` where there was none."""
    return np.where(approved == NONE, other, approved)


def draw(clock: YearClock, counts: np.ndarray, first: int, extras: int, rng) -> Course:
    """The filings dated on the days from place `first` on, `counts` of each, `extras` uncounted.

    Days that are not worked see emergencies only; the year begins and ends with one, at its first
    and its last second.
    """
    place = first + np.repeat(np.arange(len(counts)), counts)
    day, rows = clock.days[place], len(place)
    urgent = (rng.random(rows) < 0.012) | ~clock.is_worked[place]
    morning = DESK_OPENS + rng.random(rows) ** 1.3 * 3 * 3600
    afternoon = 13 * 3600 + rng.random(rows) * 4 * 3600
    second = np.where(rng.random(rows) < 0.56, morning, afternoon)
    second = np.where(urgent, rng.random(rows) * DAY, second).astype(int)
    order = np.lexsort((second, day))
    dated, urgent = instant(day, second)[order], urgent[order]
    if first == 0:
        dated[0], urgent[0] = instant(clock.first, 0), True
    if first + len(counts) == len(clock.days):
        dated[-1], urgent[-1] = instant(clock.after, -1), True
    fate = pick(COUNTED, rng.random(rows))
    # An emergency was a visit before it was a filing.
    fate = np.where(urgent, Fate.CLOSED, fate)
    chances = np.where(urgent, 2.0, rng.random(rows))
    given_up = np.argsort(chances, kind="stable")[:extras]
    fate[given_up] = Fate.WITHDRAWN + pick(UNCOUNTED, rng.random(extras))
    return Course(clock, rng, dated, urgent, fate)
