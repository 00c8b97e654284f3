"""What every request gets: an id, a log line, security headers, no caching of pages."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
_SENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = structlog.get_logger("jianbei.request")


class RequestLog:
    """Gives the request an id (or keeps the proxy's), returns it, and logs one line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        request.request_id = sent if _SENT_ID.fullmatch(sent) else uuid.uuid4().hex
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request.request_id):
            response = self.get_response(request)
            if not request.path.startswith(("/healthz", "/readyz", settings.STATIC_URL)):
                self.tell(request, response, time.perf_counter() - began)
        response["X-Request-ID"] = request.request_id
        return response

    def tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        user = getattr(request, "_cached_user", None)
        log.info(
            "request.answered",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round(seconds * 1000),
            account=getattr(user, "pk", None),
        )


class SecurityHeaders:
    """A content security policy, and `no-store` unless the answer says otherwise."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault(
            "Permissions-Policy", "camera=(self), microphone=(), geolocation=(self)"
        )
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response
