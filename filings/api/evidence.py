"""Evidence of a filing over HTTP: the bytes themselves are the body, in and out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser

from agencies.api.body import Instant, StrictBody, Text
from agencies.api.versions import IF_MATCH
from agencies.query import check_parameters
from filings import actions
from filings.api.serializers import FilingSerializer
from filings.media import LARGEST, TYPES, download_headers
from officers.api.idempotency import KEY, idempotent


class _FileParser(BaseParser):
    """The bytes as they came; what they are is told from themselves."""

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read(LARGEST + 1)


PARSERS = tuple(type("FileParser", (_FileParser,), {"media_type": one}) for one in TYPES.values())


class AboutFile(StrictBody):
    """What is said of a file beside its bytes."""

    name = Text(max_length=1000)
    taken_at = Instant(required=False)


class Evidences:
    """Adding evidence and giving it out, for the view set of filings."""

    @extend_schema(
        request=dict.fromkeys(TYPES.values(), OpenApiTypes.BINARY),
        responses={201: FilingSerializer},
        parameters=[
            OpenApiParameter("name", str, required=True, description="The name the file had."),
            OpenApiParameter("taken_at", OpenApiTypes.DATETIME, description="When it was taken."),
            IF_MATCH,
            KEY,
        ],
    )
    @action(detail=True, methods=["post"], parser_classes=PARSERS)
    @idempotent()
    def attach(self, request, pk):
        """Keep a JPEG, PNG or PDF with the filing, at most 10 MB; the body is the file."""
        self.query_parameters = ("name", "taken_at")
        filing = self.held()
        said = AboutFile(data=request.query_params.dict())
        said.is_valid(raise_exception=True)
        content = request.data if isinstance(request.data, bytes) else b""
        upload = actions.Upload(content, **said.validated_data)

        def keep(at):
            actions.attach(filing, upload, by=request.authority, at=at)
            return filing

        return self.do(filing, keep, 201)

    @extend_schema(
        responses={(200, kind): OpenApiResponse(OpenApiTypes.BINARY) for kind in TYPES.values()},
    )
    @action(detail=True, url_path="evidence/(?P<kept>[1-9][0-9]{0,17})", url_name="evidence")
    def evidence(self, request, pk, kept):
        """The bytes of one file, as they were kept."""
        check_parameters(request.query_params, ())
        self.query_parameters = ()
        found = get_object_or_404(self.get_object().evidence, pk=kept)
        content = actions.read_evidence(found)
        return HttpResponse(content, headers=download_headers(found))
