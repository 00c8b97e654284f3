"""Jobs over HTTP: one's own to watch, all of them for those who run the system."""

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action

from agencies.api.body import StrictBody, Text
from agencies.api.resource import ResourceSchema
from agencies.api.serializers import JobSerializer
from agencies.api.versions import TaggedRetrieve
from agencies.filters import JobFilter
from agencies.models import Job
from filings.models import Upload
from officers.actions.operating import cancel_job, retry_job
from officers.roles import Permission
from reports.models import Compilation


class CancelBody(StrictBody):
    """Why the job is stopped."""

    reason = Text(max_length=200)


class JobViewSet(TaggedRetrieve, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Jobs, the latest first: where each stands, how far it is, why it failed."""

    schema = ResourceSchema()
    serializer_class = JobSerializer
    filterset_class = JobFilter
    lookup_value_regex = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    writes = ("cancel", "retry")

    def versioned(self, row, shown):
        """A job that runs tells how far it is; its version is where it stands."""
        return {"state": row.state, "attempt": row.attempt}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Job.objects.none()
        return _visible(self.request.authority).order_by("-ordered_at", "-id")

    @extend_schema(request=CancelBody, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        """Stop a job that waits or runs."""
        body = CancelBody(data=request.data)
        body.is_valid(raise_exception=True)
        told = {"by": request.authority, "at": timezone.now(), **body.validated_data}
        return self._done(cancel_job, told)

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request, pk):
        """Queue a job again that failed or was cancelled."""
        StrictBody(data=request.data).is_valid(raise_exception=True)
        return self._done(retry_job, {"by": request.authority, "at": timezone.now()})

    def _done(self, verb, told):
        job = self.get_object()
        verb(job, **told)
        job.refresh_from_db()
        return self.tagged(job)


def _visible(authority):
    """All jobs for those who manage them; for others the compiles they see, and their files."""
    if authority.may(Permission.JOB_MANAGE):
        return Job.objects.all()
    compiles = Compilation.objects.visible_to(authority)
    files = Upload.objects.visible_to(authority)
    return Job.objects.filter(Q(pk__in=compiles.values("job")) | Q(pk__in=files.values("job")))
