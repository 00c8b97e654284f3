"""Are the query parameters of this request known and readable?  Shared by pages and API."""

import re
import unicodedata
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

LONGEST = 1000
# Controls, half surrogates, marks that turn the direction of reading, and signs without a width.
# A zero-width joiner is a sign of its own only between emoji.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff]"
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)
MARKS_IN_A_ROW = 8


class BadParameter(ValueError):
    """A query parameter is unknown, repeated or unreadable; `problems` says which."""

    def __init__(self, name: str, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
        self.problems = [{"pointer": f"?{name}", "code": code, "rule": "", "message": message}]


def row_after(text: str) -> int:
    """The key of the row after which a page begins; 0 where none is named.  Raises BadParameter."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        message = _("“%(value)s” is not the number of a row.") % {"value": text[:40]}
        raise BadParameter("after", message, "bad_cursor")
    return int(text or 0)


class RefusedParameters(ValueError):
    """A filter set refused values; `problems` names each parameter."""

    code = "bad_filter"

    def __init__(self, refused: dict[str, list[tuple[str, str]]]) -> None:
        self.problems = [
            {"pointer": f"?{name}", "code": code, "rule": "", "message": message}
            for name, found in refused.items()
            for code, message in found
        ]
        super().__init__(" ".join(problem["message"] for problem in self.problems))


def unreadable(text: str) -> str:
    """The first character of the text that nobody can read, as U+XXXX; empty if there is none."""
    found = _UNREADABLE.search(text)
    if found is None and not text.isascii():
        return _flood(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def _flood(text: str) -> str:
    """The combining mark that is piled up more than eight times in a row; empty if none is."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MARKS_IN_A_ROW:
            return f"U+{ord(character):04X}"
    return ""


def readable(text: str) -> None:
    """A validator of forms.  Raises ValidationError for a character that nobody can read."""
    bad = unreadable(str(text))
    if bad:
        message = _("This contains the character %(bad)s, which cannot be read. Remove it.")
        raise ValidationError(message % {"bad": bad}, "control_character")


def one_line(text: str) -> None:
    """A validator of forms.  As `readable`, and refuses what would begin a new line as well."""
    readable(text)
    broken = next((one for one in str(text) if one in "\t\r\n"), "")
    if broken:
        message = _("This is one line and contains the character %(bad)s. Remove it.")
        raise ValidationError(message % {"bad": f"U+{ord(broken):04X}"}, "control_character")


def check_parameters(
    params: QueryDict, known: Collection[str], *, several: Collection[str] = ()
) -> None:
    """Refuse the first parameter that is not known, repeated or unreadable.  Raises BadParameter.

    `several` names those that may be given more than once.
    """
    for name, values in params.lists():
        if name not in known:
            message = _("“%(name)s” is not a known parameter. Known: %(known)s.") % {
                "name": name[:60],
                "known": ", ".join(sorted(known)),
            }
            raise BadParameter(name[:60], message, "unknown_parameter")
        if len(values) > 1 and name not in several:
            message = _("“%(name)s” is given more than once. Give it once.") % {"name": name}
            raise BadParameter(name, message, "repeated_parameter")
        for value in values:
            _check_value(name, value)


def _check_value(name: str, value: str) -> None:
    if len(value) > LONGEST:
        message = _("“%(name)s” has %(length)d characters; at most %(most)d are allowed.") % {
            "name": name,
            "length": len(value),
            "most": LONGEST,
        }
        raise BadParameter(name, message, "too_long")
    bad = unreadable(value)
    if bad:
        message = _("“%(name)s” contains the control character %(bad)s. Remove it.") % {
            "name": name,
            "bad": bad,
        }
        raise BadParameter(name, message, "control_character")
