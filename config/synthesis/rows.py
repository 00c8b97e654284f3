"""The rows of some thousand filings, table by table, in the order in which they must be written."""

import numpy as np

from config.synthesis import standing
from config.synthesis.batch import Batch, batch
from config.synthesis.clock import NONE, day_texts, texts
from config.synthesis.course import FOLLOW_UPS, OUTCOMES, STATUS, WRITES, Course, Fate, pick
from config.synthesis.parties import Parties
from filings.models import (
    Filing,
    FilingItem,
    FilingOfficer,
    Finding,
    Rating,
    Result,
    Visit,
)

TRIGGERS = (
    "annual_plan", "double_random", "permit", "requested", "superior", "media", "complaint",
    "assigned", "monitoring", "recheck", "emergency",
)  # fmt: skip
TRIGGER_SHARES = (0.42, 0.2, 0.03, 0.02, 0.13, 0.01, 0.09, 0.04, 0.03, 0.03)
TYPES = ("daily", "daily", "daily", "daily", "special", "special") + ("case",) * 5
PROBLEMS = (
    "证照未及时变更",
    "记录不完整",
    "标识不清",
    "设施维护不到位",
    "人员培训不足",
    "台账缺失",
)
SEVERITIES = ("minor", "serious", "critical")
CLAUSES = ("2. 制度与记录完整", "1. 证照齐全有效", "3. 现场无重大隐患")
TAGS = ("[]", '["certificate_shown"]', '["code_shown", "courteous"]', '["items_told"]')


class Ids:
    """The next free primary key of every table."""

    def __init__(self, first: dict[type, int]):
        self.next = dict(first)

    def take(self, model: type, count: int) -> np.ndarray:
        start = self.next[model]
        self.next[model] = start + count
        return np.arange(start, start + count)


class Rows:
    """Turns a course and its parties into batches; asks `year` for what lasts beyond them."""

    def __init__(self, year, course: Course, parties: Parties):
        self.year, self.course, self.parties = year, course, parties
        self.filing_ids = year.ids.take(Filing, course.rows)
        self.place = [year.subjects.address(s) for s in parties.subject.tolist()]
        self.single = (parties.items >= 0).sum(axis=1) == 1

    def batches(self) -> list[Batch]:
        visits = self._visits()
        filings = self._filings()
        items = self._items()
        members = self._members()
        results, findings = self._results()
        return [visits, filings, items, members, results, findings, self._ratings()]

    def _visits(self) -> Batch:
        course, parties = self.course, self.parties
        follows = np.zeros(course.rows, bool)
        follows[parties.leads + 1] = True
        opens = (course.fate <= Fate.REFUSED) & ~follows
        self.host = np.flatnonzero(opens)
        ids = self.year.ids.take(Visit, len(self.host))
        self.visit_of = np.full(course.rows, -1)
        self.visit_of[self.host] = ids
        self.visit_of[parties.leads + 1] = self.visit_of[parties.leads]
        host, urgent = self.host, course.emergency[self.host]
        late = urgent | (course.rng.random(len(host)) < 0.02)
        dice = course.rng.random(len(host))
        scan = np.where(late, 2, (dice < 0.25).astype(int))
        recorded = course.arrived[host] + np.where(late, 1200, (dice * 180).astype(int))
        refused = course.fate[host] == Fate.REFUSED
        place = [self.year.subjects.position(s) for s in parties.subject[host].tolist()]
        return batch(
            Visit,
            {
                "id": ids,
                "subject_id": self.year.subjects.first + parties.subject[host],
                "arrived_at": texts(course.arrived[host]),
                "left_at": texts(course.left[host]),
                "recorded_at": texts(recorded),
                "latitude": [north for north, _ in place],
                "longitude": [east for _, east in place],
                "accuracy": 5 + (dice * 40).astype(int),
                "scan_of": _words(("filing", "subject", "none"), scan),
                "code_shown": (~late & ~refused).astype(int),
                "certificates_shown": (~refused | (dice < 0.5)).astype(int),
                "late_reason": _words(("", "紧急情况，离开前补录"), late.astype(int)),
                "joint": parties.joint[host].astype(int),
            },
        )

    def _filings(self) -> Batch:
        course, parties, year = self.course, self.parties, self.year
        numbers, digests = year.number(course, parties.agency)
        own, everyone = year.nth(course, parties)
        fate = course.fate
        columns = {
            "id": self.filing_ids,
            "number": numbers,
            "code_digest": digests,
            "code_revoked_at": texts(course.revoked),
            "status": _words(STATUS, fate),
            "version": _words(WRITES, fate),
            "dated_at": texts(course.dated),
            "agency_id": year.agency_ids[parties.agency],
            "principal_id": _words(year.principals, parties.agency),
            "subject_id": year.subjects.first + parties.subject,
            "visit_id": _optional(self.visit_of, self.visit_of >= 0),
            "place": self.place,
            "planned_start": texts(course.start),
            "planned_end": texts(course.end),
            "created_at": texts(course.created),
            "submitted_at": texts(course.submitted),
            "approved_at": texts(course.approved),
            "closed_at": texts(course.closed),
            "nth_of_agency": _optional(own, own > 0),
            "nth_of_all": _optional(everyone, everyone > 0),
        }
        return batch(Filing, {**columns, **self._grounds(), **self._handling()})

    def _grounds(self) -> dict:
        """Why the inspection was filed and of what type it is."""
        course, year = self.course, self.year
        trigger = pick(TRIGGER_SHARES, course.throw())
        trigger = np.where(course.emergency, TRIGGERS.index("emergency"), trigger)
        planned = [TYPES[t] != "case" for t in range(len(TRIGGERS))]
        plans = [standing.number(body, year.plan.year) for body in year.made]
        ending = {"special": standing.SPECIAL}
        pairs = zip(self.parties.agency.tolist(), trigger.tolist(), strict=True)
        complaint = TRIGGERS.index("complaint")
        return {
            "check_type": _words(TYPES, trigger),
            "trigger": _words(TRIGGERS, trigger),
            "double_random": (trigger == 1).astype(int),
            "recheck": (trigger == TRIGGERS.index("recheck")).astype(int),
            "plan_number": [
                plans[a] + ending.get(TYPES[t], "") if planned[t] else "" for a, t in pairs
            ],
            "trigger_source": [
                f"12345-{n}" if t == complaint else ""
                for n, t in zip(self.filing_ids.tolist(), trigger.tolist(), strict=True)
            ],
        }

    def _handling(self) -> dict:
        """How it was to be made, approved and announced."""
        course, catalogue = self.course, self.year.catalogue
        first = self.parties.items[:, 0]
        alone = self.single & ~course.emergency & ~self.parties.joint
        secret = alone & catalogue.unannounced[first] & (course.throw() < 0.2)
        method = np.where(self.single & (course.throw() < 0.15), catalogue.methods[first], 0)
        off_site = (catalogue.off_site[self.parties.items] & (self.parties.items >= 0)).any(axis=1)
        approved = course.approved != NONE
        noticed = np.where(secret, NONE, course.noticed)
        channel = np.where(noticed == NONE, 0, 1 + (course.throw() * 3).astype(int))
        kind = np.where(approved, 1 + course.emergency, 0)
        back_filed = np.where(course.emergency, course.dated, NONE)
        return {
            "unannounced": secret.astype(int),
            "method": _words(("on_site", "documents", "testing"), method),
            "on_site_reason": _words(("", "需查看现场设施"), off_site.astype(int)),
            "assistants": (course.throw() ** 4 * 3).astype(int),
            "emergency": course.emergency.astype(int),
            "back_filed_at": texts(back_filed),
            "back_fill_reason": _words(("", "紧急情况先行检查"), course.emergency.astype(int)),
            "approval_kind": _words(("", "before", "after"), kind),
            "approval_opinion": _words(("", "同意"), approved.astype(int)),
            "notice_served_at": texts(noticed),
            "notice_channel": _words(("", "paper", "sms", "phone"), channel),
        }

    def _items(self) -> Batch:
        items = self.parties.items
        which, place = np.nonzero(items >= 0)
        ids = self.year.ids.take(FilingItem, len(which))
        self.first_item = ids[place == 0]
        versions = self.year.catalogue.version_on(items[which, place], self.course.start_day[which])
        return batch(
            FilingItem,
            {"id": ids, "filing_id": self.filing_ids[which], "item_version_id": versions},
        )

    def _members(self) -> Batch:
        officers = self.parties.officers
        which, place = np.nonzero(officers >= 0)
        officer = officers[which, place]
        # A draft has not been checked against certificates yet.
        checked = self.course.fate[which] != Fate.DRAFT
        return batch(
            FilingOfficer,
            {
                "id": self.year.ids.take(FilingOfficer, len(which)),
                "filing_id": self.filing_ids[which],
                "officer_id": self.year.first_officer + officer,
                "certificate_id": _optional(self.year.first_certificate + officer, checked),
                "lead": (place == 0).astype(int),
            },
        )

    def _results(self) -> tuple[Batch, Batch]:
        course = self.course
        done = np.flatnonzero(course.fate == Fate.CLOSED)
        ids = self.year.ids.take(Result, len(done))
        outcome = course.outcome[done]
        problem = (outcome == 1) | (outcome == 2)
        penalty = problem & (course.rng.random(len(done)) < 0.12)
        results = batch(
            Result,
            {
                "id": ids,
                "filing_id": self.filing_ids[done],
                "outcome": _words(OUTCOMES, outcome),
                "follow_up": _words(FOLLOW_UPS, course.follow_up[done]),
                "complete_record": (course.rng.random(len(done)) < 0.99).astype(int),
                "enforcement_followed": penalty.astype(int),
                "rectify_by": day_texts(course.rectify_by[done]),
                "rectified_on": day_texts(course.rectified[done]),
                "finished_on": day_texts(course.finished[done]),
                "recorded_at": texts(course.recorded[done]),
                "confirmed_at": texts(course.confirmed[done]),
                "delivered_at": texts(course.delivered[done]),
                "publish_by": day_texts(course.publish_by[done]),
                "published_on": day_texts(course.published[done]),
            },
        )
        return results, self._findings(ids[problem], self.first_item[done[problem]])

    def _findings(self, result_ids: np.ndarray, item_ids: np.ndarray) -> Batch:
        dice = self.course.rng.random(len(result_ids))
        severity = np.searchsorted((0.7, 0.94), dice, side="right")
        return batch(
            Finding,
            {
                "id": self.year.ids.take(Finding, len(result_ids)),
                "result_id": result_ids,
                "filing_item_id": item_ids,
                "clause": _words(CLAUSES, severity),
                "severity": _words(SEVERITIES, severity),
                "text": _words(PROBLEMS, (dice * 997).astype(int) % len(PROBLEMS)),
            },
        )

    def _ratings(self) -> Batch:
        course, host = self.course, self.host
        rated = (course.rng.random(len(host)) < 0.35) & (course.fate[host] == Fate.CLOSED)
        host = host[rated]
        dice = course.rng.random(len(host))
        level = 5 - np.searchsorted((0.7, 0.9, 0.96, 0.985), dice, side="right")
        day = (course.left[host] + 8 * 3600) // 86400 + (dice * 997).astype(int) % 8
        return batch(
            Rating,
            {
                "id": self.year.ids.take(Rating, len(host)),
                "agency_id": self.year.agency_ids[self.parties.agency[host]],
                "level": level,
                "tags": _words(TAGS, (dice * 9973).astype(int) % len(TAGS)),
                "rated_on": day_texts(day),
            },
        )


def _words(words, places: np.ndarray) -> list:
    return [words[place] for place in places.tolist()]


def _optional(numbers: np.ndarray, given: np.ndarray) -> list:
    listed = numbers.tolist()
    for index in np.flatnonzero(~given).tolist():
        listed[index] = None
    return listed
