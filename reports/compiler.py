"""From the records of one instant to the figures of one year (product 4).

Years and months are half-open intervals of explicit instants, every row is ordered by its code and
no figure is a float: equal records give an equal digest on every database and in every time zone.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from os.path import commonpath
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from agencies.calendar import month_bounds, year_bounds
from agencies.journal import canonical
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Region
from filings.models import Filing, Rating, Result
from filings.querysets import COUNTED
from filings.workflow import Status
from officers.models import Officer
from reports.definitions import NO_RESULT, VERSION

Told = Callable[[int, int], None]
STEPS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one year and region, and how many filings were read for them."""

    figures: dict[str, Any]
    row_count: int

    def text(self) -> str:
        """The one canonical JSON text of the figures."""
        return canonical(self.figures)

    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as of one instant, without writing.

    Inside a caller's transaction that transaction is taken as it stands.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL work_mem = '64MB'")
            yield
    else:
        with _reading_only(), transaction.atomic():
            yield


@contextmanager
def _reading_only() -> Iterator[None]:
    connection.ensure_connection()
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode


def whole_register(on: date) -> Region | None:
    """The smallest region that holds every agency; None when there is no agency."""
    paths = list(Agency.objects.values_list("region__path", flat=True).distinct())
    shared = f"{commonpath(paths)}/" if paths else ""
    regions = Region.objects.filter(path=shared).order_by("-valid_from")
    return regions.in_force(on).first() or regions.first()


def compile_figures(year: int, region: Region, told: Told = lambda done, total: None) -> Found:
    """Every figure of `year` for the agencies of `region` and its divisions, from one snapshot.

    `told` hears how many of how many steps are done.
    """
    with snapshot():
        return _figures(year, region, told)


class _Agency(NamedTuple):
    code: str
    name: str
    region: str
    valid_from: date
    valid_to: date | None


Cells = Counter[tuple[int, str, str, str]]
Rows = list[dict[str, Any]]


def _figures(year: int, region: Region, told: Told) -> Found:
    first, last = date(year, 1, 1), date(year, 12, 31)
    under = Agency.objects.under(region)
    columns = ("pk", "code", "name", "region__code", "valid_from", "valid_to")
    agencies = {pk: _Agency(*rest) for pk, *rest in under.values_list(*columns)}
    here = Filing.objects.filter(agency__in=list(agencies)).dated_between(*year_bounds(year))
    totals = _register_totals(region, last)
    told(1, STEPS)
    cells, apart = _cells(here, year)
    counted = here.counted().order_by()
    told(2, STEPS)
    tables = {
        "by_agency": _by_agency(agencies, cells, first, last),
        "by_region": _by_region(region, agencies, cells, first, last),
        "by_month": _by_choice([f"{m:02d}" for m in range(1, 13)], cells, 3),
        "by_type": _by_choice(Filing.CheckType.values, cells, 1),
        "by_trigger": _by_choice(Filing.Trigger.values, cells, 2),
        "by_outcome": _by_outcome(counted),
        "by_item": _by_item(counted, last),
    }
    told(3, STEPS)
    tables["by_rating"], rated = _by_rating(counted)
    told(4, STEPS)
    filings = sum(cells.values())
    figures = {
        "year": year,
        "region": {"code": region.code, "name": region.name, "kind": region.kind},
        "definitions": VERSION,
        "totals": totals | {"filings": filings} | apart | rated,
        "tables": tables,
    }
    return Found(figures, filings + sum(apart.values()))


def _register_totals(region: Region, last: date) -> dict[str, Any]:
    under = Agency.objects.under(region)
    items = InspectionItem.objects.in_force(last)
    claimed = Claim.objects.in_force(last).filter(agency__in=under)
    return {
        "agencies": under.in_force(last).count(),
        "items": items.count(),
        "items_claimed": items.filter(pk__in=claimed.values("item")).count(),
        "officers": Officer.objects.in_service(last).filter(agency__in=under).count(),
    }


def _cells(here: Any, year: int) -> tuple[Cells, dict[str, int]]:
    """Counted filings by agency, type, trigger and month, and how many are set apart and why."""
    ends = month_bounds(year)[1:]
    month = Case(
        *(When(dated_at__lt=end, then=Value(m)) for m, end in enumerate(ends, start=1)),
        output_field=IntegerField(),
    )
    part = Case(
        When(COUNTED, then=Value("filings")),
        When(~Q(origin=Filing.Origin.NATIVE), then=Value("imported")),
        When(status=Status.WITHDRAWN, then=Value("withdrawn")),
        default=Value("unnumbered"),
    )
    rows = (
        here.order_by()
        .annotate(part=part, month=month)
        .values_list("part", "agency", "check_type", "trigger", "month")
        .annotate(count=Count("pk"))
    )
    cells: Cells = Counter()
    apart = {"imported": 0, "withdrawn": 0, "unnumbered": 0}
    for name, agency, kind, trigger, m, count in rows:
        if name in apart:
            apart[name] += count
        else:
            cells[agency, kind, trigger, f"{m:02d}"] += count
    return cells, apart


def _summed(cells: Cells, place: int) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for key, count in cells.items():
        sums[key[place]] += count
    return sums


def _by_choice(codes: list[str], cells: Cells, place: int) -> Rows:
    sums = _summed(cells, place)
    return [{"code": code, "count": sums[code]} for code in codes]


def _by_agency(agencies: dict[int, _Agency], cells: Cells, first: date, last: date) -> Rows:
    sums = _summed(cells, 0)
    rows = [
        {"code": agency.code, "name": agency.name, "count": sums[pk]}
        for pk, agency in agencies.items()
        if sums[pk] or _existed(agency.valid_from, agency.valid_to, first, last)
    ]
    return sorted(rows, key=lambda row: row["code"])


def _by_region(
    region: Region, agencies: dict[int, _Agency], cells: Cells, first: date, last: date
) -> Rows:
    sums: Counter[str] = Counter()
    for pk, count in _summed(cells, 0).items():
        sums[agencies[pk].region] += count
    names = {}
    within = Region.objects.under(region).order_by("valid_from", "pk")
    for code, name, begin, end in within.values_list("code", "name", "valid_from", "valid_to"):
        if sums[code] or _existed(begin, end, first, last):
            names[code] = name
    return [{"code": code, "name": names[code], "count": sums[code]} for code in sorted(names)]


def _existed(begin: date, end: date | None, first: date, last: date) -> bool:
    return begin <= last and (end is None or end > first)


def _by_item(counted: Any, last: date) -> Rows:
    used = dict(
        counted.values_list("items__item_version")
        .annotate(count=Count("items"))
        .filter(count__gt=0)
    )
    sums: Counter[str] = Counter()
    names: dict[str, str] = {}
    versions = ItemVersion.objects.order_by("item__code", "valid_from", "version")
    columns = ("pk", "item__code", "name", "valid_from")
    for pk, code, name, begin in versions.values_list(*columns):
        sums[code] += used.get(pk, 0)
        if begin <= last or code not in names:
            names[code] = name
    return [{"code": code, "name": names[code], "count": sums[code]} for code in sorted(+sums)]


def _by_outcome(counted: Any) -> Rows:
    outcome = Coalesce("result__outcome", Value(NO_RESULT))
    sums = dict(
        counted.annotate(outcome=outcome).values_list("outcome").annotate(count=Count("pk"))
    )
    codes = [*Result.Outcome.values, NO_RESULT]
    return [{"code": code, "count": sums.get(code, 0)} for code in codes]


def _by_rating(counted: Any) -> tuple[Rows, dict[str, Any]]:
    levels = Rating.objects.filter(visit__in=counted.filter(visit__isnull=False).values("visit"))
    sums = dict(levels.order_by().values_list("level").annotate(count=Count("pk")))
    rated, points = sum(sums.values()), sum(level * n for level, n in sums.items())
    mean = (Decimal(points) / rated).quantize(Decimal("0.01"), ROUND_HALF_UP) if rated else None
    rows = [{"code": str(level), "count": sums.get(level, 0)} for level in range(1, 6)]
    return rows, {"rated_visits": rated, "mean_rating": None if mean is None else str(mean)}
