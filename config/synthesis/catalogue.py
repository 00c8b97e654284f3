"""The catalogue of a synthetic year: items, their versions and bases, and who claimed them."""

import json
from datetime import date
from itertools import product

import numpy as np

from agencies.models import Claim, InspectionItem, ItemVersion, LegalBasis, SubjectKind
from agencies.spelling import search_text
from config.synthesis.agencies import FOUNDED, Body
from config.synthesis.batch import Batch, of_records
from config.synthesis.clock import day_number
from config.synthesis.domains import ASPECTS, DOMAINS, Domain
from config.synthesis.plan import Plan

KINDS = tuple(SubjectKind.values)
BUSINESS = KINDS[:3]
REACHES = (KINDS, BUSINESS, BUSINESS, KINDS[:6], BUSINESS, KINDS[:1])
METHODS = (("on_site",), ("on_site", "documents"), ("on_site", "testing"))
RANKS = ("law", "regulation", "local_regulation", "department_rule")
TITLES = ("法", "条例", "地方条例", "监督检查办法")
SOURCE = "synthetic"


class Catalogue:
    """The items of each domain; every seventh has a second version, the last few are abolished.

    The first item of a domain suits every kind of subject and is claimed by all its agencies, so
    that there is always something lawful to inspect.
    """

    def __init__(self, plan: Plan, made: list[Body], first_ids: dict[type, int]):
        self.plan, self.made, self.first = plan, made, first_ids
        self.gone = max(2, plan.items // 100)
        domains = [domain for domain in DOMAINS if any(b.domain is domain for b in made)]
        weights = 1 / np.arange(1, len(domains) + 1) ** 0.35
        ends = np.floor(np.cumsum(weights) / weights.sum() * (plan.items - len(domains)) + 1e-9)
        counts = 1 + np.diff(ends, prepend=0).astype(int)
        counts[0] += plan.items - counts.sum()
        self.domains = np.repeat(np.arange(len(domains)), counts)
        self.place = np.concatenate([np.arange(count) for count in counts])
        self.used = domains
        self.switch = day_number(date(plan.year, 9, 1))
        self._versions()

    def _versions(self) -> None:
        total = len(self.domains)
        item = np.arange(total)
        self.renewed = (item % 7 == 3) & (self.place > 0)
        self.counts = 1 + self.renewed.astype(int)
        self.version_before = self.first[ItemVersion] + np.concatenate(
            [[0], np.cumsum(self.counts)[:-1]]
        )
        self.version_after = self.version_before + self.counts - 1
        self.versions = int(self.counts.sum()) + self.gone
        self.unannounced = (item % 3 == 0) & (self.place > 0)
        self.joint = item % 10 != 9
        self.off_site = item % 8 == 5
        self.methods = np.where(self.place > 0, item % 3, 0)

    def version_on(self, items: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The id of the version of each item in force on each day."""
        return np.where(days < self.switch, self.version_before[items], self.version_after[items])

    def reach(self, item: int) -> tuple[str, ...]:
        """The kinds of subject at which an item may be used."""
        return KINDS if self.place[item] == 0 else REACHES[item % len(REACHES)]

    def name(self, item: int) -> str:
        domain = self.used[self.domains[item]]
        spell, turn = divmod(int(self.place[item]), len(domain.objects) * len(ASPECTS))
        aspect, thing = divmod(turn, len(domain.objects))
        more = f"（{spell + 1}）" if spell else ""
        return f"{domain.objects[thing]}{ASPECTS[aspect]}{more}"

    def batches(self) -> list[Batch]:
        """The rows of items, versions and bases."""
        total = len(self.domains)
        items, versions, bases = [], [], []
        for index in range(total + self.gone):
            gone = index >= total
            item = index % total
            domain = self.used[self.domains[item]]
            items.append(self._item(index, domain, gone))
            for version in self._dated(index, item, gone):
                version["id"] = self.first[ItemVersion] + len(versions)
                versions.append(version)
                basis = _basis(item, domain, version["id"])
                bases.append({"id": self.first[LegalBasis] + len(bases), **basis})
        return [
            of_records(InspectionItem, items),
            of_records(ItemVersion, versions),
            of_records(LegalBasis, bases),
        ]

    def _item(self, index: int, domain: Domain, gone: bool) -> dict:
        return {
            "id": self.first[InspectionItem] + index,
            "code": f"22{DOMAINS.index(domain) + 1:02d}{index + 1:06d}",
            "main_item": f"对{domain.field}领域的行政检查" + ("（已取消）" if gone else ""),
            "field": domain.field,
            "source_system": SOURCE,
        }

    def _dated(self, index: int, item: int, gone: bool) -> list[dict]:
        switch = str(date(self.plan.year, 9, 1))
        dates = [(str(FOUNDED), None)]
        if gone:
            # One is abolished on the last day itself: on that day it no longer holds.
            last = index == len(self.domains)
            dates = [(str(FOUNDED), str(date(self.plan.year, 12, 31)) if last else switch)]
        elif self.renewed[item]:
            dates = [(str(FOUNDED), switch), (switch, None)]
        return [
            {
                "id": 0,
                "item_id": self.first[InspectionItem] + index,
                "version": number,
                "name": self.name(item),
                "search": search_text(self.name(item)),
                "level": ("city", "county", "province", "state")[item % 4],
                "kind": "key" if item % 11 == 0 else "general",
                "subject_kinds": _json(self.reach(item)),
                "methods": _json(METHODS[self.methods[item]]),
                "checklist": _json(_checklist(self.name(item), number)),
                "joint_allowed": int(self.joint[item] or self.place[item] == 0),
                "unannounced_allowed": int(self.unannounced[item]),
                "off_site_possible": int(self.off_site[item]),
                "published_on": starts,
                "valid_from": starts,
                "valid_to": ends,
            }
            for number, (starts, ends) in enumerate(dates, start=1)
        ]

    def claimed(self, body: Body) -> np.ndarray:
        """The items that an agency has claimed: all of its domain, most of them in a county."""
        items = np.flatnonzero(self.domains == self.used.index(body.domain))
        skip = int(body.place.code) % 5
        mine = (body.place.kind == "prefecture") | (items % 5 != skip) | (self.place[items] == 0)
        return items[mine]

    def claims(self, agency_ids: np.ndarray) -> Batch:
        """The rows of claims, each as long as its agency."""
        records = []
        for body, agency in zip(self.made, agency_ids.tolist(), strict=True):
            dates = {
                "valid_from": str(body.starts),
                "valid_to": None if body.ends is None else str(body.ends),
            }
            for item in self.claimed(body).tolist():
                claim = {"agency_id": agency, "item_id": self.first[InspectionItem] + item}
                records.append({"id": self.first[Claim] + len(records), **claim, **dates})
        return of_records(Claim, records)

    def choices(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For agency a and kind k the items at `pool[start[a, k] : start[a, k] + size[a, k]]`."""
        fits = np.array([[k in self.reach(i) for k in KINDS] for i in range(len(self.domains))])
        shape = (len(self.made), len(KINDS))
        start, size, parts, at = np.zeros(shape, int), np.zeros(shape, int), [], 0
        for (agency, body), kind in product(enumerate(self.made), range(len(KINDS))):
            mine = self.claimed(body)
            part = mine[fits[mine, kind]]
            start[agency, kind], size[agency, kind] = at, len(part)
            parts.append(part)
            at += len(part)
        return start, size, np.concatenate(parts)


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checklist(name: str, version: int) -> list[dict[str, str]]:
    return [
        {
            "clause": f"{number}. {text}",
            "standard": f"{name}要点第{version}版",
            "method": "on_site",
            "severity": severity,
        }
        for number, text, severity in (
            (1, "证照齐全有效", "serious"),
            (2, "制度与记录完整", "minor"),
            (3, "现场无重大隐患", "critical"),
        )
    ]


def _basis(item: int, domain: Domain, version_id: int) -> dict:
    rank = item % len(RANKS)
    return {
        "item_version_id": version_id,
        "rank": RANKS[rank],
        "title": f"{domain.field}{TITLES[rank]}（演示）",
        "article": f"第{item % 80 + 1}条",
        "valid_from": str(FOUNDED),
    }
