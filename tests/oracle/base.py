"""What a second count reads before it counts: the filings, the registers, the opinions."""

from datetime import date, timedelta
from functools import cached_property

from tests.oracle.case import Case, local


class Base:
    """The rows of one region and period."""

    def __init__(self, rows, region_code, first, last):
        self.rows, self.first, self.last = rows, first, last
        self.region = next(r for r in rows["regions"] if r["code"] == region_code)
        self.whole_year = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
        self.regions = {r["id"]: r for r in rows["regions"]}
        self.inside = self._inside()
        self.agencies = {a["id"]: a for a in rows["agencies"] if a["region_id"] in self.inside}
        self.read = self._cases()
        self.counted = [c for c in self.read if c.counted]

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

    def _cases(self):
        results = {r["filing_id"]: r for r in self.rows["results"]}
        visits = {v["id"]: v for v in self.rows["visits"]}
        subjects = {s["id"]: s for s in self.rows["subjects"]}
        return [
            Case(
                f,
                results.get(f["id"]),
                visits.get(f["visit_id"]),
                subjects[f["subject_id"]],
            )
            for f in sorted(self.rows["filings"], key=lambda f: f["id"])
            if f["agency_id"] in self.agencies
            and self.first <= local(f["dated_at"]).date() <= self.last
        ]

    def _covers(self, row, begin="valid_from", end="valid_to"):
        return row[begin] <= self.last and (row[end] is None or row[end] > self.last)

    def _touches(self, row):
        began = row["valid_from"] <= self.last
        return began and (row["valid_to"] is None or row["valid_to"] > self.first)

    @cached_property
    def _visits(self):
        """Each visit that was made, with its first filing."""
        made = {}
        for case in self.counted:
            if case.arrived:
                made.setdefault(case.filing["visit_id"], case)
        return made

    @cached_property
    def _rated(self):
        """The levels of the ratings that may be told."""
        every = sorted(self.rows["ratings"], key=lambda one: one["id"])
        days = [(one, one["rated_on"]) for one in every]
        return [one["level"] for one in self._in_fives(days)]

    @cached_property
    def _judged(self):
        """For each case of a bad rating that may be told whether it was answered."""
        bad = [c for c in self.rows["cases"] if c["kind"] == "bad_rating"]
        bad.sort(key=lambda one: (one["opened_at"], one["id"]))
        days = [(one, local(one["opened_at"]).date()) for one in bad]
        return [one["outcome"] != "" for one in self._in_fives(days)]

    def _in_fives(self, days):
        """Every five rows of an agency and year, by their days, that lie in the period."""
        runs = {}
        for one, day in sorted(days, key=lambda pair: pair[1]):
            if one["agency_id"] in self.agencies:
                runs.setdefault((one["agency_id"], day.year), []).append((one, day))
        told = []
        for run in runs.values():
            for start in range(0, len(run) - 4, 5):
                five = run[start : start + 5]
                if all(self.first <= day <= self.last for _one, day in five):
                    told += [one for one, _day in five]
        return told

    @cached_property
    def _serving(self):
        return [
            o
            for o in self.rows["officers"]
            if o["agency_id"] in self.agencies and self._covers(o, "joined_on", "left_on")
        ]

    @cached_property
    def _certified(self):
        held = {
            c["officer_id"]
            for c in self.rows["certificates"]
            if c["status"] == "active" and c["valid_from"] <= self.last <= c["valid_to"]
        }
        return [o for o in self._serving if o["id"] in held]

    @cached_property
    def _claims(self):
        """Claims of the region's agencies that touch the period."""
        claims = [c for c in self.rows["claims"] if c["agency_id"] in self.agencies]
        return [c for c in claims if self._touches(c)]

    @cached_property
    def _raised(self):
        here = {c.filing["id"] for c in self.read}
        return [a for a in self.rows["alerts"] if a["filing_id"] in here]

    def _months(self):
        names, walk = [], self.first
        while walk <= self.last:
            name = f"{walk:%m}" if self.whole_year else f"{walk:%Y-%m}"
            if name not in names:
                names.append(name)
            walk += timedelta(days=1)
        return names

    def _month_of(self, case):
        day = local(case.filing["dated_at"])
        return f"{day:%m}" if self.whole_year else f"{day:%Y-%m}"

    def _name_of(self, versions):
        begun = [v for v in versions if v["valid_from"] <= self.last]
        if begun:
            return max(begun, key=lambda v: (v["valid_from"], v["version"]))["name"]
        return min(versions, key=lambda v: (v["valid_from"], v["version"]))["name"]
