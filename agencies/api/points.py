"""How the points of a checklist are said over HTTP: each a text, or an object with its parts."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.api.body import StrictBody, Text
from agencies.imports.points import LONGEST, Point
from agencies.models import ItemVersion


def single(text: str) -> None:
    """Refuse what would fall apart in a cell, where semicolons part the values."""
    if ";" in text or "；" in text:
        raise serializers.ValidationError(
            _("Give each value by itself, without a semicolon."), "semicolon"
        )


def _whole(text: str) -> None:
    if "|" in text or "｜" in text:
        raise serializers.ValidationError(_("Write it without a vertical bar."), "vertical_bar")


class PointBody(StrictBody):
    """What is gone through, against which standard, how, and how grave it is if it is wrong."""

    clause = Text(max_length=LONGEST, validators=[single, _whole])
    standard = Text(
        max_length=LONGEST, validators=[single, _whole], required=False, allow_blank=True
    )
    method = serializers.ChoiceField(choices=ItemVersion.Method.choices, required=False)
    severity = serializers.ChoiceField(choices=ItemVersion.Severity.choices, required=False)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": LONGEST, "minLength": 1},
            {"$ref": "#/components/schemas/PointRequest"},
        ]
    }
)
class PointField(serializers.Field):
    """One point as a cell says it."""

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, dict):
            body = PointBody(data=data)
            body.is_valid(raise_exception=True)
            return "|".join(Point(**body.validated_data)).rstrip("|")
        return str(Text(max_length=LONGEST, validators=[single]).run_validation(data))
