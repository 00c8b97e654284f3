"""Caps and floors, letters of assistance, and conflicts over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from agencies import actions
from agencies.api.bodies import ChangeAssistanceBody
from agencies.api.entering import Entering, creating, ending
from agencies.api.resource import Chosen, Resource
from agencies.api.standing import CodesField
from agencies.filters import CodedFilter, OfAgencyFilter
from filings.filters import ConflictFilter
from filings.imports.conflicts import Conflicts
from filings.imports.limits import Assistances, Limits
from filings.models import Assistance, Conflict, Limit


class LimitSerializer(Chosen):
    region = serializers.CharField(source="region.code")
    items = CodesField(read_only=True)
    agencies = CodesField(read_only=True)

    class Meta:
        model = Limit
        fields = [
            "id",
            "code",
            "name",
            "region",
            "items",
            "agencies",
            "credit_class",
            "together",
            "least",
            "most",
            "months",
            "source",
            "valid_from",
            "valid_to",
        ]


class AssistanceSerializer(Chosen):
    agency = serializers.CharField(source="agency.code")
    region = serializers.CharField(source="region.code")

    class Meta:
        model = Assistance
        fields = ["id", "agency", "number", "region", "helper", "valid_from", "valid_to"]


class ConflictSerializer(Chosen):
    agency = serializers.CharField(source="officer.agency.code")
    officer = serializers.CharField(source="officer.code")

    class Meta:
        model = Conflict
        fields = ["id", "agency", "officer", "subject", "kind", "note", "valid_from", "valid_to"]


class ConflictViewSet(Entering, Resource):
    """Declared conflicts: which officer keeps away from which subject."""

    serializer_class = ConflictSerializer
    filterset_class = ConflictFilter
    ordering = ("-valid_from", "-pk")
    kind = Conflicts
    writes = ("create", "end")

    def rows(self):
        seen = Conflict.objects.visible_to(self.request.authority)
        return seen.select_related("officer__agency__region", "subject")

    create = creating(Conflicts, ConflictSerializer, "Declare a conflict.")

    end = ending(ConflictSerializer, actions.end_kept, "The conflict is over.")


class LimitViewSet(Entering, Resource):
    """Published caps and floors: how often a subject is inspected at most and at least."""

    serializer_class = LimitSerializer
    filterset_class = CodedFilter
    ordering = ("code", "pk")
    kind = Limits
    writes = ("create", "end")

    def rows(self):
        seen = Limit.objects.visible_to(self.request.authority)
        return seen.select_related("region").prefetch_related("items", "agencies")

    create = creating(Limits, LimitSerializer, "Enter a cap, a floor, or both.")

    end = ending(LimitSerializer, actions.end_ruled, "The limit holds no more.")


class AssistanceViewSet(Entering, Resource):
    """Letters by which another region lets an agency inspect there."""

    serializer_class = AssistanceSerializer
    filterset_class = OfAgencyFilter
    ordering = ("-valid_from", "-pk")
    kind = Assistances
    writes = ("create", "change", "end")

    def rows(self):
        seen = Assistance.objects.visible_to(self.request.authority)
        return seen.select_related("agency__region", "region")

    create = creating(Assistances, AssistanceSerializer, "Enter a letter.")

    @extend_schema(request=ChangeAssistanceBody, responses=AssistanceSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Correct the number of the letter, or who assists."""
        return self.changed(request, ChangeAssistanceBody, actions.change_kept)

    end = ending(AssistanceSerializer, actions.end_kept, "The letter holds no more.")
