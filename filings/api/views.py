"""Filings and subjects over HTTP: read, drafted and moved; subjects entered and changed."""

from django.db.models import Prefetch
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.entering import Entering, creating
from agencies.api.resource import Resource, chosen_fields
from agencies.api.versions import etag
from agencies.models import Event
from filings import actions
from filings.api import rows
from filings.api.evidence import Evidences
from filings.api.scanning import Scanning
from filings.api.serializers import (
    FilingRestSerializer,
    FilingRowSerializer,
    FilingSerializer,
    OfferSerializer,
    ProblemSerializer,
    RunningOutSerializer,
    SubjectSerializer,
)
from filings.api.subject_body import ChangeSubjectBody, ContactBody, ContactSerializer
from filings.api.verbs import Verbs
from filings.clocks import clocks
from filings.due import CHOICES, due
from filings.filters import FilingFilter, SubjectFilter
from filings.imports.subjects import Subjects
from filings.matching import load_planned, offers
from filings.models import Filing, FilingItem, FilingOfficer, Finding, Subject
from filings.policy import open_fields, open_verbs
from filings.rules import problems
from officers.api.idempotency import KEY, idempotent

ASKED = [
    OpenApiParameter("agency", str, description="The code of an agency."),
    *(OpenApiParameter(name, str, enum=known.values) for name, known in CHOICES.items()),
]


class SubjectViewSet(Entering, Resource):
    """Subjects: the enterprises, places, institutions and persons that can be inspected."""

    serializer_class = SubjectSerializer
    filterset_class = SubjectFilter
    kind = Subjects
    writes = ("create", "change")

    def rows(self):
        return Subject.objects.visible_to(self.request.authority).select_related(
            "business_region", "registered_region"
        )

    create = creating(
        Subjects, SubjectSerializer, "Enter a subject that is not in the register yet."
    )

    @extend_schema(request=ChangeSubjectBody, responses=SubjectSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Change name, place, class or standing; a former name is kept."""
        return self.changed(request, ChangeSubjectBody, actions.change_subject)

    @extend_schema(request=ContactBody, responses=ContactSerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    @idempotent()
    def contact(self, request, pk):
        """Keep how the enterprise is reached; the answer shows it in part."""
        said, reason = self.changes(request, ContactBody)
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        kept = actions.set_contact(self.get_object(), actions.Reach(**said), **told)
        return Response(ContactSerializer(kept).data)


class FilingViewSet(Verbs, Evidences, Scanning, Resource):
    """Filings, newest first, and one filing with its items, officers, result and timeline."""

    serializer_class = FilingSerializer
    filterset_class = FilingFilter
    ordering = ("-dated_at", "-id")

    def rows(self):
        return Filing.objects.visible_to(self.request.authority).select_related("agency")

    @extend_schema(responses=FilingRowSerializer(many=True))
    def list(self, request, *args, **kwargs):
        wanted = chosen_fields(request, FilingRowSerializer.Meta.fields)
        filings = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(rows.narrow(filings))
        return self.get_paginated_response(rows.shown(page, wanted))

    def retrieve(self, request, *args, **kwargs):
        wanted = chosen_fields(request, FilingSerializer.Meta.fields)
        filing = self.get_object()
        whole = self.whole(filing.pk)
        shown = whole if wanted is None else {n: whole[n] for n in whole if n in wanted}
        return Response(shown, headers={"ETag": etag(filing)})

    def whole(self, pk):
        """One filing as it now is, in every field, and what the caller may do to it."""
        filing = load_planned(_with_rest(pk))
        filing.clocks = clocks(filing, timezone.now())
        filing.can = open_verbs(filing, self.request.authority)
        filing.editable = open_fields(filing.can)
        filing.events = Event.objects.about(filing)
        return rows.of(filing) | FilingRestSerializer(filing).data

    @extend_schema(responses=RunningOutSerializer, parameters=ASKED)
    @action(detail=False, pagination_class=None, filter_backends=())
    def deadlines(self, request):
        """What runs out among the filings one may see, the most urgent first."""
        found = due(request.query_params, request.authority, timezone.now())
        return Response(RunningOutSerializer(found).data)

    @extend_schema(responses=ProblemSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def problems(self, request, pk):
        """What the rules say of the filing now, whether or not it stops it."""
        found = problems(self.get_object(), timezone.now())
        return Response(ProblemSerializer(found, many=True).data)

    @extend_schema(responses=OfferSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def joint(self, request, pk):
        """What else is planned at the same subject while this filing's window is open."""
        found = offers(self.get_object(), timezone.now())
        return Response(OfferSerializer(found, many=True).data)


def _with_rest(pk):
    parties = ("agency__region", "principal", "subject__business_region")
    joined = Filing.objects.select_related(*parties, "visit", "offline", "result")
    items = Prefetch("items", FilingItem.objects.select_related("item_version__item"))
    members = Prefetch("members", FilingOfficer.objects.select_related("officer"))
    found = Finding.objects.select_related("filing_item__item_version__item", "basis")
    findings = Prefetch("result__findings", found.order_by("pk"))
    also = [findings, *(f"result__{n}" for n in ("transfers", "rectifications", "corrections"))]
    return joined.prefetch_related(items, members, "evidence", "preservations", *also).get(pk=pk)
