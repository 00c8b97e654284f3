"""One row of plain numbers per filing of a period: what every figure is counted from.

The facts of a compile are kept with it, so that a figure opens the filings that it counted on that
day, whatever has become of them since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from agencies.models import ItemVersion
from filings.models import Filing, Result, Subject, SupervisionCase
from filings.workflow import Status
from reports.likeness import stretches

INDUSTRIES = "ABCDEFGHIJKLMNOPQRST"
NEVER = 0


class Words:
    """Numbers for the codes of one column: the place of each among them all."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = list(codes)
        self._places = {code: place for place, code in enumerate(self.codes)}

    def place(self, code: str | None) -> int:
        """The place of the code, -1 for none."""
        return self._places.get(code or "", -1)


STATUS = Words(Status.values)
TYPE = Words(Filing.CheckType.values)
TRIGGER = Words(Filing.Trigger.values)
METHOD = Words(ItemVersion.Method.values)
OUTCOME = Words(Result.Outcome.values)
FOLLOW_UP = Words(Result.FollowUp.values)
INDUSTRY = Words(INDUSTRIES)
FLAGS = (
    "native", "numbered", "emergency", "unlocked", "unannounced", "planned", "arrived",
    "before_arrival", "before_leaving", "code_shown", "certificates_shown", "scanned", "joint",
    "has_result", "complete", "enforced", "published", "withheld", "delivered", "rectified",
    "published_in_time", *(f"class_{code}" for code in Subject.CreditClass.values),
)  # fmt: skip
BITS = {name: 1 << place for place, name in enumerate(FLAGS)}
KEPT = np.dtype(
    [("id", "<i8"), ("agency", "<i4"), ("subject", "<i4"), ("visit", "<i4"), ("flags", "<u4"),
     ("month", "i1"), ("industry", "i1"), ("status", "i1"), ("type", "i1"),
     ("trigger", "i1"), ("method", "i1"), ("outcome", "i1"), ("follow_up", "i1")]
)  # fmt: skip
ITEM_LINK = np.dtype([("filing", "<i4"), ("item", "<i4")])
CASE_LINK = np.dtype([("filing", "<i4"), ("kind", "i1"), ("outcome", "i1")])
CASE_KINDS = [one.value for one in SupervisionCase.Kind if one != SupervisionCase.Kind.BAD_RATING]
"""Which cases lead to filings: not the bad ratings, which no figure tells one by one."""
CASE_OUTCOMES = ["open", *SupervisionCase.Outcome.values]
ALERT_LINK = np.dtype([("filing", "<i4"), ("rule", "<i2"), ("handled", "i1")])
LINKS = {"items": ITEM_LINK, "alerts": ALERT_LINK, "cases": CASE_LINK}


@dataclass(frozen=True, slots=True)
class Facts:
    """The filings in order of their ids; items, alerts and cases of each by its place there."""

    filings: np.ndarray
    items: np.ndarray
    alerts: np.ndarray
    cases: np.ndarray
    rules: list[str]

    def flag(self, name: str) -> np.ndarray:
        """For each filing whether the flag is up."""
        marked = np.empty(len(self.filings), bool)
        for part in stretches(len(marked)):
            marked[part] = (self.filings["flags"][part] & np.uint32(BITS[name])) != 0
        return marked

    def taken(self, wanted: np.ndarray) -> "Facts":
        """The facts of the marked filings alone."""
        place = np.cumsum(wanted) - 1
        links = [_linked(links, wanted, place) for links in (self.items, self.alerts, self.cases)]
        return Facts(self.filings[wanted], *links, self.rules)


NOTHING = Facts(np.zeros(0, KEPT), *(np.zeros(0, kind) for kind in LINKS.values()), rules=[])


def _linked(links: np.ndarray, wanted: np.ndarray, place: np.ndarray) -> np.ndarray:
    kept = links[wanted[links["filing"]]].copy()
    kept["filing"] = place[kept["filing"]]
    return kept


def joined(parts: Iterable[Facts]) -> Facts:
    """The facts of several sets of filings together, in order of their ids."""
    parts = list(parts)
    filings = np.concatenate([np.zeros(0, KEPT), *(part.filings for part in parts)])
    order = None
    if np.any(filings["id"][1:] < filings["id"][:-1]):
        order = np.argsort(filings["id"], kind="stable")
        filings = filings[order]
    return Facts(filings, **_links(parts, [len(part.filings) for part in parts], order))


def come(parts: Iterable[Facts], room: int) -> Facts:
    """The same of parts that come in the order of their ids, without holding any of them twice.

    There should be `room` for the filings of all.
    """
    filings, rest, sizes = np.empty(room, KEPT), [], [0]
    for part in parts:
        start, end = sum(sizes), sum(sizes) + len(part.filings)
        if end > len(filings):
            filings = np.concatenate([filings[:start], np.empty(end - start, KEPT)])
        filings[start:end] = part.filings
        sizes.append(len(part.filings))
        rest.append(replace(part, filings=NOTHING.filings))
    return Facts(filings[: sum(sizes)], **_links(rest, sizes[1:], None))


def _links(parts: list[Facts], sizes: list[int], order: np.ndarray | None) -> dict[str, Any]:
    """The items, alerts and cases of all, and the rules by which alerts were raised.

    `order` says which filing stands in each place, where that is not the order of the parts.
    """
    rules = sorted({rule for part in parts for rule in part.rules})
    starts = np.cumsum([0, *sizes])
    if order is not None:
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
    filled = dict.fromkeys(LINKS, 0)
    links = {
        name: np.empty(sum(len(getattr(part, name)) for part in parts), kind)
        for name, kind in LINKS.items()
    }
    parts.reverse()
    for start in starts[:-1].tolist():
        # Let go of at once: a year holds none of them twice.
        part = parts.pop()
        for name in LINKS:
            own = getattr(part, name)
            rows = links[name][filled[name] : filled[name] + len(own)]
            rows[:] = own
            filled[name] += len(own)
            rows["filing"] += start
            if order is not None:
                rows["filing"] = place[rows["filing"]]
            if name == "alerts" and len(rows):
                known = np.array([rules.index(rule) for rule in part.rules])
                rows["rule"] = known[rows["rule"]]
    return {"rules": rules, **links}
