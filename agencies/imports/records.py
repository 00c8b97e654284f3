"""Kinds whose every row is one row of one table, pointing at others by their codes."""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise

from agencies.imports.kind import Kind, Row, codes, found
from agencies.imports.places import agencies_by_code, region_spans
from agencies.models import InspectionItem

LookUp = Callable[[set[str]], dict[str, Any]]


def items_by_code(wanted: set[str]) -> dict[str, Any]:
    """The stored items under these codes."""
    return {item.code: item for item in found(InspectionItem.objects.all(), "code", wanted)}


BY_CODE: dict[str, LookUp] = {
    "agency": agencies_by_code,
    "item": items_by_code,
    "items": items_by_code,
    "agencies": agencies_by_code,
}


class Records(Kind):
    """`key` names the fields that tell rows apart; `points` and `lists` those that hold codes.

    `sought` is how stored rows are looked up: the path in the table, and the field it is held in.
    `dated` rows hold from one day to another.
    A region is the row of its code that is in force on the day on which the record begins.
    """

    model: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, ...]]
    sought: ClassVar[tuple[str, str]]
    points: ClassVar[dict[str, Promise]] = {}
    lists: ClassVar[dict[str, Promise]] = {}
    dated: ClassVar[bool] = True

    def identity(self, row: Row) -> Hashable:
        return tuple(row.values[name] for name in self.key)

    def check(self, rows: list[Row], today: date) -> None:
        """Look up what the rows point at and refuse what is not in the register."""
        for row in rows if self.dated else ():
            row.refuse_order("valid_from", "valid_to")
        for name, what in (self.points | self.lists).items():
            known = {} if name == "region" else BY_CODE[name](codes(rows, name))
            spans = region_spans(codes(rows, name)) if name == "region" else None
            for row in rows:
                wanted = row.values[name] if name in self.lists else [row.values[name]]
                there = [
                    spans.on(code, row.values["valid_from"]) if spans else known.get(code)
                    for code in wanted
                ]
                for code, one in zip(wanted, there, strict=True):
                    if one is None:
                        row.refuse_unknown(name, code, what)
                row.refs[name] = there if name in self.lists else there[0]

    def stored(self, rows: list[Row]) -> dict[Hashable, dict[str, Any]]:
        joined = self.model._default_manager.select_related(*self.points)
        path, name = self.sought
        held = found(joined.prefetch_related(*self.lists), path, codes(rows, name))
        terms = (self.terms(one) for one in held)
        return {tuple(one[name] for name in self.key): one for one in terms}

    def terms(self, held: Any) -> dict[str, Any]:
        """What one stored row says, in the terms of the file."""
        terms = {}
        for field in self.fields:
            value = getattr(held, field.name)
            if field.name in self.points:
                value = value.code
            elif field.name in self.lists:
                value = sorted(one.code for one in value.all())
            terms[field.name] = value
        return terms

    def differences(self, row: Row, held: dict[str, Any]) -> list[tuple[str, Any]]:
        sorted_ = {name: sorted(row.values[name]) for name in self.lists}
        row.values.update(sorted_)
        return super().differences(row, held)

    def write(self, rows: list[Row], at: datetime) -> None:
        for row in rows:
            apart = self.lists.keys()
            plain = {name: row.values[name] for name in row.values if name not in apart}
            single = {name: row.refs[name] for name in self.points}
            made = self.model._default_manager.create(**plain | single)
            for name in apart:
                getattr(made, name).set(row.refs[name])
            row.refs["made"] = made

    def entered(self, row: Row) -> Any:
        return row.refs["made"]
