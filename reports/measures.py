"""Which filings does each figure count, and along what are they parted?  Arithmetic, no database.

A measure marks filings, a dimension gives each filing the place of its row.  Figures and the lists
that open behind them are both taken from here, so they cannot differ.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from filings.models import Result, Subject
from reports.facts import FOLLOW_UP, OUTCOME, STATUS, TRIGGER, Facts
from reports.likeness import Mask, first_of, lots, sizes

STANDINGS = (
    "imported", "unnumbered", "withdrawn", "voided", "waiting", "expired", "refused",
    "terminated", "unrecorded", "incomplete", "enforced", "statutory",
)  # fmt: skip
APART = STANDINGS[:4]
UNVISITED = ("expired", "refused", "terminated")
TIMINGS = ("before", "on_site", "after", "late", "open")
CLASSES = ("", *Subject.CreditClass.values)
TIMES = ("1", "2", "3", "4", "5+")
MONTHS = 16
"""More than any period touches."""
PROBLEMS = (Result.Outcome.CORRECTED, Result.Outcome.PENDING)
PLANNED = ("annual_plan", "double_random")


class Measures:
    """Everything that can be asked of the facts of one compile."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.rows = facts, facts.filings

    def mask(self, name: str) -> Mask:
        """Which filings the measure `name` counts."""
        known: Mask | None = getattr(self, f"is_{name}", None)
        if known is not None:
            return known
        kind, _, code = name.partition(":")
        return _CODED[kind](self, code)

    def _status(self, *codes: str) -> Mask:
        return np.isin(self.rows["status"], [STATUS.codes.index(code) for code in codes])

    @cached_property
    def standing(self) -> np.ndarray:
        """For each filing its place in STANDINGS: the first that fits (R-STA-4)."""
        flag = self.facts.flag
        fits = {
            "imported": ~flag("native"),
            "withdrawn": self._status("withdrawn"),
            "voided": self._status("voided"),
            "unnumbered": ~flag("numbered"),
            **{name: self._status(name) for name in UNVISITED},
            "waiting": ~flag("has_result") & self._status("approved"),
            "unrecorded": ~flag("has_result"),
            "incomplete": ~flag("complete"),
            "enforced": flag("enforced"),
        }
        places = [np.int8(STANDINGS.index(name)) for name in fits]
        return np.select(list(fits.values()), places, np.int8(STANDINGS.index("statutory")))

    @cached_property
    def is_every(self) -> Mask:
        return np.ones(len(self.rows), bool)

    @cached_property
    def is_count(self) -> Mask:
        """The filings of the year (D4)."""
        return self.standing >= len(APART)

    @cached_property
    def is_statutory(self) -> Mask:
        return self.standing == STANDINGS.index("statutory")

    @cached_property
    def is_due(self) -> Mask:
        """Counted filings that have or still owe a result."""
        gone = [STANDINGS.index(name) for name in UNVISITED]
        return self.is_count & ~np.isin(self.standing, gone)

    @cached_property
    def is_resulted(self) -> Mask:
        return self.is_due & self.facts.flag("has_result")

    @cached_property
    def is_to_enter(self) -> Mask:
        return self.is_due & ~self.is_resulted

    @cached_property
    def is_published(self) -> Mask:
        return self.is_resulted & self.facts.flag("published")

    @cached_property
    def is_to_publish(self) -> Mask:
        """Results that the public may read: all but those withheld for a reason."""
        return self.is_resulted & ~self.facts.flag("withheld")

    @cached_property
    def is_published_in_time(self) -> Mask:
        return self.is_published & self.facts.flag("published_in_time")

    @cached_property
    def is_entering(self) -> Mask:
        return self.is_resulted & ~self.is_published

    @cached_property
    def is_finished(self) -> Mask:
        return self.is_published & self._status("closed")

    @cached_property
    def is_problem(self) -> Mask:
        places = [OUTCOME.codes.index(code) for code in PROBLEMS]
        return self.is_resulted & np.isin(self.rows["outcome"], places)

    @cached_property
    def is_put_right(self) -> Mask:
        """Problems that were corrected on order, rectified, or handed on and closed."""
        corrected = self.rows["outcome"] == OUTCOME.codes.index(Result.Outcome.CORRECTED)
        settled = corrected | self.facts.flag("rectified") | self._status("closed")
        return self.is_problem & settled

    @cached_property
    def is_planned(self) -> Mask:
        """Filings set off by a plan or a draw."""
        places = [TRIGGER.codes.index(code) for code in PLANNED]
        return self.is_count & np.isin(self.rows["trigger"], places)

    @cached_property
    def is_planless(self) -> Mask:
        return self.is_planned & ~self.facts.flag("planned")

    @cached_property
    def is_unfiled(self) -> Mask:
        """Visits on record whose filing never got a number."""
        return (self.standing == STANDINGS.index("unnumbered")) & self.facts.flag("arrived")

    @cached_property
    def is_scan_unfiled(self) -> Mask:
        return self.is_unfiled & self.facts.flag("scanned")

    @cached_property
    def is_known(self) -> Mask:
        """Every inspection that is known of: the filings, and the visits never filed."""
        return self.is_count | self.is_unfiled

    @cached_property
    def is_off_site(self) -> Mask:
        return self.is_count & (self.rows["method"] != 0)

    @cached_property
    def is_arrived(self) -> Mask:
        return self.is_count & self.facts.flag("arrived")

    @cached_property
    def is_visit(self) -> Mask:
        """One filing for each visit that was made: a joint visit counts once."""
        return first_of(self.is_arrived, self.rows["visit"])

    @cached_property
    def is_joint_visit(self) -> Mask:
        return self.is_visit & self.facts.flag("joint")

    @cached_property
    def is_shareable_visit(self) -> Mask:
        """Visits that were joint, or at subjects on which several agencies filed in that month."""
        return self.is_visit & (self.facts.flag("joint") | self._crowded)

    @cached_property
    def _crowded(self) -> Mask:
        """Counted filings upon whose subject another agency filed in the same month."""
        agency = self.rows["agency"]
        crowded = np.zeros(len(self.rows), bool)
        for lot in lots(self.is_count, self.rows["subject"], self.rows["month"]):
            at, begins = lot
            agencies = agency[at]
            others = agencies != np.repeat(agencies[begins], sizes(lot))
            crowded[at] = np.repeat(np.logical_or.reduceat(others, begins), sizes(lot))
        return crowded

    @cached_property
    def is_joint(self) -> Mask:
        """Filings whose visit was made by several agencies together."""
        return self.is_arrived & self.facts.flag("joint")

    @cached_property
    def is_coded(self) -> Mask:
        return self.is_arrived & self.facts.flag("code_shown")

    @cached_property
    def is_scanned(self) -> Mask:
        return self.is_arrived & self.facts.flag("scanned")

    @cached_property
    def is_certificates_shown(self) -> Mask:
        return self.is_arrived & self.facts.flag("certificates_shown")

    @cached_property
    def is_unannounced(self) -> Mask:
        return self.is_count & self.facts.flag("unannounced")

    @cached_property
    def is_coded_visit(self) -> Mask:
        """Visits at which the code was shown before the start."""
        return self.is_visit & self.facts.flag("code_shown")

    @cached_property
    def is_scanned_visit(self) -> Mask:
        return self.is_visit & self.facts.flag("scanned")

    @cached_property
    def is_visited_subject(self) -> Mask:
        """One filing for each subject that was visited."""
        return first_of(self.is_arrived, self.rows["subject"])

    @cached_property
    def timing(self) -> np.ndarray:
        """For each filing its place in TIMINGS."""
        flag = self.facts.flag
        urgent, filed = flag("emergency"), flag("numbered")
        fits = [
            urgent & flag("unlocked"),
            flag("before_leaving") & (urgent | ~flag("before_arrival")) & flag("arrived"),
            urgent & ~filed,
            urgent,
            flag("before_arrival") | ~flag("arrived"),
        ]
        places = [TIMINGS.index(name) for name in ("late", "on_site", "open", "after", "before")]
        return np.select(fits, places, TIMINGS.index("after"))

    @cached_property
    def times(self) -> np.ndarray:
        """How often the agency filed upon the same subject in the period: place in TIMES."""
        return self._pairs[0]

    @cached_property
    def credit_class(self) -> np.ndarray:
        """For each filing the place of its subject's credit class in CLASSES."""
        places = np.zeros(len(self.rows), np.int8)
        for place, code in reversed(list(enumerate(CLASSES[1:], 1))):
            places[self.facts.flag(f"class_{code}")] = place
        return places

    @cached_property
    def is_pair(self) -> Mask:
        """One filing for each agency and subject it filed upon."""
        return self._pairs[1]

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, Mask]:
        """Of the counted filings of one agency upon one subject the number, and one of them."""
        times, one_of = np.full(len(self.rows), -1, np.int8), np.zeros(len(self.rows), bool)
        for lot in lots(self.is_count, self.rows["agency"], self.rows["subject"]):
            at, begins = lot
            number = np.minimum(sizes(lot), len(TIMES)).astype(np.int8)
            times[at] = np.repeat(number - 1, sizes(lot))
            one_of[at[begins]] = True
        return times, one_of


def _outcome(measures: Measures, code: str) -> Mask:
    return measures.is_resulted & (measures.rows["outcome"] == OUTCOME.codes.index(code))


def _follow_up(measures: Measures, code: str) -> Mask:
    return measures.is_resulted & (measures.rows["follow_up"] == FOLLOW_UP.codes.index(code))


def _standing(measures: Measures, code: str) -> Mask:
    return measures.standing == STANDINGS.index(code)


def _timing(measures: Measures, code: str) -> Mask:
    return measures.is_count & (measures.timing == TIMINGS.index(code))


_CODED: dict[str, Callable[[Measures, str], Any]] = {
    "outcome": _outcome,
    "follow_up": _follow_up,
    "standing": _standing,
    "timing": _timing,
}
