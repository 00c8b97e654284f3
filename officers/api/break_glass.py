"""Emergency access over HTTP: asked for, opened or refused, given back, noted."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agencies.api.body import StrictBody, Text, WholeNumber
from agencies.api.resource import Chosen, Resource
from agencies.api.serializers import NamedSerializer
from agencies.api.stepping import Stepping
from agencies.calendar import local_date
from agencies.models import Agency
from officers.actions import breaking_glass as actions
from officers.models import BreakGlass, GlassNotice


class NoticeSerializer(serializers.ModelSerializer):
    """Who was told, and whether he or she took note."""

    account = serializers.CharField(source="account.name")

    class Meta:
        model = GlassNotice
        fields = ["account", "told_at", "noted_at"]


class BreakGlassSerializer(Chosen):
    """One access: who reads whose filings until when, by whose word, and who was told."""

    account = serializers.CharField(source="account.name")
    agency = NamedSerializer()
    answered_by = serializers.CharField(source="answered_by.name", default=None)
    ends_at = serializers.DateTimeField()
    state = serializers.SerializerMethodField()
    told = NoticeSerializer(source="notices", many=True)

    class Meta:
        model = BreakGlass
        fields = [
            "id",
            "account",
            "agency",
            "reason",
            "minutes",
            "state",
            "asked_at",
            "answered_by",
            "opened_at",
            "ends_at",
            "refused_at",
            "closed_at",
            "told",
        ]

    def get_state(self, glass) -> str:
        return glass.state(timezone.now()).value


class NeedBody(StrictBody):
    """Whose filings must be read, for how many minutes, and why."""

    agency = Text(max_length=20)
    minutes = WholeNumber()
    reason = Text(max_length=300)

    def validate_agency(self, code):
        found = Agency.objects.in_force(local_date(timezone.now())).filter(code=code).first()
        if found is None:
            message = _("Nothing bears the code “%(value)s”.") % {"value": code}
            raise serializers.ValidationError(message, "unknown_code")
        return found


class RefusalBody(StrictBody):
    """Why the access is not given."""

    reason = Text(max_length=200)


class BreakGlassViewSet(Stepping, Resource):
    """Emergency access of administrators to filings: at most an hour, opened by a second person."""

    serializer_class = BreakGlassSerializer
    ordering = ("-asked_at", "-pk")
    writes = ("create", "open", "refuse", "close", "note")

    def rows(self):
        seen = BreakGlass.objects.visible_to(self.request.authority)
        return seen.select_related("account", "agency__region", "answered_by").prefetch_related(
            "notices__account"
        )

    def versioned(self, row, shown):
        """That time passes is no new version."""
        return {name: value for name, value in shown.items() if name != "state"}

    @extend_schema(request=NeedBody, responses={201: BreakGlassSerializer})
    def create(self, request):
        """Ask for it, as an administrator; the same one while it waits."""
        authority = request.authority
        actions.require_asker(authority)
        body = NeedBody(data=request.data)
        body.is_valid(raise_exception=True)
        made = actions.ask(actions.Need(**body.validated_data), by=authority, at=timezone.now())
        return self.shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=BreakGlassSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request, pk):
        """Open the filings to who asked, and tell the agency and the auditors."""
        return self.done(actions.open_glass, StrictBody)

    @extend_schema(request=RefusalBody, responses=BreakGlassSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk):
        """Do not give it, and say why."""
        return self.done(actions.refuse_glass, RefusalBody)

    @extend_schema(request=None, responses=BreakGlassSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk):
        """Give it back before its time."""
        return self.done(actions.close_glass, StrictBody)

    @extend_schema(request=None, responses=BreakGlassSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request, pk):
        """Take note of having been told."""
        return self.done(actions.note_glass, StrictBody)
