"""Every resource of the API under one address, which lists them, and its description."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from rest_framework.routers import DefaultRouter

from agencies.api.standing import (
    AssignmentViewSet,
    CalendarDayViewSet,
    EntrustmentViewSet,
    PlanViewSet,
    PowerViewSet,
)
from agencies.api.versions import IF_MATCH
from agencies.api.views import AgencyViewSet, ClaimViewSet, ItemViewSet, RegionViewSet
from config.condition import HealthViewSet
from filings.api.cases import CaseViewSet, ReplyViewSet
from filings.api.disposals import DisposalViewSet
from filings.api.draws import DrawViewSet
from filings.api.imports import ImportViewSet
from filings.api.limits import AssistanceViewSet, ConflictViewSet, LimitViewSet
from filings.api.ratings import RatingViewSet
from filings.api.ruling import AlertViewSet, RuleViewSet
from filings.api.searching import SearchViewSet
from filings.api.views import FilingViewSet, SubjectViewSet
from officers.api.break_glass import BreakGlassViewSet
from officers.api.devices import DeviceViewSet
from officers.api.idempotency import KEY, idempotent
from officers.api.nominations import NominationViewSet
from officers.api.views import OfficerViewSet
from reports.api.jobs import JobViewSet
from reports.api.views import YearViewSet


class Router(DefaultRouter):
    include_format_suffixes = False


def keyed(view: Any) -> Any:
    """The view set whose `writes` are done once per Idempotency-Key and on the version seen."""
    return type(view.__name__, (view,), {name: _write(view, name) for name in view.writes})


def _write(view: Any, name: str) -> Any:
    write = getattr(view, name)
    if name == "create":
        return extend_schema(parameters=[KEY])(idempotent()(write))

    @wraps(write)
    @transaction.atomic
    def seen(self: Any, request: Any, **kwargs: Any) -> Any:
        self.require_seen()
        return write(self, request, **kwargs)

    return extend_schema(parameters=[IF_MATCH, KEY])(idempotent()(seen))


router = Router()
router.register("regions", keyed(RegionViewSet), "region")
router.register("agencies", keyed(AgencyViewSet), "agency")
router.register("items", keyed(ItemViewSet), "item")
router.register("claims", keyed(ClaimViewSet), "claim")
router.register("plans", keyed(PlanViewSet), "plan")
router.register("entrustments", keyed(EntrustmentViewSet), "entrustment")
router.register("assignments", keyed(AssignmentViewSet), "assignment")
router.register("powers", keyed(PowerViewSet), "power")
router.register("days", keyed(CalendarDayViewSet), "day")
router.register("limits", keyed(LimitViewSet), "limit")
router.register("conflicts", keyed(ConflictViewSet), "conflict")
router.register("assistances", keyed(AssistanceViewSet), "assistance")
router.register("officers", keyed(OfficerViewSet), "officer")
router.register("nominations", keyed(NominationViewSet), "nomination")
router.register("glass", keyed(BreakGlassViewSet), "glass")
router.register("devices", keyed(DeviceViewSet), "device")
router.register("subjects", keyed(SubjectViewSet), "subject")
router.register("filings", FilingViewSet, "filing")
router.register("draws", keyed(DrawViewSet), "draw")
router.register("disposals", keyed(DisposalViewSet), "disposal")
router.register("imports", keyed(ImportViewSet), "import")
router.register("rules", RuleViewSet, "rule")
router.register("alerts", keyed(AlertViewSet), "alert")
router.register("search", SearchViewSet, "search")
router.register("cases", keyed(CaseViewSet), "case")
router.register("replies", keyed(ReplyViewSet), "reply")
router.register("ratings", RatingViewSet, "rating")
router.register("years", YearViewSet, "year")
router.register("jobs", keyed(JobViewSet), "job")
router.register("health", HealthViewSet, "health")


class SessionScheme(OpenApiAuthenticationExtension):
    """How the description names our way of signing in."""

    target_class = "config.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
