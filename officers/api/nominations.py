"""Nominations over HTTP: a person named for an office, granted, declined or taken back."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agencies.api.body import Day, StrictBody, Text
from agencies.api.resource import Chosen, Resource
from agencies.api.stepping import Stepping
from agencies.calendar import local_date
from agencies.models import Agency, Region
from agencies.refusals import RegisterRefused
from officers.actions import nominating as actions
from officers.actions.appointing import Office
from officers.models import Nomination
from officers.roles import Permission, Role


class NominationSerializer(Chosen):
    """One person named for one office, and what became of it."""

    agency = serializers.CharField(source="agency.code", default=None)
    region = serializers.CharField(source="region.code", default=None)
    nominated_by = serializers.CharField(source="nominated_by.name")
    decided_by = serializers.CharField(source="decided_by.name", default=None)
    state = serializers.ChoiceField(choices=Nomination.State.choices)

    class Meta:
        model = Nomination
        fields = [
            "id",
            "username",
            "name",
            "role",
            "agency",
            "region",
            "valid_from",
            "valid_to",
            "reason",
            "state",
            "nominated_by",
            "nominated_at",
            "decided_by",
            "decided_at",
            "withdrawn_at",
            "answer",
        ]


class NominateBody(StrictBody):
    """Who is named for which office, where, from when to when, and why."""

    username = Text(max_length=60)
    name = Text(max_length=60)
    role = serializers.ChoiceField(choices=Role.choices)
    agency = Text(max_length=20, required=False)
    region = Text(max_length=12, required=False)
    start = Day()
    end = Day(required=False, allow_null=True)
    reason = Text(max_length=300)

    def validate_agency(self, code):
        held = self.context["authority"]
        rows = Agency.objects.in_force(local_date(timezone.now()))
        return _named(held.narrow_agencies(rows, "", Permission.OFFICE_NOMINATE), code)

    def validate_region(self, code):
        inside = self.context["authority"].inside_regions("", Permission.OFFICE_NOMINATE)
        return _named(Region.objects.filter(inside, valid_to=None), code)


def _named(rows, code):
    found = rows.filter(code=code).first()
    if found is None:
        message = _("Nothing bears the code “%(value)s”.") % {"value": code}
        raise serializers.ValidationError(message, "unknown_code")
    return found


class DeclineNominationBody(StrictBody):
    """Why nobody is appointed."""

    reason = Text(max_length=200)


class NominationViewSet(Stepping, Resource):
    """Nominations: agencies and supervisors name, security administrators decide."""

    serializer_class = NominationSerializer
    ordering = ("-nominated_at", "-pk")
    writes = ("create", "grant", "decline", "withdraw")

    def rows(self):
        seen = Nomination.objects.visible_to(self.request.authority)
        return seen.select_related("agency", "region", "nominated_by", "decided_by")

    @extend_schema(request=NominateBody, responses={201: NominationSerializer})
    def create(self, request):
        """Name a person for an office; the same nomination while it waits."""
        authority = request.authority
        actions.require_nominator(authority)
        body = NominateBody(data=request.data, context={"authority": authority})
        body.is_valid(raise_exception=True)
        said = {"agency": None, "region": None, "end": None} | body.validated_data
        person = actions.Person(said.pop("username"), said.pop("name"), said.pop("reason"))
        made = actions.nominate(person, Office(**said), by=authority, at=timezone.now())
        return self.shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request, pk):
        """Appoint the person; a sensitive office still waits for the second administrator."""
        return self.done(actions.grant_nomination, StrictBody)

    @extend_schema(request=DeclineNominationBody, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        """Appoint nobody, and say why."""
        return self.done(actions.decline_nomination, DeclineNominationBody)

    @extend_schema(request=None, responses=NominationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """Take one's own back."""
        return self.done(actions.withdraw_nomination, StrictBody)

    def done(self, verb, kind):
        try:
            return super().done(verb, kind)
        except ValidationError as error:
            raise RegisterRefused.of(error) from error
