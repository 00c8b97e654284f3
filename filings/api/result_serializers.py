"""How a result and what becomes of it look from outside."""

from rest_framework import serializers

from agencies.models import ItemVersion, LegalBasis
from filings.models import Correction, Finding, Preservation, Rectification, Result, Transfer


class BasisSerializer(serializers.ModelSerializer):
    class Meta:
        model = LegalBasis
        fields = ["id", "title", "article"]


class FindingSerializer(serializers.ModelSerializer):
    """One thing found, with the version of the item, the provision and the point it is on."""

    item = serializers.CharField(source="filing_item.item_version.item.code", default=None)
    version = serializers.IntegerField(source="filing_item.item_version.version", default=None)
    basis = BasisSerializer(allow_null=True)
    standard = serializers.CharField()
    missing = serializers.ListField(child=serializers.ChoiceField(choices=Finding.Part.choices))
    method = serializers.ChoiceField(choices=ItemVersion.Method.choices, allow_blank=True)

    class Meta:
        model = Finding
        fields = [
            "item",
            "version",
            "basis",
            "point",
            "clause",
            "standard",
            "method",
            "severity",
            "text",
            "count",
            "missing",
        ]


class PreservationSerializer(serializers.ModelSerializer):
    """Evidence registered in advance, and what was decided on it."""

    class Meta:
        model = Preservation
        fields = ["id", "things", "kept_at", "registered_at", "decision", "decided_at"]


class TransferSerializer(serializers.ModelSerializer):
    class Meta:
        model = Transfer
        fields = ["id", "receiver", "matter", "sent_at", "received_at", "received_by"]


class RectificationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Rectification
        fields = ["due_on", "report", "reported_at", "rechecked_at", "passed", "note"]


class CorrectionSerializer(serializers.ModelSerializer):
    """What a result said before a correction and after it, and why it was made."""

    before = serializers.DictField()
    after = serializers.DictField()

    class Meta:
        model = Correction
        fields = ["before", "after", "reason", "corrected_at"]


class ResultSerializer(serializers.ModelSerializer):
    findings = FindingSerializer(many=True)
    transfers = TransferSerializer(many=True)
    rectifications = RectificationSerializer(many=True)
    corrections = CorrectionSerializer(many=True)

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
            "delivery_channel",
            "delivered_to",
            "delivery_note",
            "delivery_witness",
            "delivery_recording",
            "published_on",
            "publication_withheld",
            "findings",
            "transfers",
            "rectifications",
            "corrections",
        ]
