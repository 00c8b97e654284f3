"""The rules and their alerts over HTTP."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.body import Day, StrictBody, Text
from agencies.api.resource import Chosen, Resource, ResourceSchema
from agencies.api.serializers import NamedSerializer
from agencies.calendar import local_date
from agencies.filters import CodeField, DayField
from agencies.models import Region
from agencies.query import RefusedParameters, check_parameters
from filings import actions
from filings.filters import AlertFilter
from filings.models import Alert, RuleSetting, Severity
from filings.rules.catalogue import CATALOGUE, Asked
from filings.rules.settings import Settings
from officers.api.idempotency import KEY, idempotent
from officers.roles import Permission


class RuleSerializer(serializers.Serializer):
    """A rule as it is in force on the day and in the region asked for."""

    code = serializers.CharField(source="entry.code")
    rule = serializers.CharField(source="entry.rule")
    title = serializers.CharField(source="entry.title")
    asked = serializers.ChoiceField(source="entry.asked", choices=Asked.choices)
    severity = serializers.ChoiceField(choices=Severity.choices)
    params = serializers.DictField()
    source = serializers.CharField()
    valid_from = serializers.DateField(source="row.valid_from", default=None)
    default_severity = serializers.ChoiceField(source="entry.severity", choices=Severity.choices)
    default_params = serializers.DictField(source="entry.params")


class SetRuleSerializer(serializers.ModelSerializer):
    """One setting of a rule, from its first day to its last."""

    region = serializers.CharField(source="region.code", default=None)

    class Meta:
        model = RuleSetting
        fields = ["code", "severity", "params", "region", "source", "valid_from", "valid_to"]


class RulingBody(StrictBody):
    """What the rule shall be; thresholds that are not named keep the catalogue's value."""

    code = Text(max_length=40)
    severity = Text(max_length=6)
    since = Day()
    source = Text(max_length=300, allow_blank=True)
    params = serializers.DictField(required=False)
    region = Text(max_length=12, required=False)

    def validate_region(self, code):
        found = Region.objects.filter(code=code, valid_to=None).first()
        if found is None:
            message = _("Nothing bears the code “%(value)s”.") % {"value": code}
            raise serializers.ValidationError(message, "unknown_code")
        return found


class _When(forms.Form):
    """On which day, and in which region?"""

    on = DayField(required=False)
    region = CodeField(queryset=Region.objects.filter(valid_to=None), required=False)


ASKED = [
    OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today when it is left out."),
    OpenApiParameter("region", str, description="Code of a region; else what holds everywhere."),
]


class RuleViewSet(viewsets.ViewSet):
    """The rules: what each asks, how hard and with which thresholds on a day and in a region."""

    schema = ResourceSchema()
    serializer_class = RuleSerializer
    query_parameters = ("on", "region")
    lookup_field = "code"
    lookup_value_regex = "[a-z_]{1,40}"

    def _settings(self, request) -> Settings:
        if not any(map(request.authority.may, (Permission.RULES_SET, Permission.FILING_READ))):
            raise PermissionDenied
        check_parameters(request.query_params, self.query_parameters)
        said = _When(request.query_params)
        if not said.is_valid():
            faults = {
                name: [(one.code or "invalid", " ".join(one.messages)) for one in found]
                for name, found in said.errors.as_data().items()
            }
            raise RefusedParameters(faults)
        regions = said.cleaned_data["region"]
        day = said.cleaned_data["on"] or local_date(timezone.now())
        return Settings.on(day, regions[0] if regions else None)

    @extend_schema(responses=RuleSerializer(many=True), parameters=ASKED)
    def list(self, request):
        """Every rule of the catalogue."""
        rules = self._settings(request).by_code.values()
        shown = RuleSerializer(rules, many=True).data
        return Response({"next": None, "previous": None, "results": shown})

    @extend_schema(responses=RuleSerializer, parameters=ASKED)
    def retrieve(self, request, code):
        """One rule."""
        settings = self._settings(request)
        if code not in CATALOGUE:
            raise Http404
        return Response(RuleSerializer(settings.by_code[code]).data)

    @extend_schema(request=RulingBody, responses={201: SetRuleSerializer}, parameters=[KEY])
    @idempotent()
    def create(self, request):
        """Set a rule from a day on."""
        body = RulingBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = actions.Ruling(**body.validated_data)
        made = actions.set_rule(said, by=request.authority, at=timezone.now())
        return Response(SetRuleSerializer(made).data, status=status.HTTP_201_CREATED)


class AlertSubjectSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class AlertSerializer(Chosen):
    """One alert: which rule in which version found what, with which numbers."""

    rule = serializers.SerializerMethodField()
    since = serializers.DateField(source="setting.valid_from", default=None)
    agency = NamedSerializer()
    subject = AlertSubjectSerializer(allow_null=True)
    message = serializers.CharField()
    numbers = serializers.DictField()
    handled_by = serializers.CharField(source="handled_by.name", default=None)

    class Meta:
        model = Alert
        fields = [
            "id",
            "code",
            "rule",
            "severity",
            "since",
            "agency",
            "subject",
            "filing",
            "message",
            "numbers",
            "created_at",
            "handled_at",
            "handled_by",
            "result",
        ]

    def get_rule(self, alert) -> str:
        return CATALOGUE[alert.code].rule if alert.code in CATALOGUE else ""


class HandleBody(StrictBody):
    result = Text(max_length=500)


class AlertViewSet(Resource):
    """Alerts, newest first: what the rules found and did not stop, and what was done about it."""

    serializer_class = AlertSerializer
    filterset_class = AlertFilter
    ordering = ("-created_at", "-id")
    writes = ("handle",)

    def rows(self):
        seen = Alert.objects.visible_to(self.request.authority)
        return seen.select_related("agency__region", "subject", "setting", "handled_by")

    @extend_schema(request=HandleBody, responses=AlertSerializer)
    @action(detail=True, methods=["post"])
    def handle(self, request, pk):
        """Close the alert with what was done about it, once."""
        alert = self.get_object()
        body = HandleBody(data=request.data)
        body.is_valid(raise_exception=True)
        done = actions.handle_alert(
            alert, body.validated_data["result"], by=request.authority, at=timezone.now()
        )
        return self.tagged(self.rows().get(pk=done.pk))
