"""One row entered by hand: judged by the very rules of a file, and told in the book.

So a form, the API and a file refuse the same values in the same words.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import By
from agencies.calendar import local_date
from agencies.imports.binding import Binding
from agencies.imports.kind import Kind, Row
from agencies.imports.mapping import Map
from agencies.refusals import RegisterRefused, Wrong


@transaction.atomic
def enter(kind: Kind, said: Mapping[str, str], *, by: By, at: datetime) -> models.Model:
    """What the register holds now.  `said` gives the fields of the kind as cells of text.

    Raises RegisterRefused naming every value that is wrong, and NotAuthorised.
    """
    kind.brought_by(by)
    row = _read(kind, said)
    return _enter(kind, row, "register", by=by, at=at)


@transaction.atomic
def succeed(kind: Kind, said: Mapping[str, str], *, by: By, at: datetime) -> models.Model:
    """As `enter`, and what is in force under the code ends on the day on which this begins."""
    kind.brought_by(by)
    row = _read(kind, said)
    if not kind.end_open(row):
        raise RegisterRefused.at(
            "valid_from", "nothing_to_succeed", _("Nothing in force ends where this begins.")
        )
    made = _enter(kind, row, "succeed", by=by, at=at)
    kind.hand_over(row)
    return made


def _read(kind: Kind, said: Mapping[str, str]) -> Row:
    needed = {field.name: "" for field in kind.fields if field.required}
    cells = needed | dict(said)
    row = Binding(kind, Map(), list(cells)).row(1, list(cells.values()))
    _require_sound(row)
    return row


def _enter(kind: Kind, row: Row, verb: str, *, by: By, at: datetime) -> models.Model:
    kind.check([row], local_date(at))
    _require_sound(row)
    actor = kind.allowed(row, by)
    _require_sound(row)
    if kind.identity(row) in kind.stored([row]):
        row.refuse(
            kind.fields[0].name, "present", _("is in the register already"), _("Look it up there.")
        )
    else:
        kind.accept(row)
    _require_sound(row)
    try:
        with transaction.atomic():
            kind.write([row], at)
    except IntegrityError as error:
        raise RegisterRefused.at(
            kind.fields[0].name, "present", _("Somebody has just entered this. Look it up.")
        ) from error
    _require_sound(row)
    made = kind.entered(row)
    told = {name: value for name, value in row.raw.items() if value and name not in row.concealed}
    if hidden := sorted(name for name in row.concealed if row.raw.get(name)):
        told["columns"] = hidden
    journal.append(kind.chain(row), verb, made, by=actor, at=at, kind=kind.name, said=told)
    return made


def _require_sound(row: Row) -> None:
    if row.faults:
        raise RegisterRefused(
            [
                Wrong(
                    f"/{fault.field}",
                    fault.code,
                    _("“%(value)s” %(rule)s. %(mend)s")
                    % {"value": fault.value, "rule": fault.rule, "mend": fault.mend},
                )
                for fault in row.faults
            ]
        )
