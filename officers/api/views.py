"""Officers over HTTP, for reading."""

from django.db.models import Prefetch

from agencies.api.resource import Resource
from officers.api.serializers import OfficerSerializer
from officers.filters import OfficerFilter
from officers.models import Certificate, Officer


class OfficerViewSet(Resource):
    """Officers under management with their certificates, within the caller's scope."""

    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter

    def rows(self):
        held = Certificate.objects.order_by("valid_from", "pk")
        officers = Officer.objects.visible_to(self.request.authority).select_related("agency")
        return officers.prefetch_related(Prefetch("certificates", held))
