"""What the body of a write may hold: known fields only, and no value that is guessed at."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _
from rest_framework import serializers

EARLIEST = 1949
LATEST = 2100
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)
LONG = 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class StrictBody(serializers.Serializer):
    """A JSON object whose unknown fields are refused by name."""

    def to_internal_value(self, data):
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else ()
        if unknown:
            message = _("There is no such field; there are: %s.") % (", ".join(self.fields) or "—")
            raise serializers.ValidationError(
                {
                    name[:60]: serializers.ErrorDetail(message, "unknown_field")
                    for name in sorted(unknown)
                }
            )
        return super().to_internal_value(data)


class WholeNumber(serializers.IntegerField):
    """A JSON number; neither text nor true."""

    def to_internal_value(self, data):
        if type(data) is not int:
            raise serializers.ValidationError(
                _("Write a whole number, without quotation marks."), "not_a_number"
            )
        return super().to_internal_value(data)


class Degrees(serializers.DecimalField):
    """A coordinate in plain decimals with at most six places, as a number or as text."""

    def __init__(self, limit: int, **kwargs):
        super().__init__(9, 6, min_value=-limit, max_value=limit, **kwargs)

    def to_internal_value(self, data):
        plain = isinstance(data, int | float) and not isinstance(data, bool)
        if not plain and not _written(_DEGREES, data):
            raise serializers.ValidationError(
                _("Write a plain decimal number, as 126.549512."), "not_a_decimal"
            )
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """true or false, and nothing that merely looks like it."""

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            raise serializers.ValidationError(_("Write true or false."), "not_a_boolean")
        return data


class Text(serializers.CharField):
    """JSON text; numbers are not taken for it.  Long text, and what says `lines`, has several.

    What has one line begins no second one, in a log, a header or a table.
    """

    def __init__(self, *, lines: bool = False, **kwargs):
        super().__init__(**kwargs)
        if not lines and (kwargs.get("max_length") or LONG) < LONG:
            self.validators.append(_one_line)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Write text in quotation marks."), "not_text")
        return super().to_internal_value(data)


def _one_line(text: str) -> None:
    broken = next((one for one in text if one in "\t\r\n"), "")
    if broken:
        message = _("This is one line and contains the character %(bad)s. Remove it.")
        raise serializers.ValidationError(
            message % {"bad": f"U+{ord(broken):04X}"}, "control_character"
        )


class Instant(serializers.DateTimeField):
    """An instant with its offset, as 2022-06-15T10:00+08:00."""

    def to_internal_value(self, data):
        try:
            found = datetime.fromisoformat(data) if _written(_INSTANT, data) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found.year < LATEST:
            raise serializers.ValidationError(
                _("Write an instant with its offset, as 2022-06-15T10:00+08:00."), "bad_instant"
            )
        return found


class Day(serializers.DateField):
    """A day as 2022-06-15."""

    def to_internal_value(self, data):
        try:
            found = date.fromisoformat(data) if _written(_DAY, data) else None
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found.year < LATEST:
            raise serializers.ValidationError(_("Write a day as 2022-06-15."), "bad_day")
        return found


def _written(pattern, data):
    return isinstance(data, str) and pattern.fullmatch(data) is not None
