"""How the register of authorities looks from outside."""

from rest_framework import serializers

from agencies.api.resource import Chosen
from agencies.models import Agency, Claim, InspectionItem, ItemVersion, Job, LegalBasis, Region


class RegionSerializer(Chosen):
    parent = serializers.CharField(source="parent.code", default=None)

    class Meta:
        model = Region
        fields = ["code", "name", "kind", "parent", "path", "valid_from", "valid_to"]


class NamedSerializer(serializers.Serializer):
    """A code with its name, where another resource is mentioned."""

    code = serializers.CharField()
    name = serializers.CharField()


class AgencySerializer(Chosen):
    region = NamedSerializer()
    parent = serializers.CharField(source="parent.code", default=None)
    principal = serializers.CharField(source="principal.code", default=None)
    successor = serializers.CharField(source="successor.code", default=None)

    class Meta:
        model = Agency
        fields = [
            "code",
            "name",
            "kind",
            "line",
            "uscc",
            "region",
            "parent",
            "principal",
            "qualified_from",
            "qualified_to",
            "valid_from",
            "valid_to",
            "successor",
        ]


class LegalBasisSerializer(serializers.ModelSerializer):
    class Meta:
        model = LegalBasis
        fields = [
            "id",
            "rank",
            "title",
            "document_number",
            "article",
            "text",
            "valid_from",
            "valid_to",
        ]


class ItemVersionSerializer(serializers.ModelSerializer):
    subject_kinds = serializers.ListField(child=serializers.CharField())
    methods = serializers.ListField(child=serializers.CharField())
    checklist = serializers.ListField(child=serializers.DictField())
    bases = LegalBasisSerializer(many=True)

    class Meta:
        model = ItemVersion
        fields = [
            "version",
            "name",
            "level",
            "kind",
            "subject_kinds",
            "methods",
            "checklist",
            "joint_allowed",
            "unannounced_allowed",
            "off_site_possible",
            "published_on",
            "valid_from",
            "valid_to",
            "bases",
        ]


class ItemSerializer(Chosen):
    versions = ItemVersionSerializer(many=True)

    class Meta:
        model = InspectionItem
        fields = ["code", "main_item", "field", "source_system", "versions"]


class ClaimSerializer(Chosen):
    agency = serializers.CharField(source="agency.code")
    item = serializers.CharField(source="item.code")

    class Meta:
        model = Claim
        fields = ["id", "agency", "item", "valid_from", "valid_to"]


class JobSerializer(Chosen):
    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "params",
            "state",
            "attempt",
            "done",
            "total",
            "error",
            "ordered_by",
            "ordered_at",
            "started_at",
            "finished_at",
        ]
