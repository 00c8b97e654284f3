"""One filing with everything that belongs to it, judged by the definitions alone.

Beijing time is eight hours ahead of UTC (true of every year from 1992 on).
"""

from datetime import timedelta

from tests.oracle.codes import INDUSTRIES

APART = {"imported", "withdrawn", "voided", "unnumbered"}
GONE = {"expired", "refused", "terminated"}


def local(instant):
    return (instant + timedelta(hours=8)).replace(tzinfo=None)


def rounded(over, under):
    """Over divided by under, half up to two places, as text; None where there is nothing."""
    if not under:
        return None
    hundredths = (200 * over + under) // (2 * under)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


class Case:
    """One filing with everything that belongs to it."""

    def __init__(self, filing, result, visit, subject):
        self.filing, self.result, self.visit = filing, result, visit
        section = subject["industry"][:1]
        self.industry = section if section in INDUSTRIES else "none"
        self.credit_class = subject["credit_class"]
        self.standing = self._standing()
        self.counted = self.standing not in APART
        self.due = self.counted and self.standing not in GONE
        self.resulted = self.due and result is not None
        self.published = self.resulted and result["published_on"] is not None
        self.finished = self.published and filing["status"] == "closed"
        self.to_publish = self.resulted and not result["publication_withheld"]
        by = result and result["publish_by"]
        self.in_time = bool(self.published and by and result["published_on"] <= by)
        self.problem = self.resulted and result["outcome"] in ("corrected", "pending")
        never = self.standing == "unnumbered"
        self.unfiled = bool(never and visit and visit["arrived_at"])
        self.arrived = bool(self.counted and visit and visit["arrived_at"])

    def _standing(self):
        filing, result = self.filing, self.result
        if filing["origin"] == "imported":
            return "imported"
        if filing["status"] in ("withdrawn", "voided"):
            return filing["status"]
        if not filing["number"]:
            return "unnumbered"
        if filing["status"] in GONE:
            return filing["status"]
        if result is None:
            return "waiting" if filing["status"] == "approved" else "unrecorded"
        if not result["complete_record"]:
            return "incomplete"
        return "enforced" if result["enforcement_followed"] else "statutory"

    @property
    def timing(self):
        filing, visit = self.filing, self.visit or {}
        arrived, left = visit.get("arrived_at"), visit.get("left_at")
        if filing["emergency"]:
            if filing["unlocked_at"]:
                return "late"
            said = filing["back_filed_at"] or filing["submitted_at"]
            if arrived and left and said and said <= left:
                return "on_site"
            return "after" if filing["number"] else "open"
        said = filing["submitted_at"]
        if not arrived or (said and said < arrived):
            return "before"
        moment = filing["back_filed_at"] or said
        return "on_site" if left and moment and moment <= left else "after"

    @property
    def put_right(self):
        settled = self.result and (
            self.result["outcome"] == "corrected"
            or self.result["rectified_on"]
            or self.filing["status"] == "closed"
        )
        return bool(self.problem and settled)
