"""The officers of a synthetic year and their certificates."""

from datetime import date

import numpy as np

from agencies.spelling import search_text
from config.synthesis.agencies import FOUNDED, Body
from config.synthesis.batch import Batch, of_records
from config.synthesis.names import person
from config.synthesis.plan import Plan
from officers.models import Certificate, Officer

ISSUER = "吉林市人民政府（演示）"
POSTS = ("科员", "一级科员", "主任科员", "副科长", "科长")


class People:
    """`count[a]` officers stand at agency a; the first `steady[a]` served and were certified all
    year, and only they inspect.  Of the rest some came late, some lost or outlived a certificate.
    """

    def __init__(self, plan: Plan, made: list[Body], share: np.ndarray):
        self.plan, self.made = plan, made
        lasting = plan.agencies
        self.count = np.full(len(made), 4)
        self.count[:lasting] = _portion(plan.officers, share[:lasting])
        self.steady = np.where(self.count > 4, self.count - self.count // 12, self.count)
        self.steady[lasting:] = 4
        self.leaving = max(3, plan.officers // 50)
        self.start = np.concatenate([[0], np.cumsum(self.count)[:-1]])
        self.total = int(self.count.sum()) + self.leaving

    def batches(self, agency_ids: np.ndarray, first_officer: int, first_paper: int) -> list[Batch]:
        """The rows of officers and certificates; officer n holds certificate n."""
        officers, papers = [], []
        agency = np.repeat(np.arange(len(self.made)), self.count)
        leavers = agency[np.arange(self.leaving) * 13 % int(self.count[: self.plan.agencies].sum())]
        for number, at in enumerate([*agency.tolist(), *leavers.tolist()]):
            place = number - int(self.start[at]) if number < len(agency) else -1
            joined, left = self._service(number, at, place)
            officers.append(
                {
                    "id": first_officer + number,
                    "agency_id": int(agency_ids[at]),
                    "code": f"Y{number + 1:06d}",
                    "name": person(number),
                    "search": search_text(person(number)),
                    "post": POSTS[number % len(POSTS)],
                    "joined_on": str(joined),
                    "left_on": None if left is None else str(left),
                }
            )
            standing = self._certificate(number, at, place, joined)
            papers.append({"id": first_paper + number, "officer_id": first_officer + number})
            papers[-1].update(standing)
        return [of_records(Officer, officers), of_records(Certificate, papers)]

    def _service(self, number: int, at: int, place: int) -> tuple[date, date | None]:
        body, year = self.made[at], self.plan.year
        if place < 0:
            month = 1 + number % 12
            # One leaves on the last day and so no longer serves on it.
            return FOUNDED, date(year, 12, 31) if month == 12 else date(year, month, 15)
        if place < self.steady[at] or number % 3:
            return max(body.starts, FOUNDED), body.ends
        return max(body.starts, date(year, 2 + number % 10, 1)), body.ends

    def _certificate(self, number: int, at: int, place: int, joined: date) -> dict:
        year, status, until = self.plan.year, "active", date(self.plan.year + 2, 12, 31)
        if place >= self.steady[at]:
            lapses = number % 4
            status = "suspended" if lapses == 1 else "active"
            until = date(year, 6, 30) if lapses == 2 and joined.year < year else until
        return {
            "kind": "ministry" if self.made[at].domain.line == "central" else "national",
            "issuer": ISSUER,
            "number": f"22020{number + 1:07d}",
            "valid_from": str(max(joined, date(year - 3, 1, 1))),
            "valid_to": str(until),
            "status": status,
            "last_checked_on": str(date(year, 1, 1)),
        }


def _portion(total: int, share: np.ndarray) -> np.ndarray:
    """`total` officers over the agencies: two for each, the rest by their share of the work."""
    free = total - 2 * len(share)
    weights = np.sqrt(share) / np.sqrt(share).sum()
    exact = weights * free
    counts = np.floor(exact).astype(int)
    left = free - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:left]] += 1
    return counts + 2
