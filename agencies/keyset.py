"""Which rows come after the last one shown?  Pages that neither skip nor repeat a row.

A cursor holds the ordering and its values in one row, so that a page costs the same wherever it
lies.  Rows without a value come last.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from agencies.query import unreadable

LONGEST_CURSOR = 2000


class BadCursor(ValueError):
    """The cursor was not made by this list in this order."""

    code = "bad_cursor"


@dataclass(frozen=True)
class Page:
    """The rows of one page and the cursors of its neighbours (None where there is none)."""

    rows: list[Any]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class _Key:
    """One column of the ordering, in the direction in which it is read."""

    path: str
    field: "Field[Any, Any]"
    descending: bool
    nulls_last: bool = True

    def reversed(self) -> "_Key":
        return _Key(self.path, self.field, not self.descending, not self.nulls_last)

    def order(self) -> Any:
        column = F(self.path)
        options = {}
        if self.field.null:
            options = {"nulls_last" if self.nulls_last else "nulls_first": True}
        return column.desc(**options) if self.descending else column.asc(**options)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def after(self, value: Any) -> Q:
        if value is None:
            nothing = Q(pk__in=[])
            return nothing if self.nulls_last else Q(**{f"{self.path}__isnull": False})
        beyond = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        if self.field.null and self.nulls_last:
            beyond |= Q(**{f"{self.path}__isnull": True})
        return beyond

    def value(self, row: Model) -> Any:
        value: Any = row
        for name in self.path.split("__"):
            value = None if value is None else getattr(value, name)
        return value.pk if isinstance(value, Model) else value

    def plain(self, value: Any) -> Any:
        """The value as JSON holds it."""
        if isinstance(value, datetime | date):
            return value.isoformat()
        return value if value is None or isinstance(value, int) else str(value)

    def parse(self, raw: Any) -> Any:
        """The value in a cursor.  Raises BadCursor."""
        if raw is None and self.field.null:
            return None
        if not isinstance(raw, str | int) or (isinstance(raw, str) and unreadable(raw)):
            raise BadCursor(_("The cursor is damaged. Start again without it."))
        value = self.field.to_python(raw)
        if value is None or (isinstance(value, datetime) and is_naive(value)):
            raise BadCursor(_("The cursor is damaged. Start again without it."))
        return value


def page(queryset: QuerySet[Any], *, size: int, cursor: str = "") -> Page:
    """One page of the queryset in its own ordering, beginning at the cursor.  Raises BadCursor."""
    ordering = _ordering(queryset)
    keys = [_key(queryset.model, name) for name in ordering]
    backwards, values = _decode(cursor, ordering, keys) if cursor else (False, None)
    walk = [key.reversed() for key in keys] if backwards else keys
    if values is not None:
        queryset = queryset.filter(_beyond(walk, values))
    rows = list(queryset.order_by(*[key.order() for key in walk])[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, values is not None)
    return Page(
        rows,
        _encode(keys, ordering, rows[-1], backwards=False) if rows and has_next else None,
        _encode(keys, ordering, rows[0], backwards=True) if rows and has_previous else None,
    )


def _ordering(queryset: QuerySet[Any]) -> list[str]:
    names = [str(name) for name in queryset.query.order_by]
    if not any(name.lstrip("-") in ("pk", queryset.model._meta.pk.name) for name in names):
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    return names


def _key(model: type[Model], name: str) -> _Key:
    path = name.lstrip("-")
    field: Any = None
    holder: Any = model
    for part in path.split("__"):
        try:
            field = holder._meta.pk if part == "pk" else holder._meta.get_field(part)
        except FieldDoesNotExist as error:
            raise TypeError(f"{model.__name__} cannot be paged by {name}") from error
        holder = field.related_model or holder
    return _Key(path, field, name.startswith("-"))


def _beyond(keys: list[_Key], values: list[Any]) -> Q:
    """The rows after this one; the first bound is repeated so that an index can be entered."""
    found, ties = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        found |= ties & key.after(value)
        ties &= key.same(value)
    first, value = keys[0], values[0]
    if value is not None and not first.field.null:
        found &= Q(**{f"{first.path}__{'lte' if first.descending else 'gte'}": value})
    return found


def _encode(keys: list[_Key], ordering: list[str], row: Model, *, backwards: bool) -> str:
    body = [int(backwards), ordering, [key.plain(key.value(row)) for key in keys]]
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, ordering: list[str], keys: list[_Key]) -> tuple[bool, list[Any]]:
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError(cursor[:20])
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        body = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        backwards, order, raws = body
        if backwards not in (0, 1):
            raise ValueError(backwards)
        values = [key.parse(raw) for key, raw in zip(keys, raws, strict=True)]
    except (ValueError, TypeError, ValidationError, RecursionError, binascii.Error) as error:
        raise BadCursor(_("The cursor is damaged. Start again without it.")) from error
    if order != ordering:
        raise BadCursor(_("The cursor belongs to another ordering. Start again without it."))
    return bool(backwards), values
