"""Plans, letters of entrustment, levels settled, powers and the calendar over HTTP."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action

from agencies import actions
from agencies.api.bodies import AnnouncePlanBody, ChangeLetterBody, RearrangeBody
from agencies.api.entering import Entering, creating, ending
from agencies.api.resource import Chosen, Resource
from agencies.calendar_filter import CalendarFilter
from agencies.filters import (
    AssignmentFilter,
    CodedFilter,
    OfAgencyFilter,
    PlanFilter,
)
from agencies.imports.standing import Assignments, CalendarDays, Entrustments, Plans, Powers
from agencies.models import Assignment, CalendarDay, Entrustment, Plan, Power


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class CodesField(serializers.Field):
    """The codes of several rows, in their order."""

    def to_representation(self, value) -> list[str]:
        return sorted(one.code for one in value.all())


class PlanSerializer(Chosen):
    agency = serializers.CharField(source="agency.code")
    items = CodesField(read_only=True)

    class Meta:
        model = Plan
        fields = [
            "id",
            "agency",
            "number",
            "kind",
            "name",
            "items",
            "scope",
            "percent",
            "visits",
            "made_on",
            "approved_by",
            "approval_number",
            "published_on",
            "valid_from",
            "valid_to",
        ]


class EntrustmentSerializer(Chosen):
    agency = serializers.CharField(source="agency.code")
    items = CodesField(read_only=True)

    class Meta:
        model = Entrustment
        fields = ["id", "agency", "number", "items", "published_on", "valid_from", "valid_to"]


class AssignmentSerializer(Chosen):
    item = serializers.CharField(source="item.code")
    region = serializers.CharField(source="region.code")

    class Meta:
        model = Assignment
        fields = ["id", "item", "region", "level", "source", "valid_from", "valid_to"]


class PowerSerializer(Chosen):
    region = serializers.CharField(source="region.code")

    class Meta:
        model = Power
        fields = ["id", "region", "code", "name", "valid_from", "valid_to"]


class CalendarDaySerializer(Chosen):
    class Meta:
        model = CalendarDay
        fields = ["id", "day", "worked", "name", "source"]


class PlanViewSet(Entering, Resource):
    """Plans: what an agency means to inspect, in a year or in a campaign, and how often in all."""

    serializer_class = PlanSerializer
    filterset_class = PlanFilter
    ordering = ("-valid_from", "-pk")
    kind = Plans
    writes = ("create", "change", "end")

    def rows(self):
        seen = Plan.objects.visible_to(self.request.authority)
        return seen.select_related("agency__region").prefetch_related("items")

    create = creating(Plans, PlanSerializer, "Enter a plan, published or not yet.")

    @extend_schema(request=AnnouncePlanBody, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Publish the plan, have it approved, or give it another budget."""
        return self.changed(request, AnnouncePlanBody, actions.change_kept)

    end = ending(PlanSerializer, actions.end_kept, "End the plan before its time.")


class EntrustmentViewSet(Entering, Resource):
    """Letters of entrustment: which items a body inspects in the name of its principal."""

    serializer_class = EntrustmentSerializer
    filterset_class = OfAgencyFilter
    ordering = ("-valid_from", "-pk")
    kind = Entrustments
    writes = ("create", "change", "end")

    def rows(self):
        seen = Entrustment.objects.visible_to(self.request.authority)
        return seen.select_related("agency__region").prefetch_related("items")

    create = creating(Entrustments, EntrustmentSerializer, "Enter a letter.")

    @extend_schema(request=ChangeLetterBody, responses=EntrustmentSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Publish the letter, or correct its number."""
        return self.changed(request, ChangeLetterBody, actions.change_letter)

    end = ending(EntrustmentSerializer, actions.end_ruled, "The letter holds no more.")


class AssignmentViewSet(Entering, Resource):
    """Levels settled: at which level an item is inspected in a region."""

    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering = ("-valid_from", "-pk")
    kind = Assignments
    writes = ("create", "end")

    def rows(self):
        seen = Assignment.objects.visible_to(self.request.authority)
        return seen.select_related("item", "region")

    create = creating(Assignments, AssignmentSerializer, "Settle the level of an item.")

    end = ending(AssignmentSerializer, actions.end_ruled, "The level is settled so no more.")


class PowerViewSet(Entering, Resource):
    """The published power list of a region, which the list of items is compared with."""

    serializer_class = PowerSerializer
    filterset_class = CodedFilter
    ordering = ("code", "pk")
    kind = Powers
    writes = ("create", "end")

    def rows(self):
        return Power.objects.visible_to(self.request.authority).select_related("region")

    create = creating(Powers, PowerSerializer, "Enter one power.")

    end = ending(PowerSerializer, actions.end_ruled, "The power is on the list no more.")


class CalendarDayViewSet(Entering, Resource):
    """The working-day calendar: holidays and make-up working days of each year."""

    serializer_class = CalendarDaySerializer
    filterset_class = CalendarFilter
    ordering = ("-day", "-pk")
    kind = CalendarDays
    writes = ("create", "change")

    def rows(self):
        return CalendarDay.objects.visible_to(self.request.authority)

    create = creating(CalendarDays, CalendarDaySerializer, "Enter a holiday or a make-up day.")

    @extend_schema(request=RearrangeBody, responses=CalendarDaySerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Have the day worked or not, or name another notice."""
        return self.changed(request, RearrangeBody, actions.rearrange)
