"""The tables that count filings by what is written of them."""

from collections import Counter

from tests.oracle.base import Base
from tests.oracle.codes import CASE_KINDS, CASE_OUTCOMES, FOLLOW_UPS, OUTCOMES


class Tables(Base):
    """Tables whose rows are codes, regions or items."""

    def _tally(self, codes, key):
        found, statutory = Counter(), Counter()
        for case in self.counted:
            found[key(case)] += 1
            statutory[key(case)] += case.standing == "statutory"
        assert set(found) <= set(codes)
        return [{"code": c, "count": found[c], "statutory": statutory[c]} for c in codes]

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
