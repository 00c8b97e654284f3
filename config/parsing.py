"""Is what a client sent one readable JSON object and a known set of query parameters?"""

import json
import math
import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from agencies.query import RefusedParameters, check_parameters, unreadable

LARGEST = 1024 * 1024
DEEPEST = 32
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


class BodyTooLarge(APIException):
    """The body is larger than any request of ours can be."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class StrictJSONParser(BaseParser):
    """JSON in UTF-8: one object, no key twice, no NaN, no control characters, not too deep."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        charset = (parser_context or {}).get("encoding", "utf-8")
        if str(charset).lower().replace("_", "-") not in ("utf-8", "utf8"):
            raise ParseError(_("Send the body in UTF-8."), "use_utf8")
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise BodyTooLarge(_("The body is larger than 1 MiB."))
        return parse_object(body)


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object in the bytes.  Raises ParseError with a code that names the fault."""
    _check_depth(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(_("Send the body in UTF-8."), "use_utf8") from error
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        message = _("This is no JSON: line %(line)d, column %(column)d.") % {
            "line": error.lineno,
            "column": error.colno,
        }
        raise ParseError(message, "not_json") from error
    if not isinstance(found, dict):
        raise ParseError(_("Send one JSON object: {…}."), "not_an_object")
    _check_texts(found)
    return found


def _check_depth(body: bytes) -> None:
    depth = 0
    for match in _TOKEN.finditer(body):
        token = match.group()
        depth += token in (b"[", b"{")
        depth -= token in (b"]", b"}")
        if depth > DEEPEST:
            message = _("The JSON is nested deeper than %(most)d levels.") % {"most": DEEPEST}
            raise ParseError(message, "too_deep")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = _("The key “%(name)s” stands twice in one object.") % {"name": twice[:60]}
        raise ParseError(message, "duplicate_key")
    return found


def _no_constant(name: str) -> Any:
    raise ParseError(_("%(name)s is no JSON number.") % {"name": name}, "not_a_number")


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise ParseError(_("A number has more than 20 digits."), "number_too_long")
    return int(digits)


def _check_texts(value: Any, pointer: str = "") -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name, pointer)
            _check_texts(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check_texts(inner, f"{pointer}/{number}")
    elif isinstance(value, str):
        _check_text(value, pointer)
    elif isinstance(value, float) and not math.isfinite(value):
        _no_constant(str(value))


def _check_text(text: str, pointer: str) -> None:
    bad = unreadable(text)
    if bad:
        message = _("%(pointer)s contains the control character %(bad)s. Remove it.") % {
            "pointer": pointer or "/",
            "bad": bad,
        }
        raise ParseError(message, "control_character")


class StrictFilterBackend(DjangoFilterBackend):
    """The view's filter set; a parameter that neither it nor the paginator knows is refused.

    A view lists in `query_parameters` what it reads besides.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        also = set(getattr(view, "query_parameters", ()))
        if not getattr(view, "detail", False) and view.paginator is not None:
            also |= set(view.paginator.parameters)
        kind = self.get_filterset_class(view, queryset)
        if kind is None:
            check_parameters(request.query_params, also)
            return queryset
        check_parameters(request.query_params, also | set(kind.base_filters))
        filterset = kind(
            request.query_params,
            queryset,
            authority=request.authority,
            also=also,
            only_given=True,
        )
        refused = filterset.errors
        if refused:
            raise RefusedParameters(refused)
        return filterset.qs
