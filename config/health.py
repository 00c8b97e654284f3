"""Does the process live, and can it work?"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Job


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and broker; 503 names what is missing."""
    found = {"database": database(), "broker": broker()}
    good = all(value == "ok" for value in found.values())
    status = "ok" if good else "not ready"
    waiting = _oldest_job() if found["database"] == "ok" else None
    answer = {"status": status, **found, "oldest_job_seconds": waiting}
    return JsonResponse(answer, status=200 if good else 503)


def database() -> str:
    """`ok`, or what is wrong with the database."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "migrations missing" if missing else "ok"


def broker() -> str:
    """`ok`, or what is wrong with the broker; none is needed in the embedded mode."""
    if not settings.REDIS_URL:
        return "ok"
    # Twenty megabytes that a site without a broker does not need.
    from redis import Redis, RedisError

    options: dict[str, Any] = {"socket_connect_timeout": 2, "socket_timeout": 2}
    try:
        with Redis.from_url(settings.REDIS_URL, **options) as broker:
            broker.ping()
    except (RedisError, ValueError):
        return "unreachable"
    return "ok"


def _oldest_job() -> int | None:
    now = timezone.now()
    oldest = Job.objects.due(now).order_by("ordered_at").values_list("ordered_at", flat=True)
    first = oldest.first()
    return None if first is None else int((now - first).total_seconds())
