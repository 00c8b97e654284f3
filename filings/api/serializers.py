"""How filings and subjects look from outside.

The list of filings is built from plain rows in `filings.api.rows`; its serializer here is its
description in the schema.
"""

from rest_framework import serializers

from agencies.api.resource import Chosen
from agencies.api.serializers import NamedSerializer
from agencies.models import Event
from filings.api.result_serializers import PreservationSerializer, ResultSerializer
from filings.clocks import Colour
from filings.matching import Kind, Standing
from filings.models import (
    Evidence,
    Filing,
    OfflineArrival,
    Severity,
    Subject,
    Visit,
)
from filings.terms import Clock
from filings.workflow import Verb
from officers.roles import Role


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


class EvidenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Evidence
        fields = ["id", "sha256", "kind", "size", "name", "taken_at", "scanned_at", "uploaded_at"]


class DeadlineSerializer(serializers.Serializer):
    """One deadline that runs: whose it is, when it is too late, and who hears of it then."""

    clock = serializers.ChoiceField(choices=Clock.choices)
    rule = serializers.CharField()
    owner = serializers.ChoiceField(choices=Role.choices)
    due = serializers.DateTimeField()
    colour = serializers.ChoiceField(choices=Colour.choices)
    escalation = serializers.ChoiceField(choices=Role.choices, allow_null=True)
    provisional = serializers.BooleanField()


class DueSerializer(DeadlineSerializer):
    """A deadline with the filing or case it is of; one of a plan or an item is named instead."""

    filing = serializers.IntegerField(allow_null=True)
    case = serializers.IntegerField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    agency = NamedSerializer()
    subject = serializers.CharField(allow_null=True)
    name = serializers.CharField()

    def to_representation(self, owed):
        filing = owed.filing
        return DeadlineSerializer(owed.deadline).data | {
            "filing": filing and filing.pk,
            "case": owed.case and owed.case.pk,
            "number": filing and filing.number,
            "agency": NamedSerializer(owed.agency).data,
            "subject": filing and filing.subject.name,
            "name": owed.name,
        }


class RunningOutSerializer(serializers.Serializer):
    """The deadlines found; `cut_off` when there may be more than were looked at."""

    rows = DueSerializer(many=True)
    cut_off = serializers.BooleanField()


class VisitSerializer(serializers.ModelSerializer):
    """The visit as those of the filing made it, alone or with others; none before they arrive."""

    class Meta:
        model = Visit
        fields = [
            "id",
            "arrived_at",
            "left_at",
            "recorded_at",
            "latitude",
            "longitude",
            "accuracy",
            "scan_of",
            "code_shown",
            "certificates_shown",
            "late_reason",
            "joint",
        ]


class OfflineArrivalSerializer(serializers.ModelSerializer):
    """How an arrival told afterwards reached the register: both clocks, and what vouches for it."""

    class Meta:
        model = OfflineArrival
        fields = ["proof", "device", "device_time", "sent_at", "received_at", "skew"]


class ProblemSerializer(serializers.Serializer):
    """One thing the rules say: where, which rule, how hard, and whether it stops the filing."""

    pointer = serializers.CharField()
    code = serializers.CharField()
    rule = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    message = serializers.CharField()
    stops = serializers.BooleanField()


class OfferSerializer(serializers.Serializer):
    """What is planned at the same subject in an overlapping window, and how the offer stands.

    `key` names it in the answer: `join`, `merge` or `decline`.
    """

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    standing = serializers.ChoiceField(choices=Standing.choices)
    since = serializers.DateTimeField()
    agency = NamedSerializer()
    planned_start = serializers.DateTimeField()
    planned_end = serializers.DateTimeField()
    items = serializers.ListField(child=serializers.CharField())


class EventSerializer(serializers.ModelSerializer):
    """One event of the book: who did what, when, in which role and why."""

    class Meta:
        model = Event
        fields = ["at", "actor", "role", "verb", "reason", "hash"]


class FilingRestSerializer(serializers.ModelSerializer):
    """What one filing shows besides its row in the list."""

    principal = NamedSerializer(allow_null=True)
    visit = VisitSerializer(source="made_visit", allow_null=True)
    offline = OfflineArrivalSerializer(allow_null=True)
    result = ResultSerializer(allow_null=True)
    evidence = EvidenceSerializer(many=True)
    preservations = PreservationSerializer(many=True)
    clocks = DeadlineSerializer(many=True)
    can = serializers.ListField(child=serializers.ChoiceField(choices=Verb.choices))
    editable = serializers.ListField(child=serializers.CharField())
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
            "reported_to",
            "fault",
            "unlocked_at",
            "created_at",
            "submitted_at",
            "approved_at",
            "approval_kind",
            "approval_opinion",
            "second_review",
            "notice_served_at",
            "notice_channel",
            "nth_of_agency",
            "nth_of_all",
            "across_filed_on",
            "across_office",
            "closed_at",
            "visit",
            "offline",
            "result",
            "evidence",
            "preservations",
            "clocks",
            "can",
            "editable",
            "events",
        ]


class FilingSerializer(FilingRestSerializer, FilingRowSerializer):
    """One filing whole, with its result, its visit and its timeline."""

    class Meta:
        model = Filing
        fields = [*FilingRowSerializer.Meta.fields, *FilingRestSerializer.Meta.fields]
