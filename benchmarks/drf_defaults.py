"""The comparison program of the list: the Django REST framework as its tutorial writes it.

A ModelViewSet over nested serializers, page numbers with a count, nothing fetched ahead; it shows
the same fields and asks nobody's scope.
"""

import django_filters
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from agencies.models import Agency
from filings.models import Filing, FilingItem, FilingOfficer, Subject


class AgencySerializer(serializers.ModelSerializer):
    class Meta:
        model = Agency
        fields = ["code", "name"]


class SubjectSerializer(serializers.ModelSerializer):
    class Meta:
        model = Subject
        fields = ["id", "name", "uscc"]


class ItemSerializer(serializers.ModelSerializer):
    code = serializers.CharField(source="item_version.item.code")
    name = serializers.CharField(source="item_version.name")
    version = serializers.IntegerField(source="item_version.version")

    class Meta:
        model = FilingItem
        fields = ["code", "name", "version"]


class OfficerSerializer(serializers.ModelSerializer):
    id = serializers.IntegerField(source="officer_id")
    code = serializers.CharField(source="officer.code")
    name = serializers.CharField(source="officer.name")

    class Meta:
        model = FilingOfficer
        fields = ["id", "code", "name", "lead"]


class FilingSerializer(serializers.ModelSerializer):
    type = serializers.CharField(source="check_type")
    agency = AgencySerializer()
    subject = SubjectSerializer()
    items = ItemSerializer(many=True)
    officers = OfficerSerializer(many=True, source="members")

    class Meta:
        model = Filing
        fields = [
            "id", "number", "origin", "status", "version", "dated_at", "type", "trigger",
            "double_random", "unannounced", "recheck", "emergency", "place", "planned_start",
            "planned_end", "agency", "subject", "items", "officers",
        ]  # fmt: skip


class FilingFilter(django_filters.FilterSet):
    agency = django_filters.CharFilter(field_name="agency__code")
    status = django_filters.CharFilter()
    dated = django_filters.DateFromToRangeFilter(field_name="dated_at")

    class Meta:
        model = Filing
        fields = []


class Pages(PageNumberPagination):
    page_size = 50


class FilingViewSet(viewsets.ModelViewSet):
    queryset = Filing.objects.order_by("-dated_at", "-id")
    serializer_class = FilingSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = FilingFilter
    pagination_class = Pages
