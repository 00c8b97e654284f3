"""Every resource of the API under one address, which lists them, and its description."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.routers import DefaultRouter

from agencies.api.views import AgencyViewSet, ClaimViewSet, ItemViewSet, RegionViewSet
from filings.api.views import FilingViewSet, SubjectViewSet
from officers.api.idempotency import idempotent
from officers.api.views import OfficerViewSet
from reports.api.views import JobViewSet, YearViewSet


class Router(DefaultRouter):
    include_format_suffixes = False


def keyed(view: Any) -> Any:
    """The view set whose `writes` are done once per Idempotency-Key, as every write is."""
    return type(view.__name__, (view,), {n: idempotent(getattr(view, n)) for n in view.writes})


router = Router()
router.register("regions", keyed(RegionViewSet), "region")
router.register("agencies", keyed(AgencyViewSet), "agency")
router.register("items", keyed(ItemViewSet), "item")
router.register("claims", keyed(ClaimViewSet), "claim")
router.register("officers", keyed(OfficerViewSet), "officer")
router.register("subjects", keyed(SubjectViewSet), "subject")
router.register("filings", FilingViewSet, "filing")
router.register("years", YearViewSet, "year")
router.register("jobs", JobViewSet, "job")


class SessionScheme(OpenApiAuthenticationExtension):
    """How the description names our way of signing in."""

    target_class = "config.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def describe_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the one shape of every refusal to every operation of the description."""
    text = {"type": "string"}
    found = dict.fromkeys(("pointer", "code", "rule", "message"), text)
    result["components"]["schemas"]["Problem"] = {
        "type": "object",
        "description": "A refusal after RFC 9457; `problems` names each refused value.",
        "required": ["type", "title", "status", "detail", "code", "request_id", "problems"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail", "code", "request_id"), text),
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": {"type": "object", "properties": found}},
        },
    }
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    refusal = {"description": "Refused", "content": {"application/problem+json": shape}}
    for methods in result["paths"].values():
        for operation in methods.values():
            for status in ("400", "401", "403", "404"):
                operation["responses"].setdefault(status, refusal)
    return result
