"""What the registers say of a region in a period: who existed, who could inspect by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from os.path import commonpath
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Plan, Region
from agencies.querysets import in_force_q
from filings.models import DrawnSubject, FilingOfficer
from officers.models import Certificate, Officer
from reports.caps import Cap, caps_of
from reports.likeness import different
from reports.periods import Period
from reports.reading import GROUP, among, read_alike

COLUMNS = {"agency_id": "i4", "item_id": "i4"}


class Row(NamedTuple):
    """One row of a table: what it is called, and whether there is a power to count."""

    code: str
    name: str
    power: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Registers:
    """The rows that the registers give, each list beside the keys by which facts name them."""

    totals: dict[str, int]
    agencies: dict[int, Row]
    regions: list[Row]
    region_of: dict[int, str]
    items: dict[int, Row]
    held: dict[str, dict[int, int]]
    caps: list[Cap]


def whole_register(on: date) -> Region | None:
    """The smallest region that holds every agency; None when there is no agency."""
    paths = list(Agency.objects.values_list("region__path", flat=True).distinct())
    shared = f"{commonpath(paths)}/" if paths else ""
    regions = Region.objects.filter(path=shared).order_by("-valid_from")
    return regions.in_force(on).first() or regions.first()


def consult(region: Region, period: Period) -> Registers:
    """What the registers say."""
    claims, standing = _claims(region, period)
    able, claimed = (set(different(claims[name]).tolist()) for name in COLUMNS)
    agencies, region_of = _agencies(region, period, able)
    items, in_force = _items(period, claimed)
    standing = standing[np.isin(standing["item_id"], list(in_force))]
    held = _held(region, period.last, standing)
    return Registers(
        {
            "agencies": _under(region).in_force(period.last).count(),
            "items": len(in_force),
            "items_claimed": len(different(standing["item_id"])),
            **_people(held),
        },
        agencies,
        _regions(region, period, {region_of[pk] for pk in able}),
        region_of,
        items,
        held,
        caps_of(region, period.last),
    )


def idle_officers(region: Region, period: Period, here: Any) -> Any:
    """The officers in service who take part in none of the filings `here`."""
    return _serving(region, period.last).annotate(took_part=_newest(here)).filter(took_part=None)


def officers_at_work(
    region: Region, period: Period, here: Any, ids: tuple[int, int], known: dict[int, int]
) -> dict[int, int]:
    """For each officer in service one of the filings `here`, of ids in the range; 0 for none.

    Asked officer by officer, newest filing first: one look where he or she took part at all.  Those
    are not asked of whom such a filing is known.
    """
    serving = _serving(region, period.last).order_by()
    found = {pk: known.get(pk, 0) for pk in serving.values_list("pk", flat=True)}
    asked = serving.filter(pk__in=among(pk for pk, filing in found.items() if not filing))
    newest = _newest(here, filing__gte=ids[0], filing__lte=ids[1])
    for pk, filing in asked.annotate(took_part=newest).values_list("pk", "took_part"):
        found[pk] = filing or 0
    return found


def _serving(region: Region, last: date) -> Any:
    return Officer.objects.in_service(last).filter(agency__in=_under(region))


def _newest(here: Any, **within: int) -> Subquery:
    took_part = FilingOfficer.objects.filter(officer=OuterRef("pk"), filing__in=here, **within)
    return Subquery(took_part.order_by("-filing").values("filing")[:1])


def unfiled_draws(region: Region, period: Period, here: Any) -> Any:
    """The drawn subjects, not set aside, on which the agency made none of the filings `here`."""
    filed = here.filter(agency=OuterRef("draw__agency"), subject=OuterRef("subject"))
    drawn = DrawnSubject.objects.filter(
        draw__agency__in=_under(region),
        draw__year__range=(period.first.year, period.last.year),
        set_aside_at=None,
    )
    return drawn.filter(~Exists(filed))


def unfiled_plans(region: Region, period: Period, here: Any) -> Any:
    """The plans that hold in the period and that none of the filings `here` names."""
    filed = here.filter(agency=OuterRef("agency"), plan_number=OuterRef("number"))
    plans = Plan.objects.filter(agency__in=_under(region)).filter(_touches(period))
    return plans.filter(~Exists(filed))


def _under(region: Region) -> Any:
    return Agency.objects.under(region)


def _touches(period: Period) -> Q:
    ended = Q(valid_to=None) | Q(valid_to__gt=period.first)
    return Q(valid_from__lte=period.last) & ended


def entries(region: Region, last: date) -> dict[str, Any]:
    """The rows of the registers that each total counts, of officers and claims by agency too."""
    claimed = Claim.objects.in_force(last).filter(agency__in=_under(region))
    serving = _serving(region, last)
    certificate = Certificate.objects.filter(
        officer=OuterRef("pk"),
        status=Certificate.Status.ACTIVE,
        valid_from__lte=last,
        valid_to__gte=last,
    )
    items = InspectionItem.objects.in_force(last)
    return {
        "agencies": _under(region).in_force(last),
        "items": items,
        "items_claimed": items.filter(pk__in=claimed.values("item")),
        "officers": serving,
        "officers_certified": serving.filter(Exists(certificate)),
        "officers_uncertified": serving.filter(~Exists(certificate)),
    }


def _claims(region: Region, period: Period) -> tuple[np.ndarray, np.ndarray]:
    """Which agency claimed which item in the period, and of these claims those of its last day."""
    claims = Claim.objects.filter(agency__in=_under(region)).filter(_touches(period)).order_by()
    rows, kinds = read_alike(claims.annotate(stands=in_force_q(period.last)), COLUMNS, ["stands"])
    return rows, rows[np.array([bool(stands) for (stands,) in kinds], bool)[rows[GROUP]]]


def _people(held: dict[str, dict[int, int]]) -> dict[str, int]:
    people = {name: sum(held[name].values()) for name in ("officers", "officers_certified")}
    without = people["officers"] - people["officers_certified"]
    return people | {"officers_uncertified": without}


def _held(region: Region, last: date, standing: np.ndarray) -> dict[str, dict[int, int]]:
    """What each agency held on the last day, for tables of the registers."""
    rows = entries(region, last)
    counted = {
        name: dict(rows[name].order_by().values_list("agency").annotate(n=Count("pk")))
        for name in ("officers", "officers_certified")
    }
    agencies, numbers = np.unique(standing["agency_id"], return_counts=True)
    claims = dict(zip(agencies.tolist(), numbers.tolist(), strict=True))
    return counted | {"items_claimed": claims}


def _existed(begin: date, end: date | None, period: Period) -> bool:
    return begin <= period.last and (end is None or end > period.first)


def _agencies(
    region: Region, period: Period, able: set[int]
) -> tuple[dict[int, Row], dict[int, str]]:
    columns = ("pk", "code", "name", "region__code", "valid_from", "valid_to")
    rows, region_of = {}, {}
    for pk, code, name, place, begin, end in _under(region).order_by("code").values_list(*columns):
        rows[pk] = Row(code, name, pk in able, _existed(begin, end, period))
        region_of[pk] = place
    return rows, region_of


def _regions(region: Region, period: Period, able: set[str]) -> list[Row]:
    rows: dict[str, Row] = {}
    within = Region.objects.under(region).order_by("valid_from", "pk")
    for code, name, begin, end in within.values_list("code", "name", "valid_from", "valid_to"):
        existed = _existed(begin, end, period)
        if existed or code not in rows or not rows[code].shown:
            rows[code] = Row(code, name, code in able, existed)
    return [rows[code] for code in sorted(rows)]


def _items(period: Period, claimed: set[int]) -> tuple[dict[int, Row], set[int]]:
    """Every item by its key, in the order of the codes, under the newest name it has borne.

    And the keys of those in force on the last day.
    """
    rows: dict[int, Row] = {}
    in_force: set[int] = set()
    versions = ItemVersion.objects.order_by("item__code", "valid_from", "version")
    columns = ("item", "item__code", "name", "valid_from", "valid_to")
    for key, code, name, begin, end in versions.values_list(*columns):
        known = rows.get(key)
        shown = _existed(begin, end, period) or (known is not None and known.shown)
        if known is None or begin <= period.last:
            rows[key] = Row(code, name, key in claimed, shown)
        else:
            rows[key] = known._replace(shown=shown)
        if begin <= period.last and (end is None or end > period.last):
            in_force.add(key)
    return rows, in_force


def codes(words: Iterable[str]) -> list[Row]:
    """Rows that are called by their codes alone."""
    return [Row(word, "") for word in words]
