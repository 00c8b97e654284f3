"""A second count of the year, written from the definitions alone.

Plain Python over exported rows: no database, no Django and nothing of the compiler.  Beijing time
is eight hours ahead of UTC (true of every year from 1992 on).
"""

from collections import Counter
from datetime import date, timedelta

TYPES = ["daily", "case", "special"]
TRIGGERS = [
    "annual_plan",
    "double_random",
    "complaint",
    "assigned",
    "monitoring",
    "requested",
    "superior",
    "media",
    "emergency",
    "recheck",
    "permit",
    "other",
]
OUTCOMES = [
    "no_problem",
    "corrected",
    "pending",
    "no_activity",
    "closed_down",
    "uncooperative",
    "gone",
    "none",
]


def recount(rows, year, region_code):
    """The figures of `year` for the agencies in `region_code` and its divisions."""
    return _Recount(rows, year, region_code).figures()


class _Recount:
    def __init__(self, rows, year, region_code):
        self.rows, self.year = rows, year
        self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        self.region = next(r for r in rows["regions"] if r["code"] == region_code)
        self.inside = self._inside()
        self.agencies = {a["id"]: a for a in rows["agencies"] if a["region_id"] in self.inside}
        self.read = [f for f in rows["filings"] if f["agency_id"] in self.agencies]
        self.read = [f for f in self.read if self._local(f).year == year]
        self.counted = [f for f in self.read if self._kind(f) == "filings"]

    def _inside(self):
        parents = {r["id"]: r["parent_id"] for r in self.rows["regions"]}
        inside = set()
        for start in parents:
            walk = start
            while walk is not None:
                if walk == self.region["id"]:
                    inside.add(start)
                walk = parents[walk]
        return inside

    def _local(self, filing):
        return (filing["dated_at"] + timedelta(hours=8)).replace(tzinfo=None)

    def _kind(self, filing):
        if filing["origin"] == "imported":
            return "imported"
        if filing["status"] in ("withdrawn", "voided"):
            return "withdrawn"
        return "filings" if filing["number"] else "unnumbered"

    def _covers(self, row, begin="valid_from", end="valid_to"):
        return row[begin] <= self.last and (row[end] is None or row[end] > self.last)

    def _touches_year(self, row):
        began = row["valid_from"] <= self.last
        return began and (row["valid_to"] is None or row["valid_to"] > self.first)

    def figures(self):
        by_rating, rated = self._ratings()
        kinds = Counter(self._kind(f) for f in self.read)
        totals = {name: kinds[name] for name in ["filings", "imported", "withdrawn", "unnumbered"]}
        return {
            "totals": self._register() | totals | rated,
            "tables": {
                "by_agency": self._by_agency(),
                "by_region": self._by_region(),
                "by_month": self._tally(
                    [f"{m:02d}" for m in range(1, 13)], lambda f: f"{self._local(f).month:02d}"
                ),
                "by_type": self._tally(TYPES, lambda f: f["check_type"]),
                "by_trigger": self._tally(TRIGGERS, lambda f: f["trigger"]),
                "by_item": self._by_item(),
                "by_outcome": self._by_outcome(),
                "by_rating": by_rating,
            },
        }

    def _register(self):
        items = {v["item_id"] for v in self.rows["versions"] if self._covers(v)}
        claimed = {
            c["item_id"]
            for c in self.rows["claims"]
            if c["agency_id"] in self.agencies and self._covers(c)
        }
        serving = [
            o
            for o in self.rows["officers"]
            if o["agency_id"] in self.agencies and self._covers(o, "joined_on", "left_on")
        ]
        return {
            "agencies": sum(self._covers(a) for a in self.agencies.values()),
            "items": len(items),
            "items_claimed": len(items & claimed),
            "officers": len(serving),
        }

    def _tally(self, codes, key):
        found = Counter(key(f) for f in self.counted)
        assert set(found) <= set(codes)
        return [{"code": code, "count": found[code]} for code in codes]

    def _by_agency(self):
        found = Counter(f["agency_id"] for f in self.counted)
        return [
            {"code": a["code"], "name": a["name"], "count": found[a["id"]]}
            for a in sorted(self.agencies.values(), key=lambda a: a["code"])
            if found[a["id"]] or self._touches_year(a)
        ]

    def _by_region(self):
        codes = {r["id"]: r["code"] for r in self.rows["regions"]}
        found = Counter(codes[self.agencies[f["agency_id"]]["region_id"]] for f in self.counted)
        regions = [r for r in self.rows["regions"] if r["id"] in self.inside]
        regions = [r for r in regions if found[r["code"]] or self._touches_year(r)]
        newest = {r["code"]: r["name"] for r in sorted(regions, key=lambda r: r["valid_from"])}
        return [{"code": c, "name": newest[c], "count": found[c]} for c in sorted(newest)]

    def _by_item(self):
        counted = {f["id"] for f in self.counted}
        code_of = {i["id"]: i["code"] for i in self.rows["items"]}
        item_of = {v["id"]: code_of[v["item_id"]] for v in self.rows["versions"]}
        links = [x for x in self.rows["filing_items"] if x["filing_id"] in counted]
        found = Counter(item_of[x["item_version_id"]] for x in links)
        return [
            {"code": code, "name": self._name_of(code, item_of), "count": found[code]}
            for code in sorted(found)
        ]

    def _name_of(self, code, item_of):
        versions = [v for v in self.rows["versions"] if item_of[v["id"]] == code]
        begun = [v for v in versions if v["valid_from"] <= self.last]
        if begun:
            return max(begun, key=lambda v: v["valid_from"])["name"]
        return min(versions, key=lambda v: v["valid_from"])["name"]

    def _by_outcome(self):
        outcome = {r["filing_id"]: r["outcome"] for r in self.rows["results"]}
        return self._tally(OUTCOMES, lambda f: outcome.get(f["id"], "none"))

    def _ratings(self):
        visits = {f["visit_id"] for f in self.counted}
        levels = [r["level"] for r in self.rows["ratings"] if r["visit_id"] in visits]
        found, mean = Counter(levels), None
        if levels:
            hundredths = (200 * sum(levels) + len(levels)) // (2 * len(levels))
            mean = f"{hundredths // 100}.{hundredths % 100:02d}"
        rows = [{"code": str(n), "count": found[n]} for n in range(1, 6)]
        return rows, {"rated_visits": len(levels), "mean_rating": mean}
