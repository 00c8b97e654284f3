"""Rows of the register of inspected subjects."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from agencies.authority import By, keeper
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, codes, found
from agencies.imports.places import region_spans
from agencies.journal import Actor
from agencies.models import SubjectKind
from agencies.spelling import search_text
from filings.models import Subject

PLAIN = (
    "kind",
    "name",
    "former_names",
    "uscc",
    "source",
    "source_id",
    "legal_representative",
    "registered_address",
    "business_address",
    "latitude",
    "longitude",
    "industry",
    "size",
    "registration",
    "credit_class",
    "risk_class",
    "whitelisted_from",
    "whitelisted_to",
    "key_supervision",
)
REGIONS = ("business_region", "registered_region")


class Subjects(Kind):
    """A subject is known by its credit code, else by its source, else by name and address."""

    name = "subjects"
    label = gettext_lazy("subjects")
    fields = (
        Field("kind", gettext_lazy("kind"), checking.choice(SubjectKind), "enterprise", True),
        Field("name", gettext_lazy("name"), checking.text(200), "松花江食品有限公司", True),
        Field(
            "uscc",
            gettext_lazy("unified social credit code"),
            checking.credit_code,
            "91110000600037341L",
            default=None,
        ),
        Field(
            "business_region", gettext_lazy("business region"), checking.code(12), "220202", True
        ),
        Field("business_address", gettext_lazy("business address"), checking.text(300)),
        Field("registered_region", gettext_lazy("registered region"), checking.code(12)),
        Field("registered_address", gettext_lazy("registered address"), checking.text(300)),
        Field("source", gettext_lazy("source"), checking.code(60)),
        Field("source_id", gettext_lazy("identifier at the source"), checking.code(80)),
        Field("legal_representative", gettext_lazy("legal representative"), checking.text(60)),
        Field(
            "former_names",
            gettext_lazy("former names"),
            checking.listed(checking.text(200)),
            default=(),
        ),
        Field("industry", gettext_lazy("industry"), checking.code(5, "[A-T][0-9]{0,4}"), "F5212"),
        Field("size", gettext_lazy("size"), checking.choice(Subject.Size), "small"),
        Field(
            "registration",
            gettext_lazy("registration status"),
            checking.choice(Subject.Registration),
            "active",
            default=Subject.Registration.ACTIVE,
        ),
        Field("credit_class", gettext_lazy("credit class"), checking.choice(Subject.CreditClass)),
        Field("risk_class", gettext_lazy("risk class"), checking.text(20)),
        Field("latitude", gettext_lazy("latitude"), checking.degrees(90), default=None),
        Field("longitude", gettext_lazy("longitude"), checking.degrees(180), default=None),
        Field("whitelisted_from", gettext_lazy("whitelisted from"), checking.day(), default=None),
        Field("whitelisted_to", gettext_lazy("whitelisted to"), checking.day(), default=None),
        Field(
            "key_supervision", gettext_lazy("under key supervision"), checking.flag, default=False
        ),
    )

    def identity(self, row: Row) -> Hashable:
        return _keys(row.values)[0]

    def check(self, rows: list[Row], today: date) -> None:
        """Look regions up; refuse a subject nobody could find again."""
        spans = region_spans(codes(rows, *REGIONS))
        for row in rows:
            values = row.values
            for name in REGIONS:
                row.refs[name] = spans.on(values[name], today) if values[name] else None
                if values[name] and row.refs[name] is None:
                    row.refuse_unknown(name, values[name], _("region"))
            if bool(values["source"]) != bool(values["source_id"]):
                row.refuse(
                    "source_id",
                    "source",
                    _("a source and the identifier there belong together"),
                    _("Fill in both, or clear both."),
                )
            elif not (values["uscc"] or values["source"] or values["business_address"]):
                row.refuse(
                    "uscc",
                    "unidentified",
                    _("has neither a credit code nor a source nor a business address"),
                    _("Fill in one of them."),
                )
            _check_whitelisting(row)

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        self.known: dict[Hashable, Subject] = {}
        subjects = Subject.objects.select_related(*REGIONS)
        for subject in found(subjects, "uscc", codes(rows, "uscc")):
            self._remember(subject)
        for source in codes(rows, "source"):
            of_source = subjects.filter(source=source)
            for subject in found(of_source, "source_id", codes(rows, "source_id")):
                self._remember(subject)
        nameless = [r for r in rows if not (r.values["uscc"] or r.values["source"])]
        unnamed = subjects.filter(uscc=None, source="")
        for subject in found(unnamed, "name", codes(nameless, "name")):
            self._remember(subject)
        held = {}
        for row in rows:
            subject = next((self.known[k] for k in _keys(row.values) if k in self.known), None)
            if subject is not None:
                held[self.identity(row)] = _terms(subject)
        return held

    def _remember(self, subject: Subject) -> None:
        for key in _keys({name: getattr(subject, name) for name in PLAIN}):
            self.known[key] = subject

    def accept(self, row: Row) -> None:
        """Two rows may not lay claim to one subject under different names."""
        other = next((self.known[k] for k in _keys(row.values) if k in self.known), None)
        if other is not None:
            row.refuse(
                "source_id",
                "held_by_another",
                _("is held by another subject, %(name)s") % {"name": other.name},
                _("Compare it with the source."),
            )
            return
        values = {name: row.values[name] for name in PLAIN}
        values["former_names"] = list(values["former_names"])
        subject = Subject(**values, **row.refs, search=search_text(values["name"]))
        row.refs = {"subject": subject}
        self._remember(subject)

    def write(self, rows: list[Row], at: datetime) -> None:
        Subject.objects.bulk_create(row.refs["subject"] for row in rows)

    def allowed(self, row: Row, by: By) -> Actor:
        return keeper(by, None)

    def entered(self, row: Row) -> Subject:
        return row.refs["subject"]


def _keys(values: dict[str, Any]) -> list[Hashable]:
    """What the subject is known by, the strongest first."""
    keys: list[Hashable] = []
    if values["uscc"]:
        keys.append(("uscc", values["uscc"]))
    if values["source"]:
        keys.append(("source", values["source"], values["source_id"]))
    return keys or [("place", values["name"], values["business_address"])]


def _terms(subject: Subject) -> dict[str, Any]:
    terms = {name: getattr(subject, name) for name in PLAIN}
    for name in REGIONS:
        region = getattr(subject, name)
        terms[name] = region.code if region else ""
    return terms


def _check_whitelisting(row: Row) -> None:
    start, end = row.values["whitelisted_from"], row.values["whitelisted_to"]
    if end and not start:
        row.refuse(
            "whitelisted_from",
            "required",
            _("is empty beside the end of the whitelisting"),
            _("Fill it in, or clear the end."),
        )
    elif end:
        row.refuse_order("whitelisted_from", "whitelisted_to")
