"""Rows of the catalogue of inspection items, and of what agencies claimed from it."""

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from agencies.authority import By, registrar
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, Spans, codes, found
from agencies.imports.places import VALID, agencies_by_code, kept_agency
from agencies.imports.points import agree, followed, points, written
from agencies.journal import Actor
from agencies.models import (
    Claim,
    InspectionItem,
    ItemVersion,
    LegalBasis,
    SubjectKind,
)

OF_ITEM = ("main_item", "field", "source_system")
OF_VERSION = (
    "name",
    "level",
    "kind",
    "subject_kinds",
    "methods",
    "joint_allowed",
    "unannounced_allowed",
    "off_site_possible",
    "published_on",
    "valid_to",
)
OF_BASIS = ("rank", "title", "document_number", "article", "text")


class Items(Kind):
    """One row is one version of an item with one of its legal bases; more bases take more rows."""

    name = "items"
    label = gettext_lazy("items")
    fields = (
        Field("code", gettext_lazy("code"), checking.code(40), "SCJG-0001", True),
        Field("name", gettext_lazy("name"), checking.text(300), "对食品经营者的检查", True),
        Field("level", gettext_lazy("level"), checking.choice(ItemVersion.Level), "county", True),
        Field(
            "kind",
            gettext_lazy("kind"),
            checking.choice(ItemVersion.Kind),
            "general",
            default=ItemVersion.Kind.GENERAL,
        ),
        Field("main_item", gettext_lazy("main item"), checking.text(200)),
        Field("field", gettext_lazy("field"), checking.text(60), "食品安全"),
        Field("source_system", gettext_lazy("source system"), checking.text(60)),
        Field(
            "subject_kinds",
            gettext_lazy("kinds of subject"),
            checking.listed(checking.choice(SubjectKind)),
            "enterprise;self_employed",
            default=(),
        ),
        Field(
            "methods",
            gettext_lazy("methods"),
            checking.listed(checking.choice(ItemVersion.Method)),
            "on_site",
            default=(),
        ),
        Field("checklist", gettext_lazy("checklist"), points, "证照齐全;台账|GB 1", default=()),
        Field("joint_allowed", gettext_lazy("joint visits allowed"), checking.flag, default=True),
        Field(
            "unannounced_allowed",
            gettext_lazy("unannounced allowed"),
            checking.flag,
            default=False,
        ),
        Field("off_site_possible", gettext_lazy("possible off site"), checking.flag, default=False),
        Field("published_on", gettext_lazy("published on"), checking.day(), default=None),
        *VALID,
        Field("basis_rank", gettext_lazy("rank of the basis"), checking.choice(LegalBasis.Rank)),
        Field("basis_title", gettext_lazy("title of the basis"), checking.text(200)),
        Field("basis_document_number", gettext_lazy("document number"), checking.text(100)),
        Field("basis_article", gettext_lazy("article"), checking.text(60)),
        Field("basis_text", gettext_lazy("text"), checking.text(2000, lines=True)),
    )

    def identity(self, row: Row) -> Hashable:
        values = row.values
        return (
            values["code"],
            values["valid_from"],
            values["basis_title"],
            values["basis_article"],
        )

    def check(self, rows: list[Row], today: date) -> None:
        """Load the versions of these items and refuse half a legal basis."""
        for row in rows:
            row.refuse_order("valid_from", "valid_to")
            values = row.values
            if bool(values["basis_rank"]) != bool(values["basis_title"]):
                row.refuse(
                    "basis_rank",
                    "basis",
                    _("a legal basis has both a rank and a title"),
                    _("Fill in both, or clear both."),
                )
        self.items = {
            item.code: item
            for item in found(
                InspectionItem.objects.prefetch_related("versions__bases"),
                "code",
                codes(rows, "code"),
            )
        }
        self.spans, self.versions, self.last = Spans(), {}, {}
        # A new version goes through the checklist of the one before, unless its row gives another.
        self.checklists: dict[str, Any] = {}
        for item in self.items.values():
            for version in item.versions.all():
                self._remember(item, version)

    def _remember(self, item: InspectionItem, version: ItemVersion) -> None:
        self.spans.add(item.code, version.valid_from, version.valid_to, version)
        self.versions[item.code, version.valid_from] = version
        if version.version > self.last.get(item.code, 0):
            self.last[item.code], self.checklists[item.code] = version.version, version.checklist

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held: dict[Hashable, dict[str, Any]] = {}
        for row in rows:
            version = self.versions.get((row.values["code"], row.values["valid_from"]))
            if version:
                item = self.items[row.values["code"]]
                basis = _basis_of(version.bases.all(), row.values)
                if basis or not row.values["basis_title"]:
                    held[self.identity(row)] = {**_terms(item, version), **_basis_terms(basis)}
        return held

    def differences(self, row: Row, held: dict[str, Any]) -> list[tuple[str, Any]]:
        """As for every kind, but what a checklist leaves open says nothing against the stored."""
        others = {name: value for name, value in held.items() if name != "checklist"}
        found, said = super().differences(row, others), row.values["checklist"]
        same = "checklist" not in held or agree(said, held["checklist"])
        column = row.column.get("checklist", "checklist")
        return found if same else [*found, (column, "; ".join(written(held["checklist"])))]

    def accept(self, row: Row) -> None:
        """A further basis must repeat its version; a new version must not overlap another."""
        version = self.versions.get((row.values["code"], row.values["valid_from"]))
        item = self.items.get(row.values["code"])
        if version is None:
            self.spans.refuse_overlap(row, row.values["code"])
        if item is not None:
            terms = _terms(item, version) if version else {n: getattr(item, n) for n in OF_ITEM}
            for column, value in self.differences(row, terms):
                row.refuse_conflict(column, value)
        if not row.faults:
            self._plan(row, item, version)

    def _plan(self, row: Row, item: InspectionItem | None, version: ItemVersion | None) -> None:
        values = row.values
        if item is None:
            item = InspectionItem(code=values["code"], **{n: values[n] for n in OF_ITEM})
            self.items[item.code] = item
        if version is None:
            version = ItemVersion(
                item=item,
                version=self.last.get(item.code, 0) + 1,
                valid_from=values["valid_from"],
                checklist=followed(values["checklist"], self.checklists.get(item.code, [])),
                **{n: values[n] for n in OF_VERSION},
            )
            version.subject_kinds, version.methods = map(
                list, (version.subject_kinds, version.methods)
            )
            self._remember(item, version)
        row.refs = {"item": item, "version": version}

    def write(self, rows: list[Row], at: datetime) -> None:
        items = _new(row.refs["item"] for row in rows)
        InspectionItem.objects.bulk_create(items)
        versions = _new(row.refs["version"] for row in rows)
        ItemVersion.objects.bulk_create(versions)
        LegalBasis.objects.bulk_create(
            LegalBasis(
                item_version=row.refs["version"], **{n: row.values[f"basis_{n}"] for n in OF_BASIS}
            )
            for row in rows
            if row.values["basis_title"]
        )

    def allowed(self, row: Row, by: By) -> Actor:
        return registrar(by, None)

    def entered(self, row: Row) -> InspectionItem:
        return InspectionItem.objects.get(code=row.values["code"])

    def end_open(self, row: Row) -> bool:
        start = row.values["valid_from"]
        held = ItemVersion.objects.filter(
            item__code=row.values["code"], valid_to=None, valid_from__lt=start
        )
        return bool(held.update(valid_to=start))


def _new(made: Iterable[Any]) -> list[Any]:
    return list({id(one): one for one in made if one.pk is None}.values())


def _terms(item: InspectionItem, version: ItemVersion) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in OF_ITEM},
        **{name: getattr(version, name) for name in OF_VERSION},
        "checklist": version.checklist,
    }


def _basis_of(bases: Iterable[LegalBasis], values: dict[str, Any]) -> LegalBasis | None:
    wanted = values["basis_title"], values["basis_article"]
    return next((basis for basis in bases if (basis.title, basis.article) == wanted), None)


def _basis_terms(basis: LegalBasis | None) -> dict[str, Any]:
    return {f"basis_{name}": getattr(basis, name) for name in OF_BASIS} if basis else {}


class Claims(Kind):
    """An agency may use an item from one day to another."""

    name = "claims"
    label = gettext_lazy("claims")
    fields = (
        Field("agency", gettext_lazy("agency"), checking.code(20), "CYSCJG", True),
        Field("item", gettext_lazy("item"), checking.code(40), "SCJG-0001", True),
        *VALID,
    )

    def identity(self, row: Row) -> Hashable:
        return row.values["agency"], row.values["item"], row.values["valid_from"]

    def check(self, rows: list[Row], today: date) -> None:
        """Refuse agencies and items that are not in the register."""
        agencies = agencies_by_code(codes(rows, "agency"))
        items = {
            item.code: item
            for item in found(InspectionItem.objects.all(), "code", codes(rows, "item"))
        }
        for row in rows:
            row.refuse_order("valid_from", "valid_to")
            row.refs = {
                "agency": agencies.get(row.values["agency"]),
                "item": items.get(row.values["item"]),
            }
            if row.refs["agency"] is None:
                row.refuse_unknown("agency", row.values["agency"], _("agency"))
            if row.refs["item"] is None:
                row.refuse_unknown("item", row.values["item"], _("item"))

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        self.spans, held = Spans(), {}
        claims = Claim.objects.filter(
            agency__in={row.refs["agency"].pk for row in rows}
        ).select_related("agency", "item")
        for claim in found(claims, "item__code", codes(rows, "item")):
            pair = claim.agency.code, claim.item.code
            self.spans.add(pair, claim.valid_from, claim.valid_to, claim)
            held[(*pair, claim.valid_from)] = {"valid_to": claim.valid_to}
        return held

    def accept(self, row: Row) -> None:
        values = row.values
        pair = values["agency"], values["item"]
        self.spans.refuse_overlap(row, pair)
        if not row.faults:
            self.spans.add(pair, values["valid_from"], values["valid_to"], None)

    def write(self, rows: list[Row], at: datetime) -> None:
        Claim.objects.bulk_create(
            Claim(valid_from=r.values["valid_from"], valid_to=r.values["valid_to"], **r.refs)
            for r in rows
        )

    def allowed(self, row: Row, by: By) -> Actor:
        return kept_agency(row, by)

    def entered(self, row: Row) -> Claim:
        return Claim.objects.get(valid_from=row.values["valid_from"], **row.refs)

    def chain(self, row: Row) -> str:
        return row.values["agency"]
