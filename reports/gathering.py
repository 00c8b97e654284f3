"""How the facts of filings are read: each table on its own, put together by their keys in memory.

A join in the database costs more than reading what is joined.  A slice of the ids is read at a
time, so that memory does not grow with the year and several sessions can read beside one another.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, Max, Min, Q

from agencies.models import Agency, ItemVersion, Region
from filings.models import Alert, Filing, FilingItem, Result, Subject, SupervisionCase, Visit
from reports.facts import (
    ALERT_LINK,
    BITS,
    CASE_KINDS,
    CASE_LINK,
    CASE_OUTCOMES,
    ITEM_LINK,
    KEPT,
    NEVER,
    NOTHING,
    Facts,
    joined,
)
from reports.likeness import different, places_among, stand_close, stretches
from reports.periods import Period
from reports.reading import INSTANT, among, read
from reports.snapshots import SESSIONS, Each, Work
from reports.sources import FILING, RESULT, SUBJECT, VISIT, Source

SLICE = 1 << 18
FEW = 100_000
NAMED = 1 << 14
ALONE = 50


class Extent(NamedTuple):
    """How many filings there are, and the lowest and the highest id."""

    total: int
    low: int
    high: int


def filings_of(region: Region, period: Period) -> Any:
    """Every filing of the region's agencies that is dated in the period, whatever its state."""
    agencies = list(Agency.objects.under(region).values_list("pk", flat=True))
    return Filing.objects.filter(agency__in=agencies).dated_between(*period.bounds)


def gather(each: Each, slices: list[Any], period: Period, *, bare: bool = False) -> Facts:
    """The facts of the filings in the slices; `bare` leaves out what only they themselves tell."""
    parts = list(each(works(slices, period, bare=bare)))
    classify(parts, each(subject_works(parts)))
    return joined(parts)


def works(slices: Iterable[Any], period: Period, *, bare: bool = False) -> list[Work]:
    """The works of which each gives the facts of the filings in one slice, subjects aside."""
    return [partial(_facts, some, period, bare=bare) for some in slices]


def subject_works(parts: list[Facts]) -> list[Work]:
    """The works that tell of the subjects, each of which is in many slices and is read once."""
    keys = different(np.concatenate([np.zeros(0, "i4"), *(p.filings["subject"] for p in parts)]))
    if stand_close(keys):
        ranges = [(low, low + SLICE - 1) for low in range(int(keys[0]), int(keys[-1]) + 1, SLICE)]
        some = [Subject.objects.filter(pk__range=bounds) for bounds in ranges]
    else:
        named = [keys[at : at + FEW].tolist() for at in range(0, len(keys), FEW)]
        some = [Subject.objects.filter(pk__in=among(keys)) for keys in named]
    return [partial(SUBJECT.read, rows) for rows in some]


def classify(parts: list[Facts], told: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
    """Add what the subjects tell to the filings upon them."""
    read = [
        (found["sent_key"].copy(), said["industry"].copy(), said["flags"].copy())
        for found, said in told
    ]
    if not read:
        return
    keys, industries, flags = (np.concatenate(columns) for columns in zip(*read, strict=True))
    for part in parts:
        for some in stretches(len(part.filings)):
            rows = part.filings[some]
            place = places_among(keys, rows["subject"])
            known = place >= 0
            rows["industry"][known] = industries[place[known]]
            rows["flags"][known] |= flags[place[known]]


def extent(here: Any) -> Extent:
    """How many filings `here` are, and from which id to which."""
    found = here.order_by().aggregate(Count("pk"), Min("pk"), Max("pk"))
    return Extent(found["pk__count"], found["pk__min"] or 0, found["pk__max"] or -1)


def sliced(here: Any, extent: Extent) -> list[Any]:
    """The filings in `here`, those of some hundred thousand ids at a time."""
    lows = range(extent.low, extent.high + 1, SLICE)
    return [here.filter(pk__gte=low, pk__lt=low + SLICE) for low in lows]


def named(here: Any, path: str, keys: np.ndarray) -> list[Any]:
    """Those of `here` that the path leads to one of the keys, some thousand keys at a time.

    Fewer are shared out too: what is looked up one by one waits for the disk, not for a processor.
    """
    size = min(NAMED, max(ALONE, -(-len(keys) // SESSIONS)))
    chunks = [keys[at : at + size].tolist() for at in range(0, len(keys), size)]
    return [here.filter(**{f"{path}__in": among(chunk)}) for chunk in chunks]


def _facts(here: Any, period: Period, *, bare: bool = False) -> Facts:
    found, filings = FILING.read(here)
    if not len(filings):
        return NOTHING
    for name in ("id", "agency", "subject", "visit"):
        filings[name] = found[f"sent_{name}"]
    ends = np.array([end.replace(tzinfo=None) for end in period.month_ends()], INSTANT)
    filings["month"] = np.searchsorted(ends, found["sent_dated"], side="right")
    ids, visits = filings["id"], filings["visit"]
    seen = _add(filings, VISIT, Visit.objects.filter(_keys("pk", visits, here, "visit")), visits)
    _time(filings, found, *seen)
    filings["outcome"] = filings["follow_up"] = -1
    if bare:
        return replace(NOTHING, filings=filings)
    _add(filings, RESULT, Result.objects.filter(_keys("filing", ids, here, "pk")), ids)
    alerts, rules = _alerts(here, ids)
    return Facts(filings, _items(here, ids), alerts, _cases(here, ids), rules)


def _keys(path: str, keys: np.ndarray, here: Any, name: str) -> Q:
    """Where rows with these keys are: a range where they stand close, otherwise by the filings.

    A few are named one by one.
    """
    there = different(keys[keys != NEVER])
    if stand_close(there):
        return Q(**{f"{path}__gte": int(there[0]), f"{path}__lte": int(there[-1])})
    if len(there) < FEW:
        return Q(**{f"{path}__in": among(there.tolist())})
    return Q(**{f"{path}__in": here.order_by().values(name)})


def _add(
    filings: np.ndarray, source: Source, rows: Any, keys: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Add what another table tells of the filings, to which `keys` lead; which, and by what."""
    return _tell(filings, source, source.read(rows), keys)


def _tell(
    filings: np.ndarray, source: Source, read: tuple[np.ndarray, np.ndarray], keys: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    found, told = read
    place = places_among(found["sent_key"], keys)
    known = place >= 0
    place = place[known]
    for name in source.words:
        filings[name][known] = told[name][place]
    filings["flags"][known] |= told["flags"][place]
    return known, found[place]


def _time(filings: np.ndarray, found: np.ndarray, known: np.ndarray, visits: np.ndarray) -> None:
    """Compare when a filing was filed with when its visit began and ended."""
    flags = np.zeros(len(visits), KEPT["flags"])
    flags[found["sent_submitted"][known] < visits["sent_arrived"]] |= BITS["before_arrival"]
    flags[found["sent_filed"][known] <= visits["sent_left"]] |= BITS["before_leaving"]
    filings["flags"][known] |= flags


def _items(here: Any, ids: np.ndarray) -> np.ndarray:
    """The items of each filing."""
    announced = FilingItem.objects.filter(_keys("filing", ids, here, "pk")).order_by()
    rows = read(announced, {"filing_id": "i8", "item_version_id": "i4"})
    place = places_among(ids, rows["filing_id"])
    known = place >= 0
    links = np.empty(int(known.sum()), ITEM_LINK)
    links["filing"] = place[known]
    named = among(different(rows["item_version_id"]).tolist())
    found = ItemVersion.objects.order_by().filter(pk__in=named)
    versions = read(found, {"pk": "i4", "item_id": "i4"})
    links["item"] = versions["item_id"][
        places_among(versions["pk"], rows["item_version_id"][known])
    ]
    return links


def _alerts(here: Any, ids: np.ndarray) -> tuple[np.ndarray, list[str]]:
    raised = Alert.objects.order_by().filter(filing__in=here)
    rows = list(raised.values_list("filing_id", "code", "handled_at"))
    rules = sorted({code for _, code, _ in rows})
    links = np.zeros(len(rows), ALERT_LINK)
    if rows:
        links["filing"] = np.searchsorted(ids, [filing for filing, _, _ in rows])
        links["rule"] = [rules.index(code) for _, code, _ in rows]
        links["handled"] = [handled is not None for _, _, handled in rows]
    order = np.lexsort((links["handled"], links["rule"], links["filing"]))
    return links[order], rules


def _cases(here: Any, ids: np.ndarray) -> np.ndarray:
    brought = SupervisionCase.objects.order_by().filter(filing__in=here, kind__in=CASE_KINDS)
    rows = list(brought.values_list("filing_id", "kind", "outcome"))
    links = np.zeros(len(rows), CASE_LINK)
    if rows:
        links["filing"] = np.searchsorted(ids, [filing for filing, _, _ in rows])
        links["kind"] = [CASE_KINDS.index(kind) for _, kind, _ in rows]
        links["outcome"] = [CASE_OUTCOMES.index(outcome or "open") for _, _, outcome in rows]
    return np.sort(links, order=["filing", "kind", "outcome"])
