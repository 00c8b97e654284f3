"""A second count of a period, written from the definitions alone.

Plain Python over exported rows: no database, no Django and nothing of the compiler.
"""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from tests.oracle.caps import Caps
from tests.oracle.case import rounded
from tests.oracle.codes import (
    FREQUENCY,
    INDUSTRIES,
    METHODS,
    STANDINGS,
    TIMINGS,
    TRIGGERS,
    TYPES,
)


def recount(rows, region_code, year=2022, first=None, last=None):
    """The figures of the days from `first` to `last` for `region_code` and its divisions."""
    return _Recount(
        rows, region_code, first or date(year, 1, 1), last or date(year, 12, 31)
    ).figures()


class _Recount(Caps):
    def figures(self):
        tables = {
            "reconciliation": [
                {"code": s, "count": sum(c.standing == s for c in self.read)} for s in STANDINGS
            ],
            "by_agency": self._by_agency(),
            "by_region": self._by_region(),
            "by_month": self._tally(self._months(), self._month_of),
            "by_type": self._tally(TYPES, lambda c: c.filing["check_type"]),
            "by_trigger": self._tally(TRIGGERS, lambda c: c.filing["trigger"]),
            "by_method": self._tally(METHODS, lambda c: c.filing["method"]),
            "by_industry": self._tally([*INDUSTRIES, "none"], lambda c: c.industry),
            "by_timing": self._tally(TIMINGS, lambda c: c.timing),
            "by_item": self._by_item(),
            "sheet": self._sheet(self._per_agency),
            "sheet_by_region": self._sheet(self._per_region),
            "conduct": self._conduct(),
            "caps": self._caps(),
            "caps_by_agency": self._caps_by_agency(),
            "by_outcome": self._by_outcome(),
            "by_follow_up": self._by_follow_up(),
            "by_times": self._by_times(),
            "by_rating": self._by_rating(),
            "alerts": self._alerts(),
            "cases": self._cases_by_kind(),
            "certificates": self._certificates(),
        }
        return {
            "totals": self._totals(),
            "tables": tables,
            "indicators": self._indicators(),
            "missing": self._missing(tables),
        }

    def _totals(self):
        items = {v["item_id"] for v in self.rows["versions"] if self._covers(v)}
        claimed = {c["item_id"] for c in self._claims if self._covers(c)}
        kinds = Counter(c.standing for c in self.read)
        points, rated = sum(self._rated), len(self._rated)
        return {
            "agencies": sum(self._covers(a) for a in self.agencies.values()),
            "items": len(items),
            "items_claimed": len(items & claimed),
            "officers": len(self._serving),
            "officers_certified": len(self._certified),
            "filings": len(self.counted),
            "statutory": kinds["statutory"],
            **{name: kinds[name] for name in ("imported", "withdrawn", "voided", "unnumbered")},
            "visits": len(self._visits),
            "joint_visits": sum(c.visit["joint"] for c in self._visits.values()),
            "visited_subjects": len({c.filing["subject_id"] for c in self._visits.values()}),
            "rated_visits": rated,
            "mean_rating": rounded(points, rated),
        }

    def _indicators(self):
        counted, visits = self.counted, list(self._visits.values())
        due = sum(c.due for c in counted)
        resulted = sum(c.resulted for c in counted)
        published = sum(c.published for c in counted)
        often = [a for a in self._raised if a["code"] in FREQUENCY]
        problems = sum(c.problem for c in counted)
        parts = {
            "planned_share": (self._planned(), len(counted)),
            "code_shown": (sum(c.visit["code_shown"] for c in visits), len(visits)),
            "scanned": (sum(c.visit["scan_of"] != "none" for c in visits), len(visits)),
            "completion": (published, due),
            "publication": (published, resulted),
            "publication_in_time": (
                sum(c.in_time for c in counted),
                sum(c.to_publish for c in counted),
            ),
            "finishing": (sum(c.finished for c in counted), published),
            "joint_share": (sum(c.visit["joint"] for c in visits), len(visits)),
            "joint_of_shareable": (
                sum(c.visit["joint"] for c in visits),
                sum(self._shareable(c) for c in visits),
            ),
            "off_site_share": (
                sum(c.filing["method"] != "on_site" for c in counted),
                len(counted),
            ),
            "problem_rate": (problems, resulted),
            "correction_rate": (sum(c.put_right for c in counted), problems),
            "visits_per_subject": (
                len(visits),
                len({c.filing["subject_id"] for c in visits}),
            ),
            "filed_before": (sum(c.timing == "before" for c in counted), len(counted)),
            "alerts_handled": (
                sum(a["handled_at"] is not None for a in self._raised),
                len(self._raised),
            ),
            "bad_ratings": (self._bad(), len(self._rated)),
            "bad_ratings_checked": (sum(self._judged), len(self._judged)),
            "frequency_alerts_handled": (
                sum(a["handled_at"] is not None for a in often),
                len(often),
            ),
            "filing_rate": (len(counted), len(counted) + sum(c.unfiled for c in self.read)),
            "certified": (len(self._certified), len(self._serving)),
        }
        return [
            {
                "code": name,
                "numerator": over,
                "denominator": under,
                "value": None
                if over is None
                else rounded(over if name == "visits_per_subject" else over * 100, under),
            }
            for name, (over, under) in parts.items()
        ]

    def _bad(self):
        bad = sum(n <= 2 for n in self._rated)
        few = 0 < bad < 5 or 0 < len(self._rated) - bad < 5
        return None if few else bad

    def _planned(self, *, without_plan=False):
        planned = [c.filing for c in self.counted]
        planned = [f for f in planned if f["trigger"] in ("annual_plan", "double_random")]
        return sum(not f["plan_number"] or not without_plan for f in planned)

    def _drawn_unfiled(self):
        filed = {(c.filing["agency_id"], c.filing["subject_id"]) for c in self.counted}
        agency_of = {
            d["id"]: d["agency_id"]
            for d in self.rows["draws"]
            if d["agency_id"] in self.agencies and self.first.year <= d["year"] <= self.last.year
        }
        return sum(
            d["draw_id"] in agency_of
            and d["set_aside_at"] is None
            and (agency_of[d["draw_id"]], d["subject_id"]) not in filed
            for d in self.rows["drawn"]
        )

    def _plans_unfiled(self):
        named = {(c.filing["agency_id"], c.filing["plan_number"]) for c in self.counted}
        return sum(
            self._touches(plan) and (plan["agency_id"], plan["number"]) not in named
            for plan in self.rows["plans"]
            if plan["agency_id"] in self.agencies
        )

    @cached_property
    def _callers(self):
        """Which agencies filed upon a subject in a month."""
        found = defaultdict(set)
        for case in self.counted:
            place = case.filing["subject_id"], self._month_of(case)
            found[place].add(case.filing["agency_id"])
        return found

    def _shareable(self, case):
        place = case.filing["subject_id"], self._month_of(case)
        return case.visit["joint"] or len(self._callers[place]) > 1

    def _missing(self, tables):
        counted = {c.filing["id"] for c in self.counted}
        busy = {m["officer_id"] for m in self.rows["members"] if m["filing_id"] in counted}
        counts = {
            "agencies_idle": sum(row["count"] == 0 for row in tables["by_agency"]),
            "items_unused": sum(
                row["count"] == 0 for row in tables["by_item"] if row["code"] != "none"
            ),
            "officers_idle": sum(o["id"] not in busy for o in self._serving),
            "officers_uncertified": len(self._serving) - len(self._certified),
            "planless": self._planned(without_plan=True),
            "plans_unfiled": self._plans_unfiled(),
            "to_enter": sum(c.due and not c.resulted for c in self.counted),
            "drawn_unfiled": self._drawn_unfiled(),
            "unfiled": sum(c.unfiled for c in self.read),
            "scans_unfiled": sum(c.unfiled and c.visit["scan_of"] != "none" for c in self.read),
        }
        return [{"code": code, "count": count} for code, count in counts.items()]
