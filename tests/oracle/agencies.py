"""The tables that have a row for each agency or region."""

from collections import Counter, defaultdict

from tests.oracle.case import rounded
from tests.oracle.codes import FOLLOW_UPS, OUTCOMES
from tests.oracle.tables import Tables

BOTH = {"count": lambda c: c.counted, "statutory": lambda c: c.standing == "statutory"}


def with_shares(rows, **shares):
    """The rows with one column as a percentage of another, dashes where there is nothing."""
    return [
        row
        | {
            name: None if row[over] is None else rounded(100 * row[over], row[under])
            for name, (over, under) in shares.items()
        }
        for row in rows
    ]


class Agencies(Tables):
    """Each agency that existed or has something, dashes where it has no power."""

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
        return self._per_agency(BOTH)

    def _per_region(self, columns):
        """A row for each code of a region that existed or has something, under its last name."""
        codes = {r["id"]: r["code"] for r in self.rows["regions"]}
        place = {a["id"]: codes[a["region_id"]] for a in self.agencies.values()}
        able = {place[c["agency_id"]] for c in self._claims}
        cases = defaultdict(list)
        for case in self.read:
            cases[place[case.filing["agency_id"]]].append(case)
        rows = []
        for code in sorted({codes[pk] for pk in self.inside}):
            bearing = [r for r in self.rows["regions"] if r["code"] == code]
            bearing = sorted((r for r in bearing if r["id"] in self.inside), key=_begin)
            living = [r for r in bearing if self._touches(r)]
            cells = {n: sum(f(c) for c in cases[code]) for n, f in columns.items()}
            if not living and not any(cells.values()):
                continue
            name = (living or bearing)[-1]["name"]
            if not any(cells.values()) and code not in able:
                cells = dict.fromkeys(cells)
            rows.append({"code": code, "name": name, **cells})
        return rows

    def _by_region(self):
        return self._per_region(BOTH)

    def _sheet(self, per):
        def outcome(code):
            return lambda c: c.resulted and c.result["outcome"] == code

        def follow_up(code):
            return lambda c: c.resulted and c.result["follow_up"] == code

        rows = per(
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
        return with_shares(
            rows, completion=("published", "due"), finishing=("finished", "published")
        )

    def _conduct(self):
        def timed(name):
            return lambda c: c.counted and c.timing == name

        def noted(name):
            return lambda c: c.arrived and c.visit[name]

        rows = self._per_agency(
            {
                "off_site": lambda c: c.counted and c.filing["method"] != "on_site",
                "arrived": lambda c: c.arrived,
                "joint": noted("joint"),
                "coded": noted("code_shown"),
                "scanned": lambda c: c.arrived and c.visit["scan_of"] != "none",
                "certificates_shown": noted("certificates_shown"),
                "unannounced": lambda c: c.counted and c.filing["unannounced"],
                **{name: timed(name) for name in ("before", "on_site", "after", "late")},
                "to_publish": lambda c: c.to_publish,
                "published_in_time": lambda c: c.in_time,
            }
        )
        return with_shares(
            rows,
            joint_share=("joint", "arrived"),
            in_time_share=("published_in_time", "to_publish"),
        )

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
        return with_shares(rows, rate=("officers_certified", "officers"))


def _begin(row):
    return row["valid_from"]
