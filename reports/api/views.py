"""Compiled years over HTTP: read them, order one, watch its job."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.resource import Resource
from agencies.api.serializers import JobSerializer
from agencies.query import check_parameters
from officers.api.idempotency import KEY, idempotent
from reports import actions, policy
from reports.api import drilling
from reports.api.serializers import (
    BehindPageSerializer,
    CompilationRowSerializer,
    CompilationSerializer,
    EntryPageSerializer,
    OrderSerializer,
)
from reports.exports.lists import WRITERS
from reports.filters import CompilationFilter
from reports.models import Compilation

FIGURE = [
    OpenApiParameter("table", str, description="A table, totals, missing or indicators."),
    OpenApiParameter("row", str, description="The code of the row."),
    OpenApiParameter("column", str, description="The name of the column."),
]
ENTRIES = [
    OpenApiParameter("figure", str, description="The name of the figure, as officers."),
    OpenApiParameter("agency", str, description="The code of an agency to narrow it to."),
]
KIND = f"(?P<kind>{'|'.join(WRITERS)})"
FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class YearViewSet(Resource):
    """Compiled years, newest first, and one with its sentence, totals and tables."""

    serializer_class = CompilationSerializer
    filterset_class = CompilationFilter
    ordering = ("-year", "-id")

    def rows(self):
        visible = Compilation.objects.visible_to(self.request.authority)
        visible = visible.select_related("region", "job")
        return visible if self.action != "list" else visible.defer("figures")

    def get_serializer_class(self):
        return {"list": CompilationRowSerializer, "create": OrderSerializer}.get(
            self.action, CompilationSerializer
        )

    @extend_schema(
        request=OrderSerializer,
        responses={202: OpenApiResponse(JobSerializer, "The job that waits or runs.")},
        parameters=[
            KEY,
            OpenApiParameter("Location", OpenApiTypes.URI, "header", response=[202]),
        ],
    )
    @idempotent()
    def create(self, request):
        """Order the compile of a year; an equal order that is not done yet is the same job."""
        now = timezone.now()
        said = OrderSerializer(data=request.data, context={"now": now})
        said.is_valid(raise_exception=True)
        region = said.validated_data["region"]
        by = policy.orderer(request.authority, region)
        period, full = said.validated_data["period"], said.validated_data["full"]
        ordered = actions.order(period, region, by=by, at=now, full=full)
        place = request.build_absolute_uri(reverse("job-detail", args=[ordered.job_id]))
        return Response(
            JobSerializer(ordered.job).data,
            status=status.HTTP_202_ACCEPTED,
            headers={"Location": place},
        )

    @extend_schema(
        responses=BehindPageSerializer,
        parameters=[
            *FIGURE,
            OpenApiParameter("part", str, enum=["counted", "left_out"]),
            OpenApiParameter("after", int, description="The id after which the page begins."),
        ],
        filters=False,
    )
    @action(detail=True, filter_backends=(), pagination_class=None)
    def filings(self, request, pk=None):
        """The filings that one figure counts, and those it leaves out with the reason."""
        check_parameters(request.query_params, drilling.PARAMETERS)
        compilation = get_object_or_404(self.rows(), pk=pk)
        return Response(drilling.page(request, compilation))

    @extend_schema(
        operation_id="years_filings_file", responses=FILE, parameters=FIGURE, filters=False
    )
    @action(detail=True, filter_backends=(), pagination_class=None, url_path=f"filings/{KIND}")
    def filings_file(self, request, pk=None, kind=""):
        """The list behind one figure as a file; without one, every filing that was read."""
        check_parameters(request.query_params, drilling.FIGURE)
        return drilling.filings(request, get_object_or_404(self.rows(), pk=pk), kind)

    @extend_schema(
        responses=EntryPageSerializer,
        parameters=[
            *ENTRIES,
            OpenApiParameter("after", int, description="The id after which the page begins."),
        ],
        filters=False,
    )
    @action(detail=True, filter_backends=(), pagination_class=None)
    def entries(self, request, pk=None):
        """The entries of the registers that one figure counts."""
        check_parameters(request.query_params, ("figure", "agency", "after"))
        return Response(drilling.held(request, get_object_or_404(self.rows(), pk=pk)))

    @extend_schema(
        operation_id="years_entries_file", responses=FILE, parameters=ENTRIES, filters=False
    )
    @action(detail=True, filter_backends=(), pagination_class=None, url_path=f"entries/{KIND}")
    def entries_file(self, request, pk=None, kind=""):
        """The entries that one figure counts as a file."""
        check_parameters(request.query_params, ("figure", "agency"))
        return drilling.held_file(request, get_object_or_404(self.rows(), pk=pk), kind)
