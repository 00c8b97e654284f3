"""One row of plain numbers per filing of a period: what every figure is counted from.

The facts of a compile are kept with it, so that a figure opens the filings that it counted on that
day, whatever has become of them since.
"""

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Left, StrIndex

from agencies.models import Agency, ItemVersion, Region
from filings.models import Alert, Filing, FilingItem, Result, Subject, SupervisionCase
from filings.workflow import Status
from reports.periods import Period
from reports.reading import Told, read

INDUSTRIES = "ABCDEFGHIJKLMNOPQRST"
NEVER = 0


class Words:
    """Numbers for the codes of one column: the place of each in one text that holds them all."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.text = f"|{'|'.join(codes)}|"
        self.places = {code: self.text.index(code) + 1 for code in codes}
        if any(self.text[place - 2] != "|" for place in self.places.values()):
            raise ValueError(f"one code hides in another: {codes}")

    def sent(self, path: str) -> Any:
        """The number of the code that a row holds, made by the database; 0 for none."""
        place = StrIndex(Value(self.text), F(path))
        return Coalesce(place, Value(0), output_field=IntegerField())

    def indexed(self, places: np.ndarray) -> np.ndarray:
        """For each number the place of its code in `codes`, -1 for none."""
        table = np.full(len(self.text) + 2, -1, np.int8)
        for index, code in enumerate(self.codes):
            table[self.places[code]] = index
        return table[places]


STATUS = Words(list(Status.values))
TYPE = Words(list(Filing.CheckType.values))
TRIGGER = Words(list(Filing.Trigger.values))
METHOD = Words(list(ItemVersion.Method.values))
OUTCOME = Words(list(Result.Outcome.values))
FOLLOW_UP = Words(list(Result.FollowUp.values))
WORDS = {
    "status": ("status", STATUS),
    "type": ("check_type", TYPE),
    "trigger": ("trigger", TRIGGER),
    "method": ("method", METHOD),
    "outcome": ("result__outcome", OUTCOME),
    "follow_up": ("result__follow_up", FOLLOW_UP),
}
FLAGS = {
    "native": Q(origin=Filing.Origin.NATIVE),
    "numbered": Q(number__isnull=False),
    "emergency": Q(emergency=True),
    "unlocked": Q(unlocked_at__isnull=False),
    "unannounced": Q(unannounced=True),
    "planned": ~Q(plan_number=""),
    "arrived": Q(visit__arrived_at__isnull=False),
    "before_arrival": Q(submitted_at__lt=F("visit__arrived_at")),
    "before_leaving": Q(back_filed_at__lte=F("visit__left_at"))
    | Q(back_filed_at=None, submitted_at__lte=F("visit__left_at")),
    "code_shown": Q(visit__code_shown=True),
    "certificates_shown": Q(visit__certificates_shown=True),
    "scanned": Q(visit__scan_of__in=["filing", "subject"]),
    "joint": Q(visit__joint=True),
    "has_result": Q(result__isnull=False),
    "complete": Q(result__complete_record=True),
    "enforced": Q(result__enforcement_followed=True),
    "published": Q(result__published_on__isnull=False),
    "withheld": Q(result__isnull=False) & ~Q(result__publication_withheld=""),
    "delivered": Q(result__delivered_at__isnull=False),
    "rectified": Q(result__rectified_on__isnull=False),
    "published_in_time": Q(result__published_on__lte=F("result__publish_by")),
    **{f"class_{code}": Q(subject__credit_class=code) for code in Subject.CreditClass.values},
}
BITS = {name: 1 << place for place, name in enumerate(FLAGS)}
COLUMNS = {
    "pk": "i8", "agency_id": "i8", "subject_id": "i8", "visited": "i8", "month": "i4",
    "flags": "i4", "industry": "i4", **{f"{name}_place": "i4" for name in WORDS},
}  # fmt: skip
KEPT = np.dtype(
    [("id", "<i8"), ("agency", "<i4"), ("subject", "<i4"), ("visit", "<i4"), ("flags", "<u4"),
     ("month", "i1"), ("industry", "i1"), ("status", "i1"), ("type", "i1"),
     ("trigger", "i1"), ("method", "i1"), ("outcome", "i1"), ("follow_up", "i1")]
)  # fmt: skip
ITEM_LINK = np.dtype([("filing", "<i4"), ("item", "<i4")])
CASE_LINK = np.dtype([("filing", "<i4"), ("kind", "i1"), ("outcome", "i1")])
CASE_KINDS = [one.value for one in SupervisionCase.Kind if one != SupervisionCase.Kind.BAD_RATING]
"""Which cases lead to filings: not the bad ratings, which no figure tells one by one."""
CASE_OUTCOMES = ["open", *SupervisionCase.Outcome.values]
ALERT_LINK = np.dtype([("filing", "<i4"), ("rule", "<i2"), ("handled", "i1")])


@dataclass(frozen=True, slots=True)
class Facts:
    """The filings in order of their ids; items, alerts and cases of each by its place there."""

    filings: np.ndarray
    items: np.ndarray
    alerts: np.ndarray
    cases: np.ndarray
    rules: list[str]

    def flag(self, name: str) -> np.ndarray:
        """For each filing whether the flag is up."""
        return (self.filings["flags"] & np.uint32(BITS[name])) != 0

    def taken(self, wanted: np.ndarray) -> "Facts":
        """The facts of the marked filings alone."""
        place = np.cumsum(wanted) - 1
        links = [_linked(links, wanted, place) for links in (self.items, self.alerts, self.cases)]
        return Facts(self.filings[wanted], *links, self.rules)


def _linked(links: np.ndarray, wanted: np.ndarray, place: np.ndarray) -> np.ndarray:
    kept = links[wanted[links["filing"]]].copy()
    kept["filing"] = place[kept["filing"]]
    return kept


def filings_of(region: Region, period: Period) -> Any:
    """Every filing of the region's agencies that is dated in the period, whatever its state."""
    agencies = list(Agency.objects.under(region).values_list("pk", flat=True))
    return Filing.objects.filter(agency__in=agencies).dated_between(*period.bounds)


def gather(here: Any, period: Period, told: Told = lambda count: None) -> Facts:
    """The facts of the filings in the queryset `here`; `told` hears how many have come."""
    filings = _kept(read(_annotated(here, period), COLUMNS, told))
    alerts, rules = _alerts(here, filings["id"])
    ids = filings["id"]
    return Facts(filings, _items(here, ids), alerts, _cases(here, ids), rules)


def _annotated(here: Any, period: Period) -> Any:
    ends = period.month_ends()
    month = Case(
        *(When(dated_at__lt=end, then=Value(place)) for place, end in enumerate(ends)),
        default=Value(len(ends)),
        output_field=IntegerField(),
    )
    flags = reduce(add, (_bit(condition, BITS[name]) for name, condition in FLAGS.items()))
    industry = Case(
        When(subject__industry="", then=Value(0)),
        default=StrIndex(Value(INDUSTRIES), Left("subject__industry", 1)),
        output_field=IntegerField(),
    )
    coded = {f"{name}_place": words.sent(path) for name, (path, words) in WORDS.items()}
    return here.order_by().annotate(
        visited=Coalesce("visit", Value(NEVER)),
        month=month,
        flags=flags,
        industry=industry,
        **coded,
    )


def _bit(condition: Q, bit: int) -> Any:
    return Case(When(condition, then=Value(bit)), default=Value(0), output_field=IntegerField())


def _kept(rows: np.ndarray) -> np.ndarray:
    kept = np.empty(len(rows), KEPT)
    for name, source in (("id", "pk"), ("agency", "agency_id"), ("subject", "subject_id"),
                         ("visit", "visited")):  # fmt: skip
        kept[name] = rows[source]
    for name in ("flags", "month"):
        kept[name] = rows[name]
    kept["industry"] = rows["industry"] - 1
    for name, (_path, words) in WORDS.items():
        kept[name] = words.indexed(rows[f"{name}_place"])
    return kept


def _items(here: Any, ids: np.ndarray) -> np.ndarray:
    """The items of each filing, in the order of their codes."""
    versions = dict(ItemVersion.objects.values_list("pk", "item"))
    announced = FilingItem.objects.order_by().filter(filing__in=here)
    rows = read(announced, {"filing_id": "i8", "item_version_id": "i8"})
    links = np.empty(len(rows), ITEM_LINK)
    links["filing"] = np.searchsorted(ids, rows["filing_id"])
    links["item"] = _through(versions, rows["item_version_id"])
    return links


def _through(mapping: dict[int, int], keys: np.ndarray) -> np.ndarray:
    table = np.zeros(max(mapping, default=0) + 1, np.int32)
    if mapping:
        table[np.fromiter(mapping, np.int64)] = np.fromiter(mapping.values(), np.int64)
    return table[keys]


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
