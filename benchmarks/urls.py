"""The real addresses and, beside them, the comparison programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from benchmarks.drf_defaults import FilingViewSet
from benchmarks.drf_submission import SubmissionViewSet
from benchmarks.ninja_list import urlpatterns as ninja
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

router = SimpleRouter()
router.register("filings", FilingViewSet, "drf-defaults")
router.register("submissions", SubmissionViewSet, "drf-submission")


@login_not_required
def empty(request):
    """Nothing, by way of the whole server."""
    return HttpResponse()


urlpatterns = [
    *real,
    path("drf/", include(router.urls)),
    path("ninja/", include((ninja, "ninja"))),
    path("empty", empty),
]
