"""How do the cells of one file become values?  A map bound to a header."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import override

from agencies.imports import checking
from agencies.imports.faults import FileRefused, Unfit
from agencies.imports.faults import said as _
from agencies.imports.kind import Field, Kind, Row
from agencies.imports.mapping import Map
from agencies.imports.workbook import DateCell, NumberCell

NOTES = ("refused_row", "refused_field", "refused_value", "refused_rule", "refused_mend")
TRIGGERS = tuple("=+-@\t\r＝＋－＠")
PART = re.compile(r"\{([^{}]+)\}")
REMEMBERED = 16_384


class Binding:
    """The map bound to the header of one file: turns cells into rows."""

    def __init__(self, kind: Kind, rules: Map, header: list[str]) -> None:
        self.kind, self.rules = kind, rules
        self.header = [name.strip() for name in header]
        while self.header and not self.header[-1]:
            self.header.pop()
        self.corrected = any(name in NOTES for name in self.header)
        self.names = [name for name in self.header if name not in NOTES]
        self._refuse_bad_header()
        self._parts = {name: PART.findall(pattern) for name, pattern in rules.composed.items()}
        self.column = self._columns()
        self._refuse_unknown_columns()
        self._refuse_missing()
        self._judges = [(f.name, self._judge(self._with_formats(f))) for f in kind.fields]
        # Where nothing but the cell itself counts; judging takes the blanks off.
        self._plainly = {
            name: column
            for name, column in self.column.items()
            if name not in rules.constants
            and name not in rules.composed
            and column not in rules.numbers_as_text
        }
        given = {*self.column, *rules.constants, *rules.composed}
        self.given = frozenset(given)
        self.concealed = frozenset(self._concealed())

    def _concealed(self) -> Iterator[str]:
        """The fields of which nothing is repeated, and the columns they are made of."""
        for ours in self.kind.fields:
            if ours.concealed:
                yield from (ours.name, *self._parts.get(ours.name, ()))
                yield self.column.get(ours.name, ours.name)

    def _refuse_bad_header(self) -> None:
        twice = {name for name in self.header if self.header.count(name) > 1}
        if twice or "" in self.header:
            raise FileRefused(
                _("The header names a column twice or not at all: %(names)s.")
                % {"names": ", ".join(sorted(name or '""' for name in twice or {""}))}
            )

    def _columns(self) -> dict[str, str]:
        """Our field → their column: as the map says, else by our name or its label."""
        column = dict(self.rules.columns)
        parts = {part for found in self._parts.values() for part in found}
        gone = sorted({*column.values(), *parts} - set(self.names))
        if gone:
            raise FileRefused(
                _("The map names columns the file does not have: %(names)s. It has: %(known)s.")
                % {"names": ", ".join(gone), "known": ", ".join(self.names)}
            )
        taken = {*column, *self.rules.constants, *self.rules.composed}
        used = {*column.values(), *self.rules.ignore}
        for name, ours in _synonyms(self.kind).items():
            if name in self.names and name not in used and ours not in taken:
                column[ours] = name
                taken.add(ours)
        return column

    def _refuse_unknown_columns(self) -> None:
        used = {*self.column.values(), *self.rules.ignore}
        used.update(part for parts in self._parts.values() for part in parts)
        unknown = [name for name in self.names if name not in used]
        if unknown:
            known = [f.name for f in self.kind.fields]
            close = difflib.get_close_matches(unknown[0], known, 1)
            raise FileRefused(
                _(
                    "Unknown columns: %(names)s. Possible: %(known)s.%(hint)s Name foreign columns "
                    "in a map, or list them there under ignore."
                )
                % {
                    "names": ", ".join(unknown),
                    "known": ", ".join(known),
                    "hint": " " + _("Did you mean %(name)s?") % {"name": close[0]} if close else "",
                }
            )

    def _refuse_missing(self) -> None:
        there = {*self.column, *self.rules.constants, *self.rules.composed}
        gone = [f.name for f in self.kind.fields if f.required and f.name not in there]
        if gone:
            raise FileRefused(
                _("Missing columns: %(names)s. The file has: %(known)s.")
                % {"names": ", ".join(gone), "known": ", ".join(self.names)}
            )

    def _with_formats(self, ours: Field) -> Field:
        formats = self.rules.dates.get(ours.name)
        return replace(ours, parse=checking.day(formats)) if formats else ours

    def row(self, number: int, cells: list[str]) -> Row:
        """The row with its values, or with the faults that keep it from having them."""
        if self.corrected:
            cells = [_restored(cell) for cell in cells]
        raw = dict(zip(self.header, cells, strict=False))
        raw = {name: raw.get(name, "") for name in self.names}
        row = Row(number, raw, self.column, given=self.given, concealed=self.concealed)
        if len(cells) > len(self.header) and any(c.strip() for c in cells[len(self.header) :]):
            row.refuse_cell(
                "",
                "too_many_cells",
                _("has %(cells)d cells under %(columns)d columns")
                % {"cells": len(cells), "columns": len(self.header)},
                _("Put values that hold a comma into quotation marks."),
            )
        self._refuse_unsound(row)
        if not row.faults:
            for name, judge in self._judges:
                try:
                    row.values[name] = judge(self._cell(row, name))
                except Unfit as fault:
                    row.refuse(name, fault.code, fault.rule, fault.mend)
        return row

    def _refuse_unsound(self, row: Row) -> None:
        if checking.all_sound(row.raw.values()):
            return
        for name, cell in row.raw.items():
            try:
                checking.sound(cell)
            except Unfit as fault:
                row.refuse_cell(name, fault.code, fault.rule, fault.mend)

    def _judge(self, ours: Field) -> Callable[[str], Any]:
        """What a cell of this field becomes; cells repeat, so the last ones are remembered.

        Raises Unfit.
        """
        table = self.rules.values.get(ours.name)

        @lru_cache(REMEMBERED, typed=True)
        def judge(value: str) -> Any:
            if table:
                value = _translated(table, str(value).strip())
            if not isinstance(value, NumberCell | DateCell):
                value = value.strip()
            if value:
                return ours.parse(value)
            if ours.required:
                raise Unfit("required", _("is empty"), _("Fill it in."))
            return ours.default

        return judge

    def _cell(self, row: Row, name: str) -> str:
        if name in self._plainly:
            return row.raw[self._plainly[name]]
        if name in self.rules.constants:
            return self.rules.constants[name]
        if name in self.rules.composed:
            cells = {part: self._plain(row, part) for part in self._parts[name]}
            pattern = self.rules.composed[name]
            return PART.sub(lambda part: cells[part[1]], pattern) if all(cells.values()) else ""
        return self._plain(row, self.column[name]) if name in self.column else ""

    def _plain(self, row: Row, column: str) -> str:
        cell = row.raw[column]
        if isinstance(cell, NumberCell):
            return str(cell) if column in self.rules.numbers_as_text and cell.isdigit() else cell
        return cell if isinstance(cell, DateCell) else cell.strip()


def _synonyms(kind: Kind) -> dict[str, str]:
    """Every name a column may have without a map: ours, and its label in either language."""
    names = {}
    for language in ("en", "zh-hans"):
        with override(language):
            for ours in kind.fields:
                label = str(ours.label)
                names |= {label: ours.name, checking.narrow(label): ours.name}
    return {**names, **{ours.name: ours.name for ours in kind.fields}}


def _translated(table: dict[str, str], value: str) -> str:
    if value not in table:
        raise Unfit(
            "no_translation",
            _("is not in the map's table of values"),
            _("Add it to the map, or correct it. The table has: %(known)s.")
            % {"known": ", ".join(name or '""' for name in table)},
        )
    return table[value]


def neutralised(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith((*TRIGGERS, "'")) else cell


def _restored(cell: str) -> str:
    """What `neutralised` was given; other cells as they are."""
    return (
        type(cell)(cell[1:]) if cell[:1] == "'" and cell[1:].startswith((*TRIGGERS, "'")) else cell
    )
