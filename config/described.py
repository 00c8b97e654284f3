"""Which refusals can each operation of the API give?  Added to its description by name.

A refusal is a status and a code, both from the table in `config.errors`; every operation names
those that its headers, its body and its app can lead to.
"""

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from config.errors import STATUS
from filings.rules.catalogue import CATALOGUE

Codes = dict[int, tuple[str, ...]]

ALWAYS: Codes = {
    400: ("unknown_parameter", "repeated_parameter", "control_character", "too_long"),
    401: ("not_authenticated", "authentication_failed"),
    403: ("permission_denied", "sign_in_incomplete", "csrf_failed"),
    404: ("not_found",),
    406: ("not_acceptable",),
    429: ("throttled",),
}
READING: Codes = {
    400: (
        "bad_filter",
        "unknown_field",
        "bad_page_size",
        "bad_count",
        "bad_cursor",
    )
}
WRITING: Codes = {
    400: (
        "invalid",
        "parse_error",
        "not_json",
        "use_utf8",
        "not_an_object",
        "duplicate_key",
        "too_deep",
        "not_a_number",
        "number_too_long",
    ),
    413: ("too_large",),
    415: ("unsupported_media_type",),
}
BY_HEADER: dict[str, Codes] = {
    "Idempotency-Key": {
        400: ("bad_key", "key_missing"),
        409: ("key_in_use",),
        422: ("key_reused",),
    },
    "If-Match": {400: ("bad_tag",), 412: ("version_changed",), 428: ("version_missing",)},
}
APP_OF = {
    "regions": "agencies",
    "agencies": "agencies",
    "items": "agencies",
    "claims": "agencies",
    "officers": "officers",
    "subjects": "filings",
    "filings": "filings",
    "years": "reports",
    "jobs": "reports",
}
HTTP = ("get", "post", "put", "patch", "delete")


def name_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The description with the one shape of a refusal, and with the codes of each operation."""
    result["components"]["schemas"]["Problem"] = _shape()
    for path, methods in result["paths"].items():
        for method in HTTP:
            if method in methods:
                _describe(path, method, methods[method])
    return result


def _shape() -> dict[str, Any]:
    text = {"type": "string"}
    found = dict.fromkeys(("pointer", "code", "rule", "message"), text)
    rules = ", ".join(f"`{code}` ({one.rule})" for code, one in CATALOGUE.items())
    return {
        "type": "object",
        "description": "A refusal after RFC 9457; `problems` names each refused value.  "
        f"The rules name theirs by these codes: {rules}.",
        "required": ["type", "title", "status", "detail", "code", "request_id", "problems"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail", "code", "request_id"), text),
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": {"type": "object", "properties": found}},
        },
    }


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    headers = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"]
    tables = [ALWAYS, READING if method == "get" else WRITING, _of_app(path, method)]
    tables += [BY_HEADER[name] for name in headers if name in BY_HEADER]
    for status in sorted({status for table in tables for status in table}):
        codes = sorted({code for table in tables for code in table.get(status, ())})
        operation["responses"].setdefault(str(status), _refusal(codes))


def _of_app(path: str, method: str) -> Codes:
    """What the verbs behind `path` refuse by the table of errors; all of it for a strange path."""
    resource = path.removeprefix("/api/v1/").split("/")[0]
    app = APP_OF.get(resource)
    apart = {code for table in BY_HEADER.values() for codes in table.values() for code in codes}
    found: dict[int, tuple[str, ...]] = {}
    for kind, status in STATUS.items():
        code = str(getattr(kind, "code", "refused"))
        reading = method == "get" and status in (400, 409)
        foreign = app is not None and kind.__module__.split(".")[0] not in (app, "agencies")
        if code not in apart and not reading and not foreign:
            found[status] = (*found.get(status, ()), code)
    return found


def _refusal(codes: list[str]) -> dict[str, Any]:
    told = ", ".join(f"`{code}`" for code in codes)
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {"type": "object", "properties": {"code": {"enum": codes}}},
        ]
    }
    return {
        "description": f"Refused: {told}.",
        "content": {"application/problem+json": {"schema": schema}},
    }


class Once(SchemaGenerator):
    """The description, made once per language: anybody may ask, and making it takes seconds."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _made(get_language())


@cache
def _made(language: str) -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


class Described(SpectacularAPIView):
    """The description of the API, for programs."""

    generator_class = Once
