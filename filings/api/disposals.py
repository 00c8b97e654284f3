"""Disposals over HTTP: what is due, proposed, agreed to by two, kept for now, done."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.body import StrictBody, Text
from agencies.api.resource import Chosen, Resource
from agencies.api.stepping import Stepping
from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from agencies.refusals import RegisterRefused
from filings.actions import disposing as actions
from filings.actions import kept
from filings.models import Disposal, Kept
from filings.querysets import DISPOSALS_KNOWN_TO
from officers.roles import Permission


class KindSerializer(serializers.Serializer):
    """One kind: how many days it is kept today, by what, and how much is due."""

    kind = serializers.ChoiceField(choices=Kept.choices)
    label = serializers.CharField()
    days = serializers.IntegerField()
    source = serializers.CharField()
    due = serializers.IntegerField()


class DisposalSerializer(Chosen):
    """One disposal: of what, how much, by whose words, and what came of it."""

    supervisor = serializers.CharField(source="supervisor.name", default=None)
    auditor = serializers.CharField(source="auditor.name", default=None)
    state = serializers.ChoiceField(choices=Disposal.State.choices)

    class Meta:
        model = Disposal
        fields = [
            "id",
            "kind",
            "cutoff",
            "due",
            "state",
            "proposed_by",
            "proposed_at",
            "supervisor",
            "auditor",
            "declined_at",
            "disposed",
            "done_at",
        ]


class KindBody(StrictBody):
    """What is to be disposed of."""

    kind = serializers.ChoiceField(choices=Kept.choices)


class KeepBody(StrictBody):
    """Why it is kept for now."""

    reason = Text(max_length=200)


class DisposalViewSet(Stepping, Resource):
    """Disposals, the latest first; done once a supervisor and an auditor of the city agree."""

    serializer_class = DisposalSerializer
    ordering = ("-pk",)
    writes = ("create", "agree", "decline")

    def rows(self):
        return Disposal.objects.visible_to(self.request.authority).select_related(
            "supervisor", "auditor", "job"
        )

    def versioned(self, row, shown):
        """How far a job has come is no new version."""
        return {name: value for name, value in shown.items() if name != "disposed"}

    @extend_schema(responses=KindSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def kinds(self, request):
        """How long each kind is kept, and how much of it is due."""
        check_parameters(request.query_params, ())
        if not any(map(request.authority.may, DISPOSALS_KNOWN_TO)):
            raise NotAuthorised(_("Your appointments do not include retention."))
        return Response(KindSerializer(kept.lines(timezone.now()), many=True).data)

    @extend_schema(request=KindBody, responses={201: DisposalSerializer})
    def create(self, request):
        """Propose what is due of one kind; the same one while it is open."""
        if not request.authority.may(Permission.JOB_MANAGE):
            raise NotAuthorised(_("Only system administrators propose disposals."))
        body = KindBody(data=request.data)
        body.is_valid(raise_exception=True)
        kind = body.validated_data["kind"]
        made = actions.propose(kind, by=request.authority, at=timezone.now())
        if made is None:
            raise RegisterRefused.at("kind", "nothing_due", _("Nothing of this kind is due."))
        return self.shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=DisposalSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request, pk):
        """Give one of the two words; with both, the job is ordered."""
        return self.done(actions.agree, StrictBody)

    @extend_schema(request=KeepBody, responses=DisposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        """Keep it for now, and say why."""
        return self.done(actions.decline, KeepBody)
