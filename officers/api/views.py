"""Officers over HTTP: read within the caller's scope, kept by the clerk of their agency."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.api.entering import Entering, creating, ending
from agencies.api.resource import Resource
from officers.actions import particulars as actions
from officers.actions import serving
from officers.api.bodies import (
    ChangeCertificateBody,
    ChangeOfficerBody,
    FullParticulars,
    ParticularsBody,
    ReadBody,
)
from officers.api.serializers import OfficerSerializer
from officers.filters import OfficerFilter
from officers.imports import Officers
from officers.models import Certificate, Officer


class OfficerViewSet(Entering, Resource):
    """Officers under management with their certificates, within the caller's scope."""

    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter
    kind = Officers
    writes = ("create", "change", "leave", "certificate", "particulars")

    def rows(self):
        held = Certificate.objects.order_by("valid_from", "pk")
        officers = Officer.objects.visible_to(self.request.authority).select_related("agency")
        return officers.prefetch_related(Prefetch("certificates", held))

    create = creating(
        Officers,
        OfficerSerializer,
        "Enter an officer with a certificate or none, or a further certificate of one.",
    )

    @extend_schema(request=ChangeOfficerBody, responses=OfficerSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Change name, category or post."""
        return self.changed(request, ChangeOfficerBody, serving.change_officer)

    leave = ending(OfficerSerializer, serving.leave, "End the officer's service.", "leave")

    @extend_schema(request=ParticularsBody, responses=OfficerSerializer)
    @action(detail=True, methods=["post"])
    def particulars(self, request, pk):
        """Set the officer's identity or phone number; the answer shows their ends."""
        return self.changed(request, ParticularsBody, actions.set_particulars)

    @extend_schema(request=ReadBody, responses=FullParticulars)
    @action(detail=True, methods=["post"])
    def read(self, request, pk):
        """Read identity and phone number in full; who read them and why is an event."""
        _said, reason = self._reason(request, ReadBody)
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        found = actions.read_particulars(self.get_object(), **told)
        return Response(FullParticulars(found).data)

    @extend_schema(request=ParticularsBody, responses=OfficerSerializer)
    @action(detail=False, methods=["post"])
    def find(self, request):
        """The officer whose identity or phone number this is, exactly; 404 when nobody's."""
        said, reason = self._reason(request, ParticularsBody)
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        found = actions.find_officer(said, **told)
        if found is None:
            raise Http404
        return self.answer(found)

    def _reason(self, request, body):
        found = body(data=request.data)
        found.is_valid(raise_exception=True)
        said = dict(found.validated_data)
        return said, said.pop("reason")

    @extend_schema(request=ChangeCertificateBody, responses=OfficerSerializer)
    @action(detail=True, methods=["post"])
    def certificate(self, request, pk):
        """Suspend, revoke, renew or check one of the officer's certificates."""
        said, reason = self.changes(request, ChangeCertificateBody)
        named = {name: said.pop(name) for name in ("issuer", "number")}
        officer = self.get_object()
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        serving.change_certificate(get_object_or_404(officer.certificates, **named), said, **told)
        return self.answer(officer)
