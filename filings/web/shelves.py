"""What each register shows in its list and on the page of one row: tables as data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import actions
from agencies.filters import AgencyFilter, ClaimFilter, ItemFilter, RegionFilter
from agencies.imports.catalogue import Claims, Items
from agencies.imports.places import Agencies, Regions
from agencies.imports.points import stored_points, written
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Region
from filings.actions import change_subject
from filings.filters import SubjectFilter
from filings.imports.subjects import Subjects
from filings.models import Subject
from filings.web.shelf import Change, Register, period, span
from filings.web.shelves_of_law import OF_LAW
from officers.actions import serving
from officers.filters import OfficerFilter
from officers.imports import Officers
from officers.models import Officer
from officers.roles import Permission


def _latest(item: InspectionItem) -> Any:
    return max(item.versions.all(), key=lambda one: one.version, default=None)


def _versions(item: InspectionItem) -> Iterable[tuple[Any, ...]]:
    for one in sorted(item.versions.all(), key=lambda version: -version.version):
        bases = "; ".join(f"{b.title} {b.article}".strip() for b in one.bases.all())
        yield one.version, one.name, period(one), bases, len(one.checklist)


def _gone_through(item: InspectionItem) -> Iterable[tuple[Any, ...]]:
    latest = _latest(item)
    methods, severities = dict(ItemVersion.Method.choices), dict(ItemVersion.Severity.choices)
    for number, one in enumerate(stored_points(latest.checklist if latest else ()), start=1):
        method = methods.get(one.method, one.method)
        yield number, one.clause, one.standard, method, severities.get(one.severity, one.severity)


def succession(item: InspectionItem) -> dict[str, Any]:
    """What the next version of the item begins with: what the latest one says."""
    latest = _latest(item)
    if latest is None:
        return {}
    basis = next(iter(latest.bases.all()), None)
    said = {name: getattr(item, name) for name in ("main_item", "field", "source_system")}
    said |= {name: getattr(latest, name) for name in ("name", "level", "kind", "published_on")}
    said |= {name: ";".join(getattr(latest, name)) for name in ("subject_kinds", "methods")}
    said["checklist"] = "\n".join(written(latest.checklist))
    flags = ("joint_allowed", "unannounced_allowed", "off_site_possible")
    said |= {name: "true" if getattr(latest, name) else "false" for name in flags}
    of_basis = ("rank", "title", "document_number", "article", "text")
    return said | {f"basis_{name}": getattr(basis, name, "") for name in of_basis}


def _divisions(region: Region) -> Iterable[tuple[Any, ...]]:
    for one in region.children.order_by("code", "valid_from")[:200]:
        yield one.code, one.name, period(one)


def _claimed(agency: Agency) -> Iterable[tuple[Any, ...]]:
    for one in agency.claims.select_related("item").order_by("item__code")[:200]:
        yield one.item.code, period(one)


def _certificates(officer: Officer) -> Iterable[tuple[Any, ...]]:
    for one in officer.certificates.all():
        yield one.number, one.issuer, period(one), one.get_status_display()


def _last_valid(officer: Officer) -> Any:
    last = max((one.valid_to for one in officer.certificates.all()), default=None)
    return last and last.isoformat()


VALID = (_("In force"), period)
REGISTERS = {
    "regions": Register(
        _("Regions"),
        _("Divisions and development zones, with the days from which and to which they exist."),
        Region,
        RegionFilter,
        Regions,
        Permission.CATALOGUE_WRITE,
        ("path", "pk"),
        ("parent",),
        (
            (_("Name"), lambda one: one.name),
            (_("Code"), lambda one: one.code),
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Part of"), lambda one: one.parent.name if one.parent else ""),
            VALID,
        ),
        (),
        ((_("Divisions"), (_("Code"), _("Name"), _("In force")), _divisions),),
    ),
    "agencies": Register(
        _("Agencies"),
        _("Who may inspect, since when and where."),
        Agency,
        AgencyFilter,
        Agencies,
        Permission.CATALOGUE_WRITE,
        ("code", "pk"),
        ("region", "parent", "principal", "successor"),
        (
            (_("Name"), lambda one: one.name),
            (_("Code"), lambda one: one.code),
            (_("Region"), lambda one: one.region.name),
            (_("Kind"), lambda one: one.get_kind_display()),
            VALID,
        ),
        (
            (_("Line"), lambda one: one.get_line_display()),
            (_("Qualified"), lambda one: span(one.qualified_from, one.qualified_to)),
            (_("Stands under"), lambda one: one.parent),
            (_("Acts for"), lambda one: one.principal),
            (_("Succeeded by"), lambda one: one.successor),
        ),
        ((_("Items claimed"), (_("Item"), _("In force")), _claimed),),
        actions.dissolve,
        Change(
            actions.change,
            ("name", "line", "uscc", "parent", "principal", "qualified_from", "qualified_to"),
        ),
    ),
    "items": Register(
        _("Inspection items"),
        _("What may be inspected, in every version, with its legal bases."),
        InspectionItem,
        ItemFilter,
        Items,
        Permission.CATALOGUE_WRITE,
        ("code", "pk"),
        (),
        (
            (_("Name"), lambda one: _latest(one).name if _latest(one) else one.code),
            (_("Code"), lambda one: one.code),
            (_("Field"), lambda one: one.field),
            (_("In force"), lambda one: period(_latest(one)) if _latest(one) else ""),
        ),
        (),
        (
            (
                _("Versions"),
                (_("Version"), _("Name"), _("In force"), _("Legal bases"), _("Checklist")),
                _versions,
            ),
            (
                _("Checklist"),
                (_("Point"), _("Clause"), _("Standard"), _("Method"), _("Severity")),
                _gone_through,
            ),
        ),
        actions.abolish,
        succession=succession,
    ),
    "claims": Register(
        _("Claims"),
        _("Which agency may use which item, from when to when."),
        Claim,
        ClaimFilter,
        Claims,
        Permission.REGISTER_WRITE,
        ("-pk",),
        ("agency__region", "item"),
        (
            (_("Item"), lambda one: _latest(one.item).name if _latest(one.item) else one.item.code),
            (_("Code"), lambda one: one.item.code),
            (_("Agency"), lambda one: one.agency.name),
            VALID,
        ),
        end=actions.release,
    ),
    "officers": Register(
        _("Officers"),
        _("Who may carry an inspection out, and with which certificates."),
        Officer,
        OfficerFilter,
        Officers,
        Permission.REGISTER_WRITE,
        ("pk",),
        ("agency__region",),
        (
            (pgettext_lazy("of a person", "Name"), lambda one: one.name),
            (_("Staff number"), lambda one: one.code),
            (_("Agency"), lambda one: one.agency.name),
            (_("Category"), lambda one: one.get_category_display()),
            (_("Certificate valid to"), _last_valid),
        ),
        (
            (_("Post"), lambda one: one.post),
            (_("In service"), lambda one: span(one.joined_on, one.left_on)),
        ),
        (
            (
                _("Certificates"),
                (pgettext_lazy("of a paper", "Number"), _("Issuer"), _("Valid"), _("Status")),
                _certificates,
            ),
        ),
        serving.leave,
        Change(serving.change_officer, ("name", "category", "post")),
    ),
    "subjects": Register(
        _("Subjects"),
        _("Whom one inspects: enterprises, places, institutions."),
        Subject,
        SubjectFilter,
        Subjects,
        Permission.REGISTER_WRITE,
        ("pk",),
        ("business_region", "registered_region"),
        (
            (_("Name"), lambda one: one.name),
            (_("Unified social credit code"), lambda one: one.uscc),
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Region"), lambda one: one.business_region.name),
            (_("Credit class"), lambda one: one.get_credit_class_display()),
        ),
        (
            (_("Business address"), lambda one: one.business_address),
            (_("Former names"), lambda one: "; ".join(one.former_names)),
            (_("Registration status"), lambda one: one.get_registration_display()),
            (_("Industry"), lambda one: one.industry),
            (_("Size"), lambda one: one.get_size_display()),
        ),
        change=Change(
            change_subject,
            (
                "name",
                "legal_representative",
                "business_address",
                "registered_address",
                "industry",
                "size",
                "registration",
                "credit_class",
                "risk_class",
                "whitelisted_from",
                "whitelisted_to",
                "key_supervision",
            ),
        ),
    ),
} | OF_LAW
RELATED = {
    "items": ("versions__bases",),
    "claims": ("item__versions",),
    "officers": ("certificates",),
}
