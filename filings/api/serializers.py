"""How filings and subjects look from outside.

The list of filings is built from plain rows in `filings.api.rows`; its serializer here is its
description in the schema.
"""

from rest_framework import serializers

from agencies.api.resource import Chosen
from agencies.api.serializers import NamedSerializer
from agencies.models import Event
from filings.models import Filing, Finding, Result, Subject, Visit


class SubjectSerializer(Chosen):
    business_region = NamedSerializer()
    registered_region = NamedSerializer(allow_null=True)
    former_names = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Subject
        fields = [
            "id",
            "kind",
            "name",
            "former_names",
            "uscc",
            "source",
            "source_id",
            "legal_representative",
            "registered_address",
            "business_address",
            "registered_region",
            "business_region",
            "latitude",
            "longitude",
            "industry",
            "size",
            "registration",
            "credit_class",
            "risk_class",
            "whitelisted_from",
            "whitelisted_to",
            "key_supervision",
        ]


class SubjectNameSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    uscc = serializers.CharField(allow_null=True)


class FilingItemSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()


class FilingOfficerSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    lead = serializers.BooleanField()


class FilingRowSerializer(serializers.ModelSerializer):
    """One filing in the list."""

    type = serializers.ChoiceField(choices=Filing.CheckType.choices)
    agency = NamedSerializer()
    subject = SubjectNameSerializer()
    items = FilingItemSerializer(many=True)
    officers = FilingOfficerSerializer(many=True)

    class Meta:
        model = Filing
        fields = [
            "id",
            "number",
            "origin",
            "status",
            "version",
            "dated_at",
            "type",
            "trigger",
            "double_random",
            "unannounced",
            "recheck",
            "emergency",
            "place",
            "planned_start",
            "planned_end",
            "agency",
            "subject",
            "items",
            "officers",
        ]


class FindingSerializer(serializers.ModelSerializer):
    item = serializers.CharField(source="filing_item.item_version.item.code", default=None)

    class Meta:
        model = Finding
        fields = ["item", "clause", "severity", "text", "count"]


class ResultSerializer(serializers.ModelSerializer):
    findings = FindingSerializer(many=True)

    class Meta:
        model = Result
        fields = [
            "outcome",
            "source_outcome",
            "follow_up",
            "summary",
            "complete_record",
            "enforcement_followed",
            "rectify_by",
            "rectified_on",
            "finished_on",
            "recorded_at",
            "confirmed_at",
            "delivered_at",
            "published_on",
            "findings",
        ]


class VisitSerializer(serializers.ModelSerializer):
    class Meta:
        model = Visit
        fields = [
            "id",
            "arrived_at",
            "left_at",
            "recorded_at",
            "scan_of",
            "code_shown",
            "certificates_shown",
            "late_reason",
            "joint",
        ]


class EventSerializer(serializers.ModelSerializer):
    """One event of the book: who did what, when, in which role and why."""

    class Meta:
        model = Event
        fields = ["at", "actor", "role", "verb", "reason", "hash"]


class FilingRestSerializer(serializers.ModelSerializer):
    """What one filing shows besides its row in the list."""

    principal = NamedSerializer(allow_null=True)
    visit = VisitSerializer(allow_null=True)
    result = ResultSerializer(allow_null=True)
    events = EventSerializer(many=True)

    class Meta:
        model = Filing
        fields = [
            "source",
            "source_id",
            "principal",
            "trigger_source",
            "plan_number",
            "method",
            "on_site_reason",
            "assistants",
            "third_party",
            "back_filed_at",
            "back_fill_reason",
            "created_at",
            "submitted_at",
            "approved_at",
            "approval_kind",
            "approval_opinion",
            "notice_served_at",
            "notice_channel",
            "nth_of_agency",
            "nth_of_all",
            "closed_at",
            "visit",
            "result",
            "events",
        ]


class FilingSerializer(FilingRestSerializer, FilingRowSerializer):
    """One filing whole, with its result, its visit and its timeline."""

    class Meta:
        model = Filing
        fields = [*FilingRowSerializer.Meta.fields, *FilingRestSerializer.Meta.fields]
