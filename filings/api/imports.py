"""Files for the registers over HTTP: send one, read what its trial found, have it taken in."""

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies import ciphered_files
from agencies.api.body import StrictBody, YesNo
from agencies.api.resource import ID, ResourceSchema
from agencies.api.versions import TaggedRetrieve
from agencies.query import check_parameters
from filings.imports import uploads
from filings.imports.kinds import KINDS
from filings.models import Upload


class FaultSerializer(serializers.Serializer):
    """One reason for which a row is refused."""

    row = serializers.IntegerField()
    field = serializers.CharField()
    value = serializers.CharField()
    code = serializers.CharField()
    rule = serializers.CharField()
    mend = serializers.CharField()


class UploadSerializer(serializers.ModelSerializer):
    """One file: where it stands, what became of its rows, why some are refused."""

    stage = serializers.ChoiceField(choices=Upload.Stage.choices)
    refusal = serializers.CharField(source="told_refusal")
    faults = FaultSerializer(many=True, source="told_faults")
    job = serializers.UUIDField(source="job_id")

    class Meta:
        model = Upload
        fields = [
            "id",
            "kind",
            "name",
            "size",
            "sha256",
            "uploaded_at",
            "stage",
            "job",
            "judged_at",
            "rows_read",
            "accepted",
            "present",
            "refused",
            "refusal",
            "faults",
        ]


class UploadBody(serializers.Serializer):
    """A file as multipart/form-data."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    file = serializers.FileField(max_length=1000, allow_empty_file=True)
    map = serializers.FileField(max_length=1000, required=False, allow_empty_file=True)


class ConfirmBody(StrictBody):
    """With `partial` the refused rows are left out."""

    partial = YesNo(default=False)


class ImportViewSet(TaggedRetrieve, mixins.ListModelMixin, viewsets.GenericViewSet):
    """The files one brought, newest first."""

    schema = ResourceSchema()
    serializer_class = UploadSerializer
    filter_backends = ()
    lookup_value_regex = ID
    writes = ("create", "confirm")

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Upload.objects.none()
        seen = Upload.objects.visible_to(self.request.authority)
        return seen.select_related("job").order_by("-id")

    def get_object(self):
        check_parameters(self.request.query_params, ())
        return super().get_object()

    def list(self, request, *args, **kwargs):
        check_parameters(request.query_params, self.paginator.parameters)
        return super().list(request, *args, **kwargs)

    def get_parsers(self):
        sent = getattr(self.request, "method", "")
        if sent == "POST" and "pk" not in self.kwargs:
            return [MultiPartParser()]
        return super().get_parsers()

    @extend_schema(request={"multipart/form-data": UploadBody}, responses={202: UploadSerializer})
    def create(self, request):
        """Keep a file and order its trial, which changes nothing."""
        body = UploadBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        rules = said["map"].read(uploads.LARGEST_MAP + 1) if "map" in said else b""
        brought = uploads.Brought(said["kind"], said["file"].name, said["file"], rules)
        made = uploads.bring(brought, by=request.authority, at=timezone.now())
        place = reverse("import-detail", [made.pk], request=request)
        return Response(
            UploadSerializer(made).data, status.HTTP_202_ACCEPTED, headers={"Location": place}
        )

    @extend_schema(request=ConfirmBody, responses={202: UploadSerializer})
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        """Have the rows taken in as they were tried."""
        upload = self.get_object()
        body = ConfirmBody(data=request.data)
        body.is_valid(raise_exception=True)
        held = uploads.confirm(
            upload,
            by=request.authority,
            at=timezone.now(),
            partial=body.validated_data["partial"],
        )
        return Response(UploadSerializer(held).data, status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def refused(self, request, pk):
        """The refused rows with the reasons, as a CSV that can be corrected and sent again."""
        upload = self.get_object()
        if not uploads.has_refused(upload):
            raise Http404
        pieces = ciphered_files.read(upload.refused_place)
        name = content_disposition_header(True, f"{upload.name}.refused.csv")
        return StreamingHttpResponse(
            pieces, content_type="text/csv", headers={"Content-Disposition": name}
        )
