"""How often may a subject be visited, and how far did the visits of a period go (R-STA-5)?

The cap of R-FRQ-4 and every published cap of a calendar year, as in force on the last day of the
period.  A visit counts once for whoever is bound; one whose trigger is exempt does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from agencies.models import Agency, Region
from filings.models import Limit, RuleSetting, Severity
from filings.models.limit import YEAR
from filings.rules.catalogue import CATALOGUE
from filings.rules.history import VISITED
from reports.facts import METHOD, STATUS, TRIGGER
from reports.likeness import Mask, first_of, lots, sizes, stretches
from reports.measures import CLASSES, Measures

GENERAL = "visit_cap_reached"
RULES = (GENERAL, "cap_reached", "shared_cap_reached")
UNBOUND = -1
USES = ("visits", "exempt", "bound", "reached", "exceeded")


@dataclass(frozen=True, slots=True)
class Cap:
    """One cap for some agencies: `most` by the place of the class, UNBOUND for none."""

    code: str
    name: str
    agencies: tuple[int, ...]
    items: tuple[int, ...]
    most: tuple[int, ...]
    together: bool
    methods: tuple[int, ...]
    exempt: tuple[int, ...]


def caps_of(region: Region, last: date) -> list[Cap]:
    """Every cap that binds agencies of the region on the day, the general one first."""
    paths = dict(Agency.objects.under(region).values_list("pk", "region__path"))
    settings = _Settings(last)
    return [*_general(paths, settings), *_published(paths, settings, last)]


def uses(measures: Measures, cap: Cap) -> dict[str, np.ndarray]:
    """By name in USES the filings that stand for a visit, or for one who is bound by the cap."""
    rows = measures.rows
    speaks = measures.is_arrived.copy()
    for part in stretches(len(rows)):
        speaks[part] &= _bound(rows[part], measures.credit_class[part], cap)
    if cap.items:
        speaks &= _announces(measures, cap.items)
    exempt = np.isin(rows["trigger"], cap.exempt)
    visits = first_of(speaks & ~exempt, *_who(rows, "visit", cap))
    found = {name: np.zeros(len(rows), bool) for name in ("bound", "reached", "exceeded")}
    for lot in lots(visits, *_who(rows, "subject", cap)):
        at, begins = lot
        one_of, used = at[begins], sizes(lot)
        most = np.array(cap.most)[measures.credit_class[one_of]]
        found["bound"][one_of] = True
        found["reached"][one_of] = used == most
        found["exceeded"][one_of] = used > most
    return {
        "visits": visits,
        "exempt": first_of(speaks & exempt, *_who(rows, "visit", cap)),
        **found,
    }


def _bound(rows: np.ndarray, classes: np.ndarray, cap: Cap) -> Mask:
    """Which filings, once carried out, are a visit of which the cap speaks?"""
    bound = np.isin(rows["agency"], cap.agencies) & np.isin(rows["method"], cap.methods)
    return bound & visited(rows) & (np.array(cap.most) != UNBOUND)[classes]


def _who(rows: np.ndarray, what: str, cap: Cap) -> list[np.ndarray]:
    """The visit or the subject, of each agency on its own where they are not bound together."""
    return [rows[what]] if cap.together else [rows["agency"], rows[what]]


def visited(rows: np.ndarray) -> np.ndarray:
    """Which filings were carried out."""
    return np.isin(rows["status"], [STATUS.codes.index(code) for code in VISITED])


def _announces(measures: Measures, items: Iterable[int]) -> np.ndarray:
    links = measures.facts.items
    mask = np.zeros(len(measures.rows), bool)
    mask[links["filing"][np.isin(links["item"], list(items))]] = True
    return mask


class _Settings:
    """The thresholds of the rules on one day, read once; the innermost region wins."""

    def __init__(self, day: date) -> None:
        rows = RuleSetting.objects.in_force(day).filter(code__in=RULES).select_related("region")
        self.rows = sorted(rows, key=lambda row: len(row.region.path) if row.region else 0)

    def of(self, code: str, path: str) -> dict[str, Any] | None:
        """The thresholds for an agency in the region of the path; None where the rule is off."""
        entry = CATALOGUE[code]
        severity, params = entry.severity, entry.params
        for row in self.rows:
            if row.code == code and (row.region is None or path.startswith(row.region.path)):
                severity, params = row.severity, entry.params | row.params
        return None if severity == Severity.OFF else params


def _general(paths: dict[int, str], settings: _Settings) -> list[Cap]:
    """The cap that every agency has, as many times as regions set it differently."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for path, agencies in _by_path(paths).items():
        params = settings.of(GENERAL, path)
        if params is not None:
            classes = params["by_class"]
            most = tuple(int(classes.get(one, params["visits"])) for one in CLASSES)
            found.setdefault((most, *_scope(params)), []).extend(agencies)
    return [
        Cap(GENERAL, "", tuple(agencies), (), most, together=False, methods=methods, exempt=exempt)
        for (most, methods, exempt), agencies in sorted(found.items())
    ]


def _published(paths: dict[int, str], settings: _Settings, last: date) -> list[Cap]:
    limits = Limit.objects.in_force(last).filter(most__isnull=False, months=YEAR)
    found = []
    for limit in (
        limits.select_related("region").prefetch_related("agencies", "items").order_by("code")
    ):
        named = {one.pk for one in limit.agencies.all()}
        rule = "shared_cap_reached" if limit.together else "cap_reached"
        within = [pk for pk, path in paths.items() if path.startswith(limit.region.path)]
        bound = tuple(pk for pk in within if not named or pk in named)
        params = settings.of(rule, limit.region.path)
        if not bound or params is None:
            continue
        most = tuple(limit.most if limit.credit_class in ("", one) else UNBOUND for one in CLASSES)
        items = tuple(one.pk for one in limit.items.all())
        methods, exempt = _scope(params)
        found.append(
            Cap(limit.code, limit.name, bound, items, most, limit.together, methods, exempt)
        )
    return found


def _by_path(paths: dict[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pk, path in paths.items():
        found.setdefault(path, []).append(pk)
    return found


def _scope(params: dict[str, Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The methods that count and the triggers that do not, as places."""
    methods = tuple(METHOD.codes.index(code) for code in params["methods"])
    return methods, tuple(TRIGGER.codes.index(code) for code in params["exempt_triggers"])
