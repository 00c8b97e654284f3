"""The register of authorities over HTTP, for reading.

Regions and the catalogue of items are one for everybody who reads registers; agencies are shown
within the caller's scope.
"""

from django.db.models import Prefetch

from agencies.api.resource import Resource
from agencies.api.serializers import AgencySerializer, ItemSerializer, RegionSerializer
from agencies.filters import AgencyFilter, ItemFilter, RegionFilter
from agencies.models import Agency, InspectionItem, ItemVersion, Region


class RegionViewSet(Resource):
    """Regions: divisions under their GB/T 2260 codes and development zones, with their dates."""

    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9]{6,12}"
    ordering = ("code", "pk")
    newest_first = ("-valid_from",)

    def rows(self):
        return Region.objects.visible_to(self.request.authority).select_related("parent")


class AgencyViewSet(Resource):
    """Agencies: who may inspect, since when, where and under whom."""

    serializer_class = AgencySerializer
    filterset_class = AgencyFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9A-Z]{2,20}"
    ordering = ("code", "pk")

    def rows(self):
        return Agency.objects.visible_to(self.request.authority).select_related(
            "region", "parent", "principal"
        )


class ItemViewSet(Resource):
    """Inspection items: what may be inspected, in every version, with its legal bases."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    lookup_field = "code"
    lookup_value_regex = r"[^/\x00-\x1f]{1,40}"
    ordering = ("code", "pk")

    def rows(self):
        versions = ItemVersion.objects.order_by("version").prefetch_related("bases")
        return InspectionItem.objects.visible_to(self.request.authority).prefetch_related(
            Prefetch("versions", versions)
        )
