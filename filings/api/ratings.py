"""How the visits were rated, over HTTP: means of whole groups of five and nothing else."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from agencies.api.serializers import NamedSerializer
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.models import Agency
from agencies.query import check_parameters
from filings.opinions import standings
from officers.roles import Permission


class StandingSerializer(serializers.Serializer):
    """How many ratings of this year are told of an agency, and their mean from 1 to 5."""

    agency = NamedSerializer()
    count = serializers.IntegerField()
    mean = serializers.FloatField()


class RatingViewSet(viewsets.ViewSet):
    """The ratings of one's own agencies or region; an agency with fewer than five is not named."""

    @extend_schema(responses=StandingSerializer(many=True))
    def list(self, request):
        """How were the visits of each agency rated this year?"""
        check_parameters(request.query_params, ())
        authority = request.authority
        agencies = authority.agencies(Permission.FILING_READ)
        if authority.may(Permission.ALERT_HANDLE):
            rows = Agency.objects.order_by("code", "pk")
            agencies = authority.narrow_agencies(rows, "", Permission.ALERT_HANDLE)
        elif not agencies:
            raise NotAuthorised(_("Your appointments do not include the ratings."))
        found = standings(agencies, local_date(timezone.now()))
        return Response(StandingSerializer(found, many=True).data)
