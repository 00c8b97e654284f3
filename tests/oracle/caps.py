"""How far the caps on visits were used, written from R-FRQ-1, R-FRQ-3, R-FRQ-4 and R-STA-5."""

from collections import Counter, defaultdict
from functools import cached_property

from tests.oracle.agencies import Agencies, with_shares
from tests.oracle.codes import EXEMPT

GENERAL = "visit_cap_reached"
DEFAULT = {"visits": 2, "by_class": {}, "methods": ["on_site"], "exempt_triggers": EXEMPT}
CAME = ("on_site", "recorded", "confirmed", "closed")
USES = ("visits", "exempt", "bound", "reached", "exceeded")


class Caps(Agencies):
    """The general cap and the published ones, as on the last day."""

    def _caps(self):
        rows = []
        used = [one for agency in self.agencies for one in self._general(agency)[0]]
        if any(self._thresholds(GENERAL, agency) for agency in self.agencies):
            exempt = sum(self._general(agency)[1] for agency in self.agencies)
            rows.append({"code": GENERAL, **_row(used, exempt)})
        return rows + [self._limit(one) for one in self._limits()]

    def _caps_by_agency(self):
        able = {c["agency_id"] for c in self._claims}
        rows = []
        for agency in sorted(self.agencies.values(), key=lambda a: a["code"]):
            cells = _row(*self._general(agency["id"]))
            something = any(cells.values())
            if something or self._touches(agency):
                if not something and agency["id"] not in able:
                    cells = dict.fromkeys(cells)
                rows.append({"code": agency["code"], "name": agency["name"], **cells})
        return with_shares(rows, beyond=("exceeded", "bound"))

    def _general(self, agency):
        """The (used, most) of each subject of the agency, and its exempt visits."""
        params = self._thresholds(GENERAL, agency)
        if params is None:
            return [], 0
        own = [c for c in self.counted if c.filing["agency_id"] == agency]
        return self._used(own, params, lambda c: self._most(params, c))

    def _most(self, params, case):
        return params["by_class"].get(case.credit_class, params["visits"])

    def _used(self, cases, params, most):
        cases = [
            c
            for c in cases
            if c.arrived and c.filing["status"] in CAME and c.filing["method"] in params["methods"]
        ]
        free = [c for c in cases if c.filing["trigger"] in params["exempt_triggers"]]
        visits = defaultdict(set)
        allowed = {}
        for case in cases:
            if case.filing["trigger"] not in params["exempt_triggers"]:
                visits[case.filing["subject_id"]].add(case.filing["visit_id"])
                allowed[case.filing["subject_id"]] = most(case)
        used = [(len(made), allowed[subject]) for subject, made in visits.items()]
        return used, len({c.filing["visit_id"] for c in free})

    def _thresholds(self, code, agency):
        region = self.regions[self.agencies[agency]["region_id"]]
        return self._set_in(code, region["id"])

    def _set_in(self, code, region):
        """The thresholds of a rule in a region on the last day; None where it is off."""
        around, walk = [], region
        while walk is not None:
            around.append(walk)
            walk = self.regions[walk]["parent_id"]
        severity, params = "on", dict(DEFAULT)
        holding = [
            s
            for s in self.rows["settings"]
            if s["code"] == code and self._covers(s) and s["region_id"] in (None, *around)
        ]
        for one in sorted(holding, key=lambda s: -_distance(around, s["region_id"])):
            severity, params = one["severity"], {**DEFAULT, **one["params"]}
        return None if severity == "off" else params

    def _limits(self):
        held = [
            limit
            for limit in self.rows["limits"]
            if limit["most"] is not None and limit["months"] == 12 and self._covers(limit)
        ]
        bound = [one for one in held if self._bound(one) and self._rule_of(one) is not None]
        return sorted(bound, key=lambda one: one["code"])

    def _rule_of(self, limit):
        code = "shared_cap_reached" if limit["together"] else "cap_reached"
        return self._set_in(code, limit["region_id"])

    def _bound(self, limit):
        """The agencies here of which the limit speaks."""
        named = {
            row["agency_id"]
            for row in self.rows["limited_agencies"]
            if row["limit_id"] == limit["id"]
        }
        found = set()
        for key, agency in self.agencies.items():
            walk = agency["region_id"]
            while walk is not None and walk != limit["region_id"]:
                walk = self.regions[walk]["parent_id"]
            if walk is not None and (not named or key in named):
                found.add(key)
        return found

    def _limit(self, limit):
        params, bound = self._rule_of(limit), self._bound(limit)
        items = {
            row["inspectionitem_id"]
            for row in self.rows["limited_items"]
            if row["limit_id"] == limit["id"]
        }
        spoken = [
            c
            for c in self.counted
            if c.filing["agency_id"] in bound
            and limit["credit_class"] in ("", c.credit_class)
            and (not items or items & self._items_of[c.filing["id"]])
        ]
        groups = [spoken]
        if not limit["together"]:
            groups = [[c for c in spoken if c.filing["agency_id"] == one] for one in bound]
        used, exempt = [], 0
        for group in groups:
            more, free = self._used(group, params, lambda _case: limit["most"])
            used, exempt = used + more, exempt + free
        return {"code": limit["code"], "name": limit["name"], **_row(used, exempt)}

    @cached_property
    def _items_of(self):
        item_of = {v["id"]: v["item_id"] for v in self.rows["versions"]}
        found = defaultdict(set)
        for link in self.rows["filing_items"]:
            found[link["filing_id"]].add(item_of[link["item_version_id"]])
        return found


def _distance(around, region):
    return len(around) if region is None else around.index(region)


def _row(used, exempt):
    counts = Counter(
        "exceeded" if n > most else "reached" if n == most else "below" for n, most in used
    )
    return {
        "visits": sum(n for n, _most in used),
        "exempt": exempt,
        "bound": len(used),
        "reached": counts["reached"],
        "exceeded": counts["exceeded"],
    }
