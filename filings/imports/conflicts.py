"""Rows of the register of conflicts: which officer keeps away from which subject (R-OFF-6)."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from agencies.authority import By
from agencies.imports import checking
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Row, codes, found
from agencies.imports.places import VALID, kept_agency
from agencies.imports.records import Records
from agencies.imports.standing import AGENCY, OF_AGENCY
from agencies.journal import Actor
from filings.models import Conflict, Subject
from officers.authority import Authority
from officers.models import Officer

PLAIN = ("kind", "note", "valid_from", "valid_to")


class Conflicts(Records):
    """Declared conflicts of an officer with a subject, from one day to another."""

    name = "conflicts"
    label = gettext_lazy("conflicts")
    model = Conflict
    key = ("agency", "officer", "subject", "valid_from")
    points = OF_AGENCY
    by: By | None = None
    fields = (
        AGENCY,
        Field("officer", gettext_lazy("staff number"), checking.code(40), "0012", True),
        Field(
            "subject",
            gettext_lazy("credit code of the subject"),
            checking.credit_code,
            "91110000600037341L",
            True,
        ),
        Field("kind", gettext_lazy("kind"), checking.choice(Conflict.Kind), "interest", True),
        Field("note", gettext_lazy("note"), checking.text(300)),
        *VALID,
    )

    def brought_by(self, by: By) -> None:
        """What the bringer may not know of counts as not there; a command knows everything."""
        self.by = by

    def check(self, rows: list[Row], today: date) -> None:
        """Look up the officers of the agency, and the subjects."""
        super().check(rows, today)
        people = self._seen(Officer.objects.select_related("agency"))
        officers = {
            (one.agency.code, one.code): one
            for one in found(people, "code", codes(rows, "officer"))
        }
        known = found(self._seen(Subject.objects.all()), "uscc", codes(rows, "subject"))
        subjects = {one.uscc: one for one in known}
        for row in rows:
            values = row.values
            row.refs["officer"] = officers.get((values["agency"], values["officer"]))
            row.refs["subject"] = subjects.get(values["subject"])
            for name, what in (("officer", _("officer")), ("subject", _("subject"))):
                if row.refs[name] is None:
                    row.refuse_unknown(name, values[name], what)

    def _seen(self, rows: Any) -> Any:
        return rows.visible_to(self.by) if isinstance(self.by, Authority) else rows

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        held = Conflict.objects.select_related("officer__agency", "subject")
        return {
            (
                one.officer.agency.code,
                one.officer.code,
                one.subject.uscc,
                one.valid_from,
            ): {name: getattr(one, name) for name in PLAIN}
            for one in found(held, "officer__code", codes(rows, "officer"))
        }

    def write(self, rows: list[Row], at: datetime) -> None:
        for row in rows:
            row.refs["made"] = Conflict.objects.create(
                officer=row.refs["officer"],
                subject=row.refs["subject"],
                **{name: row.values[name] for name in PLAIN},
            )

    def allowed(self, row: Row, by: By) -> Actor:
        return kept_agency(row, by)

    def chain(self, row: Row) -> str:
        return row.values["agency"]
