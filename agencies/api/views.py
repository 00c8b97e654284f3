"""The register of authorities over HTTP: read within the caller's scope, kept by its keepers.

Regions and the catalogue of items are one for everybody who reads registers; agencies and their
claims are shown within the caller's scope.
"""

from django.db.models import Prefetch
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from agencies import actions
from agencies.api.bodies import ChangeAgencyBody, DissolveBody
from agencies.api.entering import Entering, creating, ending, entering
from agencies.api.resource import Resource
from agencies.api.serializers import (
    AgencySerializer,
    ClaimSerializer,
    ItemSerializer,
    RegionSerializer,
)
from agencies.filters import AgencyFilter, ClaimFilter, ItemFilter, RegionFilter
from agencies.imports.catalogue import Claims, Items
from agencies.imports.places import Agencies, Regions
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Region


class RegionViewSet(Entering, Resource):
    """Regions: divisions under their GB/T 2260 codes and development zones, with their dates."""

    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9]{6,12}"
    ordering = ("code", "pk")
    newest_first = ("-valid_from",)
    kind = Regions
    writes = ("create", "succeed", "end")

    def rows(self):
        return Region.objects.visible_to(self.request.authority).select_related("parent")

    create = creating(Regions, RegionSerializer, "Enter a division or a development zone.")

    @entering(Regions, RegionSerializer)
    @action(detail=True, methods=["post"])
    def succeed(self, request, code):
        """Rename the division, or move it under another: the row in force ends on that day."""
        return self.succeed_with(request, code)

    end = ending(
        RegionSerializer, actions.end_region, "End a division in which nothing stands any more."
    )


class AgencyViewSet(Entering, Resource):
    """Agencies: who may inspect, since when, where and under whom."""

    serializer_class = AgencySerializer
    filterset_class = AgencyFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9A-Z]{2,20}"
    ordering = ("code", "pk")
    kind = Agencies
    writes = ("create", "change", "dissolve")

    def rows(self):
        return Agency.objects.visible_to(self.request.authority).select_related(
            "region", "parent", "principal", "successor"
        )

    create = creating(
        Agencies, AgencySerializer, "Enter an agency whose qualification is confirmed."
    )

    @extend_schema(request=ChangeAgencyBody, responses=AgencySerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, code):
        """Change what the register says of the agency; what it said stays in the book."""
        return self.changed(request, ChangeAgencyBody, actions.change)

    @extend_schema(request=DissolveBody, responses=AgencySerializer)
    @action(detail=True, methods=["post"])
    def dissolve(self, request, code):
        """End the agency with its claims; a successor took over what it did."""
        body = DissolveBody(data=request.data, context={"authority": request.authority})
        body.is_valid(raise_exception=True)
        told = {"by": request.authority, "at": timezone.now(), **body.validated_data}
        return self.answer(actions.dissolve(self.get_object(), **told))


class ItemViewSet(Entering, Resource):
    """Inspection items: what may be inspected, in every version, with its legal bases."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00-\x1f]{1,40}"
    ordering = ("code", "pk")
    kind = Items
    writes = ("create", "succeed", "end")

    def rows(self):
        versions = ItemVersion.objects.order_by("version").prefetch_related("bases")
        return InspectionItem.objects.visible_to(self.request.authority).prefetch_related(
            Prefetch("versions", versions)
        )

    create = creating(
        Items, ItemSerializer, "Enter an item, or a further legal basis of one of its versions."
    )

    @entering(Items, ItemSerializer)
    @action(detail=True, methods=["post"])
    def succeed(self, request, code):
        """Publish a new version: the one in force ends on the day on which it begins."""
        return self.succeed_with(request, code)

    end = ending(
        ItemSerializer,
        actions.abolish,
        "Abolish the item: no version of it holds from that day on.",
    )


class ClaimViewSet(Entering, Resource):
    """Claims: which agency may use which item, from one day to another."""

    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    ordering = ("-pk",)
    kind = Claims
    writes = ("create", "end")

    def rows(self):
        return Claim.objects.visible_to(self.request.authority).select_related("agency", "item")

    create = creating(Claims, ClaimSerializer, "Claim an item for the agency.")

    end = ending(ClaimSerializer, actions.release, "Give the item up from that day on.")
