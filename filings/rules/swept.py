"""What the registers show to be wrong without any filing: asked every night (domain C2 to C4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _

from agencies.calendar import local_date, midnight
from agencies.models import Agency, Claim, ItemVersion, LegalBasis, Power
from filings.models import Filing, FilingItem, Limit, Subject
from filings.models.limit import YEAR
from filings.rules.history import VISITED
from filings.rules.settings import Settings

MONTH_DAYS = 30.4375


@dataclass(frozen=True, slots=True)
class Found:
    """One thing for a supervisor to look at; `about` keeps it from being told twice."""

    code: str
    agency: Agency
    about: str
    text: str
    numbers: dict[str, Any] = field(default_factory=dict)
    filing: Filing | None = None


def floors_missed(day: date, _settings: Settings) -> Iterator[Found]:
    """R-FRQ-6: how many subjects an agency visited less often than a floor asks.

    A floor over a year is held against the year that has ended, a longer one against the time
    up to `day`.
    """
    rows = Limit.objects.in_force(day).filter(least__gt=0).select_related("region")
    for limit in rows.prefetch_related("items", "agencies").order_by("code"):
        start, end = _window(limit, day)
        for agency in _bound(limit, day):
            count = len(_below(limit, agency, start, end))
            if count:
                yield Found(
                    "floor_missed",
                    agency,
                    f"floor {limit.pk} {agency.pk} {end:%Y}",
                    _(
                        "%(count)s subjects of %(agency)s were inspected less than %(least)s times "
                        "from %(start)s to %(end)s (“%(limit)s”)."
                    ),
                    {
                        "count": count,
                        "agency": agency.name,
                        "least": limit.least,
                        "start": start.isoformat(),
                        "end": (end - timedelta(days=1)).isoformat(),
                        "limit": limit.name,
                    },
                )


def _window(limit: Limit, day: date) -> tuple[date, date]:
    if limit.months == YEAR:
        return date(day.year - 1, 1, 1), date(day.year, 1, 1)
    return day - timedelta(days=round(limit.months * MONTH_DAYS)), day


def _bound(limit: Limit, day: date) -> list[Agency]:
    """Whom the floor binds: those it names, else those of the region that claim its items."""
    named = list(limit.agencies.select_related("region").order_by("code"))
    if named:
        return named
    items = [item.pk for item in limit.items.all()]
    claims = Claim.objects.in_force(day).filter(agency=OuterRef("pk"))
    if items:
        claims = claims.filter(item__in=items)
    inside = Agency.objects.in_force(day).filter(region__path__startswith=limit.region.path)
    return list(inside.filter(Exists(claims)).select_related("region").order_by("code"))


def _below(limit: Limit, agency: Agency, start: date, end: date) -> list[int]:
    visits = Q(
        filings__status__in=VISITED,
        filings__planned_start__gte=midnight(start),
        filings__planned_start__lt=midnight(end),
    )
    if not limit.together:
        visits &= Q(filings__agency=agency)
    items = [item.pk for item in limit.items.all()]
    if items:
        visits &= Q(filings__items__item_version__item__in=items)
    there = Subject.objects.filter(
        business_region__path__startswith=agency.region.path,
        registration=Subject.Registration.ACTIVE,
    )
    if limit.credit_class:
        there = there.filter(credit_class=limit.credit_class)
    counted = there.annotate(came=Count("filings", filter=visits, distinct=True))
    return list(counted.filter(came__lt=limit.least).values_list("pk", flat=True))


def bases_ended(day: date, _settings: Settings) -> Iterator[Found]:
    """R-ITM-3: items an agency claims whose every provision has ended."""
    held = LegalBasis.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), item_version=OuterRef("pk")
    )
    for agency, codes in _claimed(day, lambda rows: rows.filter(~Exists(held))):
        yield _counted("basis_ended", agency, codes, day, _ENDED)


def items_unused(day: date, settings: Settings) -> Iterator[Found]:
    """R-ITM-3: items an agency has claimed for years and used never in that time."""
    years = settings.param("items_unused", "years")
    since = date(day.year - years, 1, 1)
    used = set(
        FilingItem.objects.filter(filing__dated_at__gte=midnight(since)).values_list(
            "filing__agency", "item_version__item__code"
        )
    )
    old = Claim.objects.in_force(day).filter(valid_from__lt=since).select_related("agency", "item")
    found: dict[Agency, list[str]] = {}
    for claim in old.order_by("agency__code", "item__code"):
        if (claim.agency_id, claim.item.code) not in used:
            found.setdefault(claim.agency, []).append(claim.item.code)
    for agency, codes in found.items():
        yield _counted("items_unused", agency, codes, day, _UNUSED)


def lists_differ(day: date, _settings: Settings) -> Iterator[Found]:
    """R-ITM-4: what is claimed and not on the power list of the region, and the other way round."""
    powers: dict[str, set[str]] = {}
    for path, code in Power.objects.in_force(day).values_list("region__path", "code"):
        powers.setdefault(path, set()).add(code)
    for path, codes in powers.items():
        claims = Claim.objects.in_force(day).filter(agency__region__path=path)
        claimed: dict[Agency, list[str]] = {}
        for claim in claims.select_related("agency", "item").order_by("agency__code", "item__code"):
            claimed.setdefault(claim.agency, []).append(claim.item.code)
        for agency, own in claimed.items():
            beyond = [code for code in own if code not in codes]
            if beyond:
                yield _counted("items_beyond_powers", agency, beyond, day, _BEYOND)
        missing = sorted(codes - {code for own in claimed.values() for code in own})
        first = Agency.objects.in_force(day).filter(region__path=path).order_by("code").first()
        if missing and first is not None:
            yield _counted("powers_unclaimed", first, missing, day, _MISSING)


def _claimed(day: date, narrow: Callable[[Any], Any]) -> Iterator[tuple[Agency, list[str]]]:
    versions = narrow(ItemVersion.objects.in_force(day).filter(item=OuterRef("item")))
    claims = Claim.objects.in_force(day).filter(Exists(versions))
    found: dict[Agency, list[str]] = {}
    for claim in claims.select_related("agency", "item").order_by("agency__code", "item__code"):
        found.setdefault(claim.agency, []).append(claim.item.code)
    yield from found.items()


_ENDED = _(
    "%(count)s items of %(agency)s rest on no provision in force any more: %(codes)s. "
    "Have the list updated within 30 days."
)
_UNUSED = _(
    "%(count)s items of %(agency)s were claimed for years and never used: %(codes)s. "
    "Consider giving them up."
)
_BEYOND = _("%(count)s items of %(agency)s are not on the power list: %(codes)s.")
_MISSING = _("%(count)s powers of the region of %(agency)s are claimed by nobody: %(codes)s.")
SHOWN = 5


def _counted(code: str, agency: Agency, codes: list[str], day: date, text: str) -> Found:
    named = ", ".join(codes[:SHOWN]) + (", …" if len(codes) > SHOWN else "")
    numbers = {"count": len(codes), "agency": agency.name, "codes": named}
    return Found(code, agency, f"{code} {agency.pk} {day.year}", text, numbers)


SWEEPS = (
    floors_missed,
    bases_ended,
    items_unused,
    lists_differ,
)


def found_at(at: datetime) -> Iterator[Found]:
    """Everything the sweeps find on the day of `at`, less what is switched off everywhere."""
    day = local_date(at)
    settings = Settings.on(day, None)
    for sweep in SWEEPS:
        yield from (one for one in sweep(day, settings) if settings.severity(one.code) != "off")
