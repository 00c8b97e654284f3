"""Rows of the register of divisions and of the register of authorities."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from agencies.authority import By, keeper, registrar
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, Spans, codes, found
from agencies.journal import Actor
from agencies.models import Agency, Region

CODE = r"[0-9A-Z]{2,20}"
VALID = (
    Field("valid_from", gettext_lazy("valid from"), checking.day(), "2022-01-01", required=True),
    Field("valid_to", gettext_lazy("valid to"), checking.day(), default=None),
)


class Regions(Kind):
    """Divisions and development zones; a parent may stand in the same file, in any order."""

    name = "regions"
    label = gettext_lazy("regions")
    chunk = None
    fields = (
        Field("code", gettext_lazy("code"), checking.code(12, "[0-9]{6,12}"), "220202", True),
        Field("name", gettext_lazy("name"), checking.text(100), "昌邑区", True),
        Field("kind", gettext_lazy("kind"), checking.choice(Region.Kind), "county", True),
        Field("parent", gettext_lazy("parent"), checking.code(12), "220200"),
        *VALID,
    )

    def identity(self, row: Row) -> Hashable:
        return row.values["code"], row.values["valid_from"]

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse a missing parent, a province with one, and periods that overlap."""
        self.spans = region_spans(codes(rows, "code", "parent"))
        arriving = codes(rows, "code")
        for row in rows:
            row.refuse_order("valid_from", "valid_to")
            parent, top = row.values["parent"], row.values["kind"] == Region.Kind.PROVINCE
            if top == bool(parent):
                row.refuse(
                    "parent",
                    "parent",
                    _("a province has no parent, every other division has one"),
                    _("Fill in the code of the division above, or clear it for a province."),
                )
            elif parent and parent not in arriving and not self.spans.knows(parent):
                row.refuse_unknown("parent", parent, _("region"))

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held = found(Region.objects.select_related("parent"), "code", codes(rows, "code"))
        return {
            (region.code, region.valid_from): {
                "name": region.name,
                "kind": region.kind,
                "parent": region.parent.code if region.parent else "",
                "valid_to": region.valid_to,
            }
            for region in held
        }

    def accept(self, row: Row) -> None:
        self.spans.refuse_overlap(row, row.values["code"])
        if not row.faults:
            self.spans.add(
                row.values["code"], row.values["valid_from"], row.values["valid_to"], None
            )

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write parents before children; a child whose parent was refused is refused as well."""
        known = region_spans(codes(rows, "parent"))
        for wave in waves(rows, lambda row: self._parent(row, known)):
            made = [_region(row) for row in wave]
            Region.objects.bulk_create(made)
            for region in made:
                known.add(region.code, region.valid_from, region.valid_to, region)

    def allowed(self, row: Row, by: By) -> Actor:
        """The supervisor of the region above; a province is entered at the machine only."""
        above = self.spans.on(row.values["parent"], row.values["valid_from"])
        if above is None:
            row.refuse_unknown("parent", row.values["parent"], _("row in force on that day"))
        return registrar(by, above)

    def entered(self, row: Row) -> Region:
        return Region.objects.get(code=row.values["code"], valid_from=row.values["valid_from"])

    def end_open(self, row: Row) -> bool:
        start = row.values["valid_from"]
        held = Region.objects.filter(code=row.values["code"], valid_to=None, valid_from__lt=start)
        return bool(held.update(valid_to=start))

    def hand_over(self, row: Row) -> None:
        """Divisions and agencies in force go over; filings keep the row of their day."""
        region, start = self.entered(row), row.values["valid_from"]
        former = Region.objects.filter(code=region.code, valid_to=start)
        Region.objects.filter(parent__in=former, valid_to=None).update(parent=region)
        Agency.objects.filter(region__in=former, valid_to=None).update(region=region)

    def _parent(self, row: Row, known: Spans) -> bool:
        parent = row.values["parent"]
        row.refs["parent"] = known.on(parent, row.values["valid_from"]) if parent else None
        return not parent or row.refs["parent"] is not None


def _region(row: Row) -> Region:
    values, parent = row.values, row.refs["parent"]
    return Region(
        code=values["code"],
        name=values["name"],
        kind=values["kind"],
        parent=parent,
        path=f"{parent.path if parent else ''}{values['code']}/",
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
    )


def waves(rows: list[Row], ready: Callable[[Row], bool]) -> Iterator[list[Row]]:
    """Rows in the order in which they can be written; what never gets ready stays out, refused."""
    waiting = list(rows)
    while waiting:
        wave = [row for row in waiting if ready(row)]
        if not wave:
            break
        yield wave
        done = {id(row) for row in wave}
        waiting = [row for row in waiting if id(row) not in done]
    for row in waiting:
        name = next(n for n in ("parent", "principal") if row.values.get(n) and not row.refs[n])
        row.refuse_unknown(name, row.values[name], _("row in force on that day"))


def region_spans(wanted: set[str]) -> Spans:
    """The stored regions under these codes, by their dates."""
    spans = Spans()
    for region in found(Region.objects.all(), "code", wanted):
        spans.add(region.code, region.valid_from, region.valid_to, region)
    return spans


class Agencies(Kind):
    """Authorities; a parent or principal may stand in the same file, in any order."""

    name = "agencies"
    label = gettext_lazy("agencies")
    chunk = None
    fields = (
        Field("code", gettext_lazy("code"), checking.code(20, CODE), "CYSCJG", True),
        Field("name", gettext_lazy("name"), checking.text(200), "昌邑区市场监督管理局", True),
        Field("kind", gettext_lazy("kind"), checking.choice(Agency.Kind), "organ", True),
        Field("region", gettext_lazy("region"), checking.code(12), "220202", True),
        Field(
            "line",
            gettext_lazy("line"),
            checking.choice(Agency.Line),
            "local",
            default=Agency.Line.LOCAL,
        ),
        Field("uscc", gettext_lazy("unified social credit code"), checking.credit_code),
        Field("parent", gettext_lazy("parent"), checking.code(20)),
        Field("principal", gettext_lazy("principal"), checking.code(20)),
        Field(
            "qualified_from",
            gettext_lazy("qualified from"),
            checking.day(),
            "2022-01-01",
            required=True,
        ),
        Field("qualified_to", gettext_lazy("qualified to"), checking.day(), default=None),
        *VALID,
    )

    def identity(self, row: Row) -> Hashable:
        return row.values["code"]

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse missing regions and superiors, and a principal where none belongs."""
        self.regions = region_spans(codes(rows, "region"))
        known = codes(rows, "code") | set(agencies_by_code(codes(rows, "parent", "principal")))
        for row in rows:
            values = row.values
            row.refuse_order("valid_from", "valid_to")
            row.refuse_order("qualified_from", "qualified_to")
            row.refs["region"] = self.regions.on(values["region"], values["valid_from"])
            if row.refs["region"] is None:
                row.refuse_unknown("region", values["region"], _("region"))
            for name in ("parent", "principal"):
                if values[name] and values[name] not in known:
                    row.refuse_unknown(name, values[name], _("agency"))
            if (values["kind"] == Agency.Kind.ENTRUSTED) != bool(values["principal"]):
                row.refuse(
                    "principal",
                    "principal",
                    _("an entrusted organisation has a principal, no other agency has one"),
                    _("Fill in the code of the agency in whose name it acts, or clear it."),
                )

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held = Agency.objects.select_related("region", "parent", "principal")
        plain = ("name", "kind", "line", "uscc", "qualified_from", "qualified_to")
        return {
            agency.code: {
                **{name: getattr(agency, name) for name in plain},
                "region": agency.region.code,
                "parent": agency.parent.code if agency.parent else "",
                "principal": agency.principal.code if agency.principal else "",
                "valid_from": agency.valid_from,
                "valid_to": agency.valid_to,
            }
            for agency in found(held, "code", codes(rows, "code"))
        }

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write superiors before those under them."""
        known = agencies_by_code(codes(rows, "parent", "principal"))
        for wave in waves(rows, lambda row: self._superiors(row, known)):
            made = [Agency(**{**row.values, **row.refs}) for row in wave]
            Agency.objects.bulk_create(made)
            known.update((agency.code, agency) for agency in made)

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, row.refs["region"])

    def entered(self, row: Row) -> Agency:
        return Agency.objects.get(code=row.values["code"])

    def _superiors(self, row: Row, known: dict[str, Agency]) -> bool:
        for name in ("parent", "principal"):
            row.refs[name] = known.get(row.values[name])
        return all(row.refs[n] or not row.values[n] for n in ("parent", "principal"))


def kept_agency(row: Row, by: By) -> Actor:
    """Who keeps the registers of the row's agency; one the caller may not know of is refused."""
    agency = row.refs["agency"]
    if not isinstance(by, Actor) and not Agency.objects.visible_to(by).filter(pk=agency.pk):
        row.refuse_unknown("agency", row.values["agency"], _("agency"))
        return Actor("")
    return keeper(by, agency)


def agencies_by_code(wanted: set[str]) -> dict[str, Agency]:
    """The stored agencies under these codes."""
    return {agency.code: agency for agency in found(Agency.objects.all(), "code", wanted)}
