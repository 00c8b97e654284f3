"""Are the query parameters of this request known and readable?  Shared by pages and API."""

import re
from collections.abc import Collection

from django.http import QueryDict
from django.utils.translation import gettext as _

LONGEST = 1000
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class BadParameter(ValueError):
    """A query parameter is unknown, repeated or unreadable; `problems` says which."""

    def __init__(self, name: str, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
        self.problems = [{"pointer": f"?{name}", "code": code, "rule": "", "message": message}]


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
    """The first control character or half surrogate in the text, as U+XXXX; empty if none."""
    found = _UNREADABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


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
