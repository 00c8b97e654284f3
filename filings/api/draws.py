"""Random draws over HTTP: announce, draw, set aside, and the protocol by which one is checked."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.bodies import AgencyCode
from agencies.api.body import Day, StrictBody, Text, WholeNumber
from agencies.api.resource import ID, ResourceSchema
from agencies.api.versions import TaggedRetrieve
from agencies.query import check_parameters
from filings.actions import drawing
from filings.models import Draw, DrawnSubject


class DrawSerializer(serializers.ModelSerializer):
    """One draw; its whole content is in the protocol."""

    agency = serializers.CharField(source="agency.code")

    class Meta:
        model = Draw
        fields = [
            "id",
            "agency",
            "name",
            "year",
            "candidates",
            "pool_hash",
            "commitment",
            "public_source",
            "public_on",
            "frozen_at",
            "number",
            "seed",
            "drawn_at",
        ]


class FreezeBody(StrictBody):
    """What is announced before the draw."""

    agency = AgencyCode()
    name = Text(max_length=100)
    public_source = Text(max_length=200)
    public_on = Day()
    officers_each = WholeNumber(required=False)
    percent = serializers.DictField(child=WholeNumber(), required=False)
    kind = Text(max_length=20, required=False)
    industry = Text(max_length=5, required=False)


class NumberBody(StrictBody):
    """The public number as it was published."""

    number = Text(max_length=100)


class SetAsideBody(StrictBody):
    """Which place of the draw is set aside, and why."""

    place = WholeNumber(min_value=1)
    reason = Text(max_length=300, lines=True)


class DrawViewSet(TaggedRetrieve, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Random draws of the agencies one sees, the latest first."""

    schema = ResourceSchema()
    serializer_class = DrawSerializer
    filter_backends = ()
    lookup_value_regex = ID
    writes = ("create", "draw", "set_aside")

    def versioned(self, row, shown):
        """What was set aside belongs to the version too."""
        gone = row.drawn.exclude(set_aside_at=None)
        return shown | {"set_aside": sorted(gone.values_list("place", flat=True))}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Draw.objects.none()
        seen = Draw.objects.visible_to(self.request.authority)
        return seen.select_related("agency__region").order_by("-frozen_at", "-id")

    def list(self, request, *args, **kwargs):
        check_parameters(request.query_params, self.paginator.parameters)
        return super().list(request, *args, **kwargs)

    @extend_schema(request=FreezeBody, responses={201: DrawSerializer})
    def create(self, request):
        """Freeze the pool and publish its hash before the number is known."""
        said = dict(self._read(FreezeBody))
        agency = said.pop("agency")
        announced = drawing.Announced(**said)
        made = drawing.freeze(agency, announced, by=request.authority, at=timezone.now())
        return self.tagged(made, status.HTTP_201_CREATED)

    @extend_schema(request=NumberBody, responses=DrawSerializer)
    @action(detail=True, methods=["post"])
    def draw(self, request, pk):
        """Draw under the public number."""
        told = {"by": request.authority, "at": timezone.now()}
        held = drawing.draw(self.get_object(), self._read(NumberBody)["number"], **told)
        return self.tagged(held)

    @extend_schema(request=SetAsideBody, responses=DrawSerializer)
    @action(detail=True, methods=["post"])
    def set_aside(self, request, pk):
        """Set a drawn subject aside; the next of its stratum follows."""
        held, said = self.get_object(), self._read(SetAsideBody)
        rows = DrawnSubject.objects.select_related("draw__agency__region")
        gone = get_object_or_404(rows, draw=held, place=said["place"])
        told = {"by": request.authority, "at": timezone.now(), "reason": said["reason"]}
        drawing.set_aside(gone, **told)
        return self.tagged(held)

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    @action(detail=True, methods=["get"])
    def protocol(self, request, pk):
        """Everything by which a stranger checks the draw with filings/draws.py."""
        check_parameters(request.query_params, ())
        return Response(drawing.protocol(self.get_object()))

    def _read(self, body):
        found = body(data=self.request.data, context={"authority": self.request.authority})
        found.is_valid(raise_exception=True)
        return found.validated_data
