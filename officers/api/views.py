"""Officers over HTTP: read within the caller's scope, kept by the clerk of their agency."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from agencies.api.entering import EndBody, Entering, entering
from agencies.api.resource import Resource
from officers.actions import serving
from officers.api.bodies import ChangeCertificateBody, ChangeOfficerBody
from officers.api.serializers import OfficerSerializer
from officers.filters import OfficerFilter
from officers.imports import Officers
from officers.models import Certificate, Officer


class OfficerViewSet(Entering, Resource):
    """Officers under management with their certificates, within the caller's scope."""

    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter
    kind = Officers
    writes = ("create", "change", "leave", "certificate")

    def rows(self):
        held = Certificate.objects.order_by("valid_from", "pk")
        officers = Officer.objects.visible_to(self.request.authority).select_related("agency")
        return officers.prefetch_related(Prefetch("certificates", held))

    @entering(Officers, OfficerSerializer)
    def create(self, request):
        """Enter an officer with a certificate or none, or a further certificate of one."""
        return self.enter(request)

    @extend_schema(request=ChangeOfficerBody, responses=OfficerSerializer)
    @action(detail=True, methods=["post"])
    def change(self, request, pk):
        """Change name, category or post."""
        said, reason = self.changes(request, ChangeOfficerBody)
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        return self.answer(serving.change_officer(self.get_object(), said, **told))

    @extend_schema(request=EndBody, responses=OfficerSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request, pk):
        """End the officer's service."""
        return self.ended(request, serving.leave)

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
