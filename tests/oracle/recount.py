"""A second count of a period, written from the definitions alone.

Plain Python over exported rows: no database, no Django and nothing of the compiler.  Beijing time
is eight hours ahead of UTC (true of every year from 1992 on).
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cached_property

from tests.oracle.codes import (
    CASE_KINDS,
    CASE_OUTCOMES,
    FOLLOW_UPS,
    FREQUENCY,
    INDUSTRIES,
    METHODS,
    OUTCOMES,
    STANDINGS,
    TIMINGS,
    TRIGGERS,
    TYPES,
)

APART = {"imported", "withdrawn", "voided", "unnumbered"}
GONE = {"expired", "refused", "terminated"}


def recount(rows, region_code, year=2022, first=None, last=None):
    """The figures of the days from `first` to `last` for `region_code` and its divisions."""
    return _Recount(
        rows, region_code, first or date(year, 1, 1), last or date(year, 12, 31)
    ).figures()


def local(instant):
    return (instant + timedelta(hours=8)).replace(tzinfo=None)


def rounded(over, under):
    """Over divided by under, half up to two places, as text; None where there is nothing."""
    if not under:
        return None
    hundredths = (200 * over + under) // (2 * under)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


class _Case:
    """One filing with everything that belongs to it."""

    def __init__(self, filing, result, visit, industry):
        self.filing, self.result, self.visit = filing, result, visit
        self.industry = industry[:1] if industry[:1] in INDUSTRIES else "none"
        self.standing = self._standing()
        self.counted = self.standing not in APART
        self.due = self.counted and self.standing not in GONE
        self.resulted = self.due and result is not None
        self.published = self.resulted and result["published_on"] is not None
        self.finished = self.published and filing["status"] == "closed"
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


class _Recount:
    def __init__(self, rows, region_code, first, last):
        self.rows, self.first, self.last = rows, first, last
        self.region = next(r for r in rows["regions"] if r["code"] == region_code)
        self.whole_year = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
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
        industry = {s["id"]: s["industry"] for s in self.rows["subjects"]}
        return [
            _Case(
                f,
                results.get(f["id"]),
                visits.get(f["visit_id"]),
                industry[f["subject_id"]],
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
            "sheet": self._sheet(),
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

    def _tally(self, codes, key):
        found, statutory = Counter(), Counter()
        for case in self.counted:
            found[key(case)] += 1
            statutory[key(case)] += case.standing == "statutory"
        assert set(found) <= set(codes)
        return [{"code": c, "count": found[c], "statutory": statutory[c]} for c in codes]

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

    def _per_agency(self, columns):
        """A row for each agency that existed or has something, dashes where it has no power."""
        able = {c["agency_id"] for c in self._claims}
        cases = defaultdict(list)
        for case in self.read:
            cases[case.filing["agency_id"]].append(case)
        rows = []
        for a in sorted(self.agencies.values(), key=lambda a: a["code"]):
            cells = {n: sum(f(c) for c in cases[a["id"]]) for n, f in columns.items()}
            something = any(cells.values())
            if not something and a["id"] not in able:
                cells = dict.fromkeys(cells)
            if something or self._touches(a):
                rows.append({"code": a["code"], "name": a["name"], **cells})
        return rows

    def _by_agency(self):
        return self._per_agency(
            {"count": lambda c: c.counted, "statutory": lambda c: c.standing == "statutory"}
        )

    def _by_region(self):
        codes = {r["id"]: r["code"] for r in self.rows["regions"]}
        place = {a["id"]: codes[a["region_id"]] for a in self.agencies.values()}
        able = {place[c["agency_id"]] for c in self._claims}
        found = Counter(place[c.filing["agency_id"]] for c in self.counted)
        statutory = Counter(
            place[c.filing["agency_id"]] for c in self.counted if c.standing == "statutory"
        )
        rows = []
        for code in sorted({codes[pk] for pk in self.inside}):
            bearing = [r for r in self.rows["regions"] if r["code"] == code]
            bearing = sorted((r for r in bearing if r["id"] in self.inside), key=_begin)
            living = [r for r in bearing if self._touches(r)]
            if not living and not found[code]:
                continue
            name = (living or bearing)[-1]["name"]
            cells = {"count": found[code], "statutory": statutory[code]}
            if not found[code] and code not in able:
                cells = dict.fromkeys(cells)
            rows.append({"code": code, "name": name, **cells})
        return rows

    def _by_item(self):
        counted = {c.filing["id"]: c for c in self.counted}
        code_of = {i["id"]: i["code"] for i in self.rows["items"]}
        item_of = {v["id"]: v["item_id"] for v in self.rows["versions"]}
        announced, first = Counter(), {}
        for link in self.rows["filing_items"]:
            if link["filing_id"] in counted:
                item = item_of[link["item_version_id"]]
                announced[item] += 1
                known = first.get(link["filing_id"])
                if known is None or code_of[item] < code_of[known]:
                    first[link["filing_id"]] = item
        once = Counter(first.get(pk, "none") for pk in counted)
        statutory = Counter(
            first.get(pk, "none") for pk, c in counted.items() if c.standing == "statutory"
        )
        able = {c["item_id"] for c in self._claims}
        rows = []
        for item in sorted(code_of, key=lambda i: code_of[i]):
            versions = [v for v in self.rows["versions"] if v["item_id"] == item]
            cells = {
                "count": announced[item],
                "once": once[item],
                "statutory": statutory[item],
            }
            if not announced[item] and not any(self._touches(v) for v in versions):
                continue
            if not announced[item] and item not in able:
                cells = dict.fromkeys(cells)
            rows.append({"code": code_of[item], "name": self._name_of(versions), **cells})
        none = {"count": 0, "once": once["none"], "statutory": statutory["none"]}
        return [*rows, {"code": "none", **none}]

    def _name_of(self, versions):
        begun = [v for v in versions if v["valid_from"] <= self.last]
        if begun:
            return max(begun, key=lambda v: (v["valid_from"], v["version"]))["name"]
        return min(versions, key=lambda v: (v["valid_from"], v["version"]))["name"]

    def _sheet(self):
        def outcome(code):
            return lambda c: c.resulted and c.result["outcome"] == code

        def follow_up(code):
            return lambda c: c.resulted and c.result["follow_up"] == code

        return self._per_agency(
            {
                "due": lambda c: c.due,
                "to_enter": lambda c: c.due and not c.resulted,
                "entering": lambda c: c.resulted and not c.published,
                "published": lambda c: c.published,
                **{f"outcome_{code}": outcome(code) for code in OUTCOMES},
                **{f"follow_up_{code}": follow_up(code) for code in FOLLOW_UPS},
                "finished": lambda c: c.finished,
            }
        )

    def _by_outcome(self):
        found = Counter(c.result["outcome"] if c.result else "none" for c in self.counted)
        return [{"code": code, "count": found[code]} for code in [*OUTCOMES, "none"]]

    def _by_follow_up(self):
        having = [c for c in self.counted if c.resulted]
        found = Counter(c.result["follow_up"] for c in having)
        done = Counter(c.result["follow_up"] for c in having if c.finished)
        return [{"code": c, "count": found[c], "finished": done[c]} for c in FOLLOW_UPS]

    def _by_times(self):
        pairs = Counter((c.filing["agency_id"], c.filing["subject_id"]) for c in self.counted)
        filings, subjects = Counter(), Counter()
        for times in pairs.values():
            name = str(times) if times < 5 else "5+"
            filings[name] += times
            subjects[name] += 1
        return [
            {"code": n, "count": filings[n], "pairs": subjects[n]}
            for n in ("1", "2", "3", "4", "5+")
        ]

    def _by_rating(self):
        found = Counter(self._rated)
        few = any(0 < n < 5 for n in found.values())
        return [{"code": str(n), "count": None if few else found[n]} for n in range(1, 6)]

    @cached_property
    def _raised(self):
        here = {c.filing["id"] for c in self.read}
        return [a for a in self.rows["alerts"] if a["filing_id"] in here]

    def _alerts(self):
        raised = Counter(a["code"] for a in self._raised)
        handled = Counter(a["code"] for a in self._raised if a["handled_at"])
        return [
            {"code": c, "count": raised[c], "handled": handled[c], "open": raised[c] - handled[c]}
            for c in sorted(raised)
        ]

    def _cases_by_kind(self):
        here = {c.filing["id"] for c in self.read}
        brought = [c for c in self.rows["cases"] if c["filing_id"] in here]
        rows = []
        for kind in CASE_KINDS:
            own = [c["outcome"] for c in brought if c["kind"] == kind]
            ends = {outcome: own.count(outcome) for outcome in CASE_OUTCOMES}
            rows.append({"code": kind, "count": len(own), **ends, "open": own.count("")})
        return rows

    def _certificates(self):
        serving = Counter(o["agency_id"] for o in self._serving)
        certified = Counter(o["agency_id"] for o in self._certified)
        items = {v["item_id"] for v in self.rows["versions"] if self._covers(v)}
        claimed = {
            (c["agency_id"], c["item_id"])
            for c in self._claims
            if self._covers(c) and c["item_id"] in items
        }
        held = Counter(agency for agency, _ in claimed)
        able = {c["agency_id"] for c in self._claims}
        rows = []
        for a in sorted(self.agencies.values(), key=lambda a: a["code"]):
            cells = {
                "officers": serving[a["id"]],
                "officers_certified": certified[a["id"]],
                "items_claimed": held[a["id"]],
            }
            something = any(cells.values())
            if not something and a["id"] not in able:
                cells = dict.fromkeys(cells)
            if something or self._touches(a):
                rows.append({"code": a["code"], "name": a["name"], **cells})
        return rows

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
            "finishing": (sum(c.finished for c in counted), published),
            "joint_share": (sum(c.visit["joint"] for c in visits), len(visits)),
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
            "to_enter": sum(c.due and not c.resulted for c in self.counted),
            "drawn_unfiled": self._drawn_unfiled(),
            "unfiled": sum(c.unfiled for c in self.read),
            "scans_unfiled": sum(c.unfiled and c.visit["scan_of"] != "none" for c in self.read),
        }
        return [{"code": code, "count": count} for code, count in counts.items()]


def _begin(row):
    return row["valid_from"]
