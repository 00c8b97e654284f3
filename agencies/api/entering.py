"""Entering, succeeding and changing rows of a register over HTTP.

The bodies are made of the fields of the import, so a file and the API ask for the same things.
"""

from functools import cache
from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agencies.api.body import Day, StrictBody, Text, YesNo
from agencies.api.points import PointField, single
from agencies.imports import entry
from agencies.imports.kind import Field, Kind
from agencies.imports.points import points


class EndBody(StrictBody):
    """From which day it is over, and why."""

    on = Day()
    reason = Text(max_length=1000)


class ReasonedBody(StrictBody):
    """What is to be changed, and why; what is not named stays."""

    reason = Text(max_length=1000)

    def told(self):
        """The changes and the reason apart."""
        said = dict(self.validated_data)
        return said, said.pop("reason")


@cache
def body_of(kind: type[Kind]) -> type[StrictBody]:
    """The body that enters one row of `kind`."""
    made = {ours.name: _field(ours) for ours in kind.fields}
    return type(f"{kind.__name__}Entry", (StrictBody,), {"__doc__": kind.__doc__, **made})


def _field(ours: Field) -> serializers.Field:
    """The default of a field tells its shape: several values, yes or no, or text."""
    told = {"required": ours.required, "help_text": str(ours.label)}
    if isinstance(ours.default, tuple):
        of_points = ours.parse is points
        one = PointField() if of_points else Text(max_length=200, validators=[single])
        return serializers.ListField(child=one, max_length=100, **told)
    if isinstance(ours.default, bool):
        return YesNo(**told)
    return Text(
        max_length=5000, allow_blank=not ours.required, allow_null=not ours.required, **told
    )


def cells(said) -> dict[str, str]:
    """The values of a body as the cells of a file."""
    return {name: _cell(value) for name, value in said.items()}


def _cell(value) -> str:
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or ""


class Entering:
    """Entering rows, for the view set that shows the register."""

    kind: ClassVar[type[Kind]]

    def enter(self, request):
        """One row, judged by the rules of the import; the answer shows it."""
        return self._entered(entry.enter, request)

    def succeed_with(self, request, code):
        """A row that follows on what is in force under the code."""
        self.get_object()
        return self._entered(entry.succeed, request, code=code)

    def _entered(self, verb, request, **also):
        body = body_of(self.kind)(data=request.data | also)
        body.is_valid(raise_exception=True)
        said = cells(body.validated_data)
        made = verb(self.kind(), said, by=request.authority, at=timezone.now())
        return self.answer(made, status.HTTP_201_CREATED)

    def changes(self, request, body):
        """What a body of the class `body` asks to be changed, and why."""
        found = body(data=request.data, context={"authority": request.authority})
        found.is_valid(raise_exception=True)
        return found.told()

    def changed(self, request, body, act):
        """The row after `act` changed it as a body of the class `body` says."""
        said, reason = self.changes(request, body)
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        return self.answer(act(self.get_object(), said, **told))

    def ended(self, request, end):
        """The row after `end` was done to it, on the day and for the reason of the body."""
        body = EndBody(data=request.data)
        body.is_valid(raise_exception=True)
        held = self.get_object()
        done = end(held, **body.validated_data, by=request.authority, at=timezone.now())
        return self.answer(done)

    def answer(self, row, code=status.HTTP_200_OK):
        """The row as the register now shows it."""
        return self.tagged(self.rows().get(pk=row.pk), code)


def entering(kind: type[Kind], shown):
    """How a method that enters a row of `kind` is described."""
    return extend_schema(request=body_of(kind), responses={201: shown})


def creating(kind: type[Kind], shown, told: str):
    """The method that enters one row of `kind`, described as `told`."""

    def create(self, request):
        return self.enter(request)

    create.__doc__ = told
    return entering(kind, shown)(create)


def ending(shown, act, told: str, name: str = "end"):
    """The method `name` that ends a row by the verb `act`, described as `told`."""

    def end(self, request, **_key):
        return self.ended(request, act)

    end.__name__, end.__doc__ = name, told
    described = extend_schema(request=EndBody, responses=shown)
    return described(action(detail=True, methods=["post"])(end))
