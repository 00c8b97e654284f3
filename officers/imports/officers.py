"""Rows of the register of officers, each with one of the officer's certificates or none."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.authority import By
from agencies.ciphering import Concealed, fingerprint
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row, codes, found
from agencies.imports.places import agencies_by_code, kept_agency
from agencies.journal import Actor
from agencies.refusals import RegisterRefused
from officers.actions.particulars import NAMES, clean
from officers.models import Certificate, Officer

OF_OFFICER = ("name", "category", "post", "joined_on", "left_on")
EXAMPLES = {"identity_number": "110101199003070011", "phone": "13900000000"}
OF_CERTIFICATE = {
    "certificate_kind": "kind",
    "certificate_issuer": "issuer",
    "certificate_number": "number",
    "certificate_from": "valid_from",
    "certificate_to": "valid_to",
    "certificate_status": "status",
    "certificate_checked_on": "last_checked_on",
}


def _number(name: str, label: Promise) -> Field:
    """The column of an identity or phone number: what does not hold is told without the number."""
    written = checking.code(30)

    def parse(value: str) -> str:
        try:
            return clean(name, written(value))
        except RegisterRefused as refused:
            wrong = refused.problems[0]
            raise checking.Unfit(wrong.code, _("is no such number"), wrong.message) from refused

    return Field(name, label, parse, EXAMPLES[name], concealed=True)


class Officers(Kind):
    """One row is one officer with one certificate; a further certificate takes a further row."""

    name = "officers"
    label = gettext_lazy("officers")
    fields = (
        Field("agency", gettext_lazy("agency"), checking.code(20), "CYSCJG", True),
        Field("code", gettext_lazy("staff number"), checking.code(40), "0012", True),
        Field("name", pgettext_lazy("of a person", "name"), checking.text(60), "李明", True),
        Field(
            "category",
            gettext_lazy("category"),
            checking.choice(Officer.Category),
            "officer",
            default=Officer.Category.OFFICER,
        ),
        Field("post", gettext_lazy("post"), checking.text(60)),
        _number("identity_number", gettext_lazy("identity number")),
        _number("phone", gettext_lazy("phone")),
        Field("joined_on", gettext_lazy("joined on"), checking.day(), "2020-07-01", True),
        Field("left_on", gettext_lazy("left on"), checking.day(), default=None),
        Field(
            "certificate_kind",
            gettext_lazy("kind of certificate"),
            checking.choice(Certificate.Kind),
            "national",
            default=Certificate.Kind.NATIONAL,
        ),
        Field("certificate_issuer", gettext_lazy("issuer"), checking.text(100), "吉林省司法厅"),
        Field(
            "certificate_number",
            gettext_lazy("number of the certificate"),
            checking.code(20, "[0-9A-Za-z-]{6,20}"),
            "07020212345",
        ),
        Field(
            "certificate_from",
            gettext_lazy("certificate valid from"),
            checking.day(),
            "2021-01-01",
            default=None,
        ),
        Field(
            "certificate_to",
            gettext_lazy("certificate valid to"),
            checking.day(),
            "2026-12-31",
            default=None,
        ),
        Field(
            "certificate_status",
            gettext_lazy("status of the certificate"),
            checking.choice(Certificate.Status),
            "active",
            default=Certificate.Status.ACTIVE,
        ),
        Field(
            "certificate_checked_on",
            gettext_lazy("last annual check"),
            checking.day(),
            default=None,
        ),
    )

    def identity(self, row: Row) -> Hashable:
        values = row.values
        return (
            values["agency"],
            values["code"],
            values["certificate_issuer"],
            values["certificate_number"],
        )

    def check(self, rows: list[Row], today: date) -> None:
        """Look agencies, officers and certificates up; refuse half a certificate."""
        agencies = agencies_by_code(codes(rows, "agency"))
        for row in rows:
            row.refuse_order("joined_on", "left_on")
            row.refs["agency"] = agencies.get(row.values["agency"])
            if row.refs["agency"] is None:
                row.refuse_unknown("agency", row.values["agency"], _("agency"))
            _check_certificate(row)
        held = Officer.objects.filter(agency__in=agencies.values()).select_related("agency")
        self.officers = {
            (officer.agency.code, officer.code): officer
            for officer in found(held, "code", codes(rows, "code"))
        }
        certificates = Certificate.objects.select_related("officer__agency")
        self.certificates = {
            (certificate.issuer, certificate.number): certificate
            for certificate in found(certificates, "number", codes(rows, "certificate_number"))
        }

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held: dict[Hashable, dict[str, Any]] = {}
        for row in rows:
            officer, certificate = self._known(row)
            ours = certificate is None or certificate.officer == officer
            if officer and ours and (certificate or not row.values["certificate_number"]):
                held[self.identity(row)] = {**_terms(officer), **_certificate_terms(certificate)}
        return held

    def differences(self, row: Row, held: dict[str, Any]) -> list[tuple[str, Any]]:
        """A number is opened to be compared where the file gives one."""
        plain = {
            name: value.reveal() if isinstance(value, Concealed) and name in row.given else value
            for name, value in held.items()
        }
        return super().differences(row, plain)

    def _known(self, row: Row) -> tuple[Officer | None, Certificate | None]:
        values = row.values
        return (
            self.officers.get((values["agency"], values["code"])),
            self.certificates.get((values["certificate_issuer"], values["certificate_number"])),
        )

    def accept(self, row: Row) -> None:
        """A further certificate must repeat its officer, and nobody else may hold it."""
        officer, certificate = self._known(row)
        for column, value in self.differences(row, _terms(officer) if officer else {}):
            row.refuse_conflict(column, value)
        if certificate is not None:
            row.refuse(
                "certificate_number",
                "held_by_another",
                _("is held by another officer, staff number %(code)s")
                % {"code": certificate.officer.code},
                _("Compare it with the certificate."),
            )
        if not row.faults:
            self._plan(row, officer)

    def _plan(self, row: Row, officer: Officer | None) -> None:
        values = row.values
        if officer is None:
            officer = Officer(
                agency=row.refs["agency"],
                code=values["code"],
                **{name: values[name] for name in (*OF_OFFICER, *NAMES)},
                **{f"{name}_found_by": fingerprint(values[name], name) for name in NAMES},
            )
            self.officers[values["agency"], values["code"]] = officer
        row.refs["officer"] = officer
        if values["certificate_number"]:
            certificate = Certificate(
                officer=officer,
                **{ours: values[name] for name, ours in OF_CERTIFICATE.items()},
            )
            self.certificates[certificate.issuer, certificate.number] = certificate
            row.refs["certificate"] = certificate

    def write(self, rows: list[Row], at: datetime) -> None:
        new = {id(r.refs["officer"]): r.refs["officer"] for r in rows if not r.refs["officer"].pk}
        Officer.objects.bulk_create(new.values())
        Certificate.objects.bulk_create(
            row.refs["certificate"] for row in rows if "certificate" in row.refs
        )

    def allowed(self, row: Row, by: By) -> Actor:
        return kept_agency(row, by)

    def entered(self, row: Row) -> Officer:
        return row.refs["officer"]

    def chain(self, row: Row) -> str:
        return row.values["agency"]


def _check_certificate(row: Row) -> None:
    values = row.values
    if not values["certificate_number"]:
        return
    for name in ("certificate_issuer", "certificate_from", "certificate_to"):
        if not values[name]:
            row.refuse(
                name,
                "required",
                _("is empty beside a certificate number"),
                _("Fill it in, or clear the certificate number."),
            )
    start, end = values["certificate_from"], values["certificate_to"]
    if start and end and end < start:
        row.refuse(
            "certificate_to",
            "period",
            _("lies before %(first)s") % {"first": start},
            _("Correct one of the two dates."),
        )


def _terms(officer: Officer) -> dict[str, Any]:
    return {name: getattr(officer, name) for name in (*OF_OFFICER, *NAMES)}


def _certificate_terms(certificate: Certificate | None) -> dict[str, Any]:
    if certificate is None:
        return {}
    return {name: getattr(certificate, ours) for name, ours in OF_CERTIFICATE.items()}
