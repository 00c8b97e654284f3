"""What an officer scans at the door, over HTTP."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from agencies.query import check_parameters
from filings.api import rows
from filings.api.serializers import FilingRowSerializer, OfferSerializer, SubjectNameSerializer
from filings.models import Filing
from filings.scanned import scanned
from officers.roles import Permission

TEXT = OpenApiParameter(
    "text", str, required=True, description="The credit code, or what holds it."
)


class AwaitedSerializer(serializers.Serializer):
    """A filing of today at the door, and who plans to be there in the same time."""

    filing = FilingRowSerializer()
    joint = OfferSerializer(many=True)


class ScannedSerializer(serializers.Serializer):
    """The code read, its holder if one may know it, and what is filed there for today."""

    code = serializers.CharField()
    subject = SubjectNameSerializer(allow_null=True)
    filings = AwaitedSerializer(many=True)


class Scanning:
    """The officer's side of the scan, for the view set of filings."""

    @extend_schema(responses=ScannedSerializer, parameters=[TEXT])
    @action(detail=False, pagination_class=None, filter_backends=())
    def scanned(self, request):
        """What one's agencies have filed today for the holder of a licence or credit code."""
        check_parameters(request.query_params, ("text",))
        if not request.authority.may(Permission.FILING_CHECK_IN):
            raise PermissionDenied(_("Only officers of an agency check in at a door."))
        text = request.query_params.get("text", "")
        found = scanned(text, request.authority, timezone.now())
        named = SubjectNameSerializer(found.subject).data if found.subject else None
        return Response({"code": found.code, "subject": named, "filings": _awaited(found.filings)})


def _awaited(found):
    keys = [one.filing.pk for one in found]
    shown = rows.shown(rows.narrow(Filing.objects.filter(pk__in=keys)))
    by_key = {row["id"]: row for row in shown}
    return [
        {"filing": by_key[one.filing.pk], "joint": OfferSerializer(one.joint, many=True).data}
        for one in found
    ]
