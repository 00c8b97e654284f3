"""Which rows may this person bring?  Clerks those of their agency, others those of their region."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from agencies.authority import NotAuthorised
from agencies.imports.kind import Row
from agencies.models import Agency, Region
from filings.imports.kinds import KINDS
from officers.authority import Authority
from officers.roles import Permission

Within = Callable[[list[Row]], None]
OF_CATALOGUE = frozenset(
    {"regions", "agencies", "items", "days", "entrustments", "assignments", "powers", "limits"}
)


def needed(kind: str) -> Permission:
    """What one must hold to bring rows of this kind."""
    if kind == "drafts":
        return Permission.FILING_SUBMIT
    if kind in OF_CATALOGUE:
        return Permission.CATALOGUE_WRITE
    return Permission.REGISTER_WRITE


def open_kinds(authority: Authority) -> list[str]:
    """The kinds of which the holder of `authority` may bring rows."""
    return [kind for kind in KINDS if authority.may(needed(kind)) and _open(kind, authority)]


def _open(kind: str, authority: Authority) -> bool:
    try:
        return kind not in ("items", "days") or bool(authority.registrar(None))
    except NotAuthorised:
        return False


def bounds(kind: str, authority: Authority) -> Within:
    """What refuses the rows of `kind` that lie outside the appointments of `authority`."""
    return _BOUNDS[kind](authority)


def _refuse(row: Row, name: str) -> None:
    row.refuse(
        name,
        "not_yours",
        _("lies outside your appointments"),
        _("Correct it, or give the row to whoever keeps that register."),
    )


def _of_agency(authority: Authority) -> Within:
    kept = authority.narrow_agencies(Agency.objects.all(), "", Permission.REGISTER_WRITE)
    codes = set(kept.values_list("code", flat=True))

    def within(rows: list[Row]) -> None:
        for row in rows:
            if row.values["agency"] not in codes:
                _refuse(row, "agency")

    return within


def _of_own(authority: Authority) -> Within:
    """Inspections of an agency at which one submits oneself."""
    codes = {one.code for one in authority.agencies(Permission.FILING_SUBMIT)}

    def within(rows: list[Row]) -> None:
        for row in rows:
            if row.values["agency"] not in codes:
                _refuse(row, "agency")

    return within


def _of_entrusted(authority: Authority) -> Within:
    """Letters for bodies in a region of one's own."""
    inside = authority.inside_regions("region", Permission.CATALOGUE_WRITE)
    codes = set(Agency.objects.filter(inside).values_list("code", flat=True))

    def within(rows: list[Row]) -> None:
        for row in rows:
            if row.values["agency"] not in codes:
                _refuse(row, "agency")

    return within


def _of_region(authority: Authority) -> Within:
    codes = _regions(authority)

    def within(rows: list[Row]) -> None:
        for row in rows:
            if row.values["region"] not in codes:
                _refuse(row, "region")

    return within


def _of_parent(authority: Authority) -> Within:
    """Regions under a region of one's own, stored or standing in the same file."""
    codes = _regions(authority)

    def within(rows: list[Row]) -> None:
        known, waiting = set(codes), list(rows)
        while inside := [row for row in waiting if row.values["parent"] in known]:
            known.update(row.values["code"] for row in inside)
            waiting = [row for row in waiting if row.values["parent"] not in known]
        for row in waiting:
            _refuse(row, "parent")

    return within


def _regions(authority: Authority) -> set[str]:
    inside = Region.objects.filter(authority.inside_regions("", Permission.CATALOGUE_WRITE))
    return set(inside.values_list("code", flat=True))


def _of_city(authority: Authority) -> Within:
    """The catalogue of items is one, kept at the city or the province.  Raises NotAuthorised."""
    authority.registrar(None)
    return lambda rows: None


def _of_anywhere(authority: Authority) -> Within:
    """The register of subjects is one for all clerks."""
    return lambda rows: None


_BOUNDS: dict[str, Callable[[Authority], Within]] = {
    "regions": _of_parent,
    "agencies": _of_region,
    "items": _of_city,
    "days": _of_city,
    "claims": _of_agency,
    "plans": _of_agency,
    "entrustments": _of_entrusted,
    "assignments": _of_region,
    "powers": _of_region,
    "limits": _of_region,
    "assistances": _of_agency,
    "officers": _of_agency,
    "subjects": _of_anywhere,
    "filings": _of_agency,
    "drafts": _of_own,
    "conflicts": _of_agency,
}
