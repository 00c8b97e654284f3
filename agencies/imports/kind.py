"""What a kind of row is: its fields, what identifies it, what it rests on, how it is written."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from agencies import journal
from agencies.authority import By
from agencies.ciphering import mask
from agencies.imports.checking import Parser
from agencies.imports.faults import Fault, shown
from agencies.imports.faults import said as _


@dataclass(frozen=True, slots=True)
class Field:
    """One column: how a cell becomes a value, and what a clerk is told about it.

    Of a `concealed` one no refusal and no book repeats more than the ends.
    """

    name: str
    label: Promise | str
    parse: Parser
    example: str = ""
    required: bool = False
    default: Any = ""
    concealed: bool = False


@dataclass(slots=True)
class Row:
    """One row of the file on its way: the cells as given, the values made of them, the faults.

    `given` names the fields the file speaks of; only those are compared with what is stored.
    `column` says in which column of the file a field stands; of the fields and columns that are
    `concealed` nothing is told but the ends.
    """

    number: int
    raw: dict[str, str]
    column: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    refs: dict[str, Any] = field(default_factory=dict)
    concealed: frozenset[str] = frozenset()

    def refuse(self, name: str, code: str, rule: str, mend: str) -> None:
        """Note that the field `name` breaks a rule."""
        self.refuse_cell(self.column.get(name, name), code, rule, mend)

    def refuse_cell(self, column: str, code: str, rule: str, mend: str) -> None:
        """Note that the cell in the file's own `column` breaks a rule."""
        value = self.raw.get(column, self.values.get(column, ""))
        self.faults.append(Fault(column, self.told(column, value), code, rule, mend))

    def told(self, column: str, value: Any) -> str:
        """The value of a cell as it may be repeated."""
        return shown(mask(str(value)) if column in self.concealed else value)

    def refuse_conflict(self, column: str, held: Any) -> None:
        """Note that the register holds something else than the cell in `column`."""
        self.refuse_cell(
            column,
            "conflict",
            _("differs from what is stored: “%(value)s”") % {"value": self.told(column, held)},
            _("Correct the row, or change the register itself."),
        )

    def refuse_unknown(self, name: str, value: str, what: Promise | str) -> None:
        """Note that the field `name` points at nothing in the register."""
        self.refuse(
            name,
            "unknown_reference",
            _("%(what)s %(value)s is not in the register") % {"what": what, "value": shown(value)},
            _("Import it first, or correct the code."),
        )

    def refuse_order(self, first: str, last: str) -> None:
        """Note that the period from `first` to `last` does not end after it begins."""
        if self.values[last] is not None and self.values[last] <= self.values[first]:
            self.refuse(
                last,
                "period",
                _("is not after %(first)s") % {"first": self.values[first]},
                _("Correct one of the two dates."),
            )


class Kind:
    """A kind of row.  `chunk` None means that rows point at each other: all are held at once."""

    name: ClassVar[str]
    label: ClassVar[Promise]
    fields: ClassVar[tuple[Field, ...]]
    chunk: ClassVar[int | None] = 2000

    def brought_by(self, by: Any) -> None:
        """Remember whose authority stands behind the file, for kinds that act in a name."""

    def identity(self, row: Row) -> Hashable:
        """What makes a row the same row as another."""
        raise NotImplementedError

    def check(self, rows: list[Row], today: date) -> None:
        """Look the references of `rows` up and refuse rows whose values do not fit together."""
        raise NotImplementedError

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        """What the register holds under the identities of `rows`, in the terms of the file."""
        raise NotImplementedError

    def accept(self, row: Row) -> None:
        """Last check of a row that is new; it may depend on the rows accepted before it."""

    def write(self, rows: list[Row], at: datetime) -> None:
        """Put new rows into the register."""
        raise NotImplementedError

    def allowed(self, row: Row, by: By) -> journal.Actor:
        """Who answers for this one row when a person enters it by hand.  Raises NotAuthorised."""
        raise NotImplementedError

    def entered(self, row: Row) -> Model:
        """What the register now holds for a row that was written."""
        raise NotImplementedError

    def chain(self, row: Row) -> str:
        """In whose book the entry of one row stands."""
        return journal.SYSTEM

    def end_open(self, row: Row) -> bool:
        """End what is in force under the code of `row` on the day it begins; whether there was."""
        raise NotImplementedError

    def hand_over(self, row: Row) -> None:
        """Lead to what was entered whatever stood under the row that ended for it."""

    def differences(self, row: Row, held: dict[str, Any]) -> list[tuple[str, Any]]:
        """In which columns the row differs from what is stored, and what is stored there."""
        return [
            (row.column.get(name, name), held[name])
            for name in held
            if name in row.given and (row.values[name] or None) != (held[name] or None)
        ]


@dataclass(slots=True)
class Span:
    """A period of a dated row, from the register or from an earlier row."""

    start: date
    end: date | None
    holder: Any

    def covers(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)

    def meets(self, start: date, end: date | None) -> bool:
        return (self.end is None or start < self.end) and (end is None or self.start < end)


class Spans:
    """Which of several dated rows under one code holds on a day, and whether two overlap."""

    def __init__(self) -> None:
        self._spans: dict[Hashable, list[Span]] = {}

    def add(self, key: Hashable, start: date, end: date | None, holder: Any) -> None:
        """Remember that `holder` is `key` from `start` to `end`."""
        self._spans.setdefault(key, []).append(Span(start, end, holder))

    def on(self, key: Hashable, day: date) -> Any:
        """Who is `key` on `day`; None if nobody."""
        return next((s.holder for s in self._spans.get(key, ()) if s.covers(day)), None)

    def knows(self, key: Hashable) -> bool:
        """Whether `key` stands for anything on any day."""
        return key in self._spans

    def refuse_overlap(self, row: Row, key: Hashable) -> None:
        """Refuse `row` if its period overlaps another one of `key`."""
        start, end = row.values["valid_from"], row.values["valid_to"]
        for span in self._spans.get(key, ()):
            if span.meets(start, end):
                row.refuse(
                    "valid_from",
                    "overlap",
                    _("overlaps the period %(start)s to %(end)s that is already there")
                    % {"start": span.start, "end": span.end or "…"},
                    _("End the earlier period first, or correct the dates."),
                )
                return


SLICE = 5000
HELD_AT_MOST = 200_000


class Known:
    """What the register holds under keys, asked once per key while a file is read.

    `look_up` gives what is held under some of the keys; the others count as not there.
    """

    def __init__(self, look_up: Callable[[set[Any]], dict[Any, Any]]) -> None:
        self._look_up = look_up
        self._held: dict[Any, Any] = {}

    def of(self, keys: set[Any]) -> dict[Any, Any]:
        """A table that has every one of `keys`; None stands for what is not in the register."""
        if len(self._held) > HELD_AT_MOST:
            self._held.clear()
        missing = keys - self._held.keys()
        if missing:
            self._held.update(dict.fromkeys(missing) | self._look_up(missing))
        return self._held


def found(rows: QuerySet, name: str, wanted: Iterable[Any]) -> Iterator[Any]:
    """Every stored row whose field `name` is among `wanted`, however many they are."""
    values = list(wanted)
    for start in range(0, len(values), SLICE):
        yield from rows.filter(**{f"{name}__in": values[start : start + SLICE]})


def codes(rows: Iterable[Row], *names: str) -> set[Any]:
    """Every value the rows hold in the fields `names`."""
    held: set[Any] = set()
    for row in rows:
        for name in names:
            value = row.values[name]
            held.update(value if isinstance(value, list) else [value] if value else [])
    return held
