"""The search of everything the caller may see, over HTTP."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from agencies.query import check_parameters
from filings.finding import find

Q = OpenApiParameter("q", str, description="A part of a name, its pinyin, or a number.")


class HitSerializer(serializers.Serializer):
    """One row found, by its kind and key; the resource of its kind tells the rest."""

    id = serializers.IntegerField(source="pk")
    code = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()

    def get_code(self, row) -> str:
        return getattr(row, "code", None) or getattr(row, "number", None) or _uscc(row)

    def get_name(self, row) -> str:
        if hasattr(row, "subject"):
            return row.subject.name
        if hasattr(row, "versions"):
            return max(row.versions.all(), key=lambda one: one.version).name
        return row.name


class FoundSerializer(serializers.Serializer):
    """The first that fit of one kind (`filings`, `subjects`, …), and whether there are more."""

    kind = serializers.CharField()
    more = serializers.BooleanField()
    results = HitSerializer(source="rows", many=True)


class SearchViewSet(viewsets.ViewSet):
    """Filings, subjects, agencies, items and officers by name, pinyin, number or code."""

    @extend_schema(responses=FoundSerializer(many=True), parameters=[Q])
    def list(self, request):
        """What is called so, of all that one may see; kinds without a hit are left out."""
        check_parameters(request.query_params, ("q",))
        found = find(request.query_params.get("q", ""), request.authority)
        return Response(FoundSerializer(found, many=True).data)


def _uscc(row) -> str:
    return getattr(row, "uscc", "") or ""
