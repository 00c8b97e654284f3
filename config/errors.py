"""Which HTTP answer does a refusal get, and in which shape?

API answers are RFC 9457 problems; pages are the templates named by the status.  An exception that
is not in `STATUS` is a fault of ours: 500, logged.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from agencies.api.versions import VersionChanged
from agencies.authority import NotAuthorised
from agencies.keyset import BadCursor
from agencies.query import BadParameter, RefusedParameters
from agencies.refusals import RegisterRefused
from filings.actions.disposing import DisposalClosed, PeriodUnlawful
from filings.actions.evidence import EvidenceDamaged, MalwareFound, NotScanned
from filings.actions.ruling import RuleNotSet
from filings.imports.uploads import NotReady, UploadUnfit
from filings.policy import StaleFiling, TransitionNotAllowed
from filings.rules.problem import DuplicateFiling, FilingIncomplete
from officers.actions.answering import KeyInUse, KeyReused
from officers.actions.breaking_glass import GlassClosed, NobodyToTell
from officers.actions.nominating import NominationClosed, NoSuchPerson
from officers.actions.operating import JobNotOpen
from officers.actions.throttling import TooManyAttempts
from officers.policy import LastHolder, NothingToConfirm, SeparationOfDuties
from reports.periods import BadPeriod

STATUS: dict[type[Exception], int] = {
    BadParameter: 400,
    RefusedParameters: 400,
    BadCursor: 400,
    FilingIncomplete: 400,
    DuplicateFiling: 409,
    RegisterRefused: 400,
    RuleNotSet: 400,
    UploadUnfit: 400,
    NotReady: 409,
    JobNotOpen: 409,
    BadPeriod: 400,
    NotAuthorised: 403,
    TransitionNotAllowed: 409,
    StaleFiling: 409,
    EvidenceDamaged: 503,
    NotScanned: 503,
    MalwareFound: 422,
    SeparationOfDuties: 409,
    LastHolder: 409,
    NothingToConfirm: 409,
    NominationClosed: 409,
    NoSuchPerson: 409,
    GlassClosed: 409,
    NobodyToTell: 409,
    DisposalClosed: 409,
    PeriodUnlawful: 400,
    TooManyAttempts: 429,
    VersionChanged: 412,
    KeyInUse: 409,
    KeyReused: 422,
}
TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("Please sign in"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This cannot be done here"),
    406: gettext_lazy("This form is not offered"),
    409: gettext_lazy("This is not possible now"),
    412: gettext_lazy("It has changed in the meantime"),
    413: gettext_lazy("The request is too large"),
    415: gettext_lazy("This form is not read"),
    422: gettext_lazy("This cannot be taken"),
    428: gettext_lazy("Say which version you saw"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("The server made a mistake"),
    503: gettext_lazy("Not available now"),
}
PROBLEM_TYPE = "application/problem+json"


def status_of(error: Exception) -> int | None:
    """The status for an exception of ours; None for one that is nobody's refusal."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), None)


def body(
    request: Any, status: int, *, code: str, detail: str, problems: Any = ()
) -> dict[str, Any]:
    """The problem document."""
    title = TITLES.get(status)
    return {
        "type": f"urn:jianbei:problem:{code}",
        "title": str(title) if title else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": getattr(request, "request_id", ""),
        "problems": list(problems),
    }


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the answer to a refusal, None for a fault of ours."""
    request = context.get("request")
    request = getattr(request, "_request", request)
    if isinstance(error, Http404):
        error = exceptions.NotFound(_("There is nothing here that you may see."))
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _of_api(error, request)
    status = status_of(error)
    if status is None:
        return None
    found = body(
        request,
        status,
        code=getattr(error, "code", "refused"),
        detail=str(error) or str(TITLES[status]),
        problems=listed(error),
    )
    return Response(found, status, headers=_headers(error), content_type=PROBLEM_TYPE)


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    return headers


def _of_api(error: exceptions.APIException, request: Any) -> Response:
    if isinstance(error, exceptions.ValidationError):
        problems = list(_flat(error.detail, ""))
        code, detail = "invalid", _("%(count)d values are refused.") % {"count": len(problems)}
    else:
        problems = []
        code, detail = str(error.get_codes()), str(error.detail)
    found = body(request, error.status_code, code=code, detail=detail, problems=problems)
    return Response(found, error.status_code, headers=_headers(error), content_type=PROBLEM_TYPE)


def _flat(detail: Any, pointer: str) -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, pointer if name == "non_field_errors" else f"{pointer}/{name}")
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flat(inner, f"{pointer}/{number}" if nested else pointer)
    else:
        code = getattr(detail, "code", "invalid")
        yield {"pointer": pointer, "code": code, "rule": "", "message": str(detail)}


def listed(error: Exception) -> list[dict[str, str]]:
    parts = ("pointer", "code", "rule", "message")
    found = [
        problem if isinstance(problem, dict) else {part: getattr(problem, part) for part in parts}
        for problem in getattr(error, "problems", ())
    ]
    return [{part: str(problem[part]) for part in parts} for problem in found]


def _answer(
    request: HttpRequest, status: int, code: str, detail: str, template: str = "error.html"
) -> HttpResponse:
    if request.path.startswith("/api/"):
        found = body(request, status, code=code, detail=detail)
        return JsonResponse(found, status=status, content_type=PROBLEM_TYPE)
    context = {
        "title": TITLES[status],
        "detail": detail,
        "request_id": getattr(request, "request_id", ""),
    }
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "bad_request", _("The address or the form cannot be read."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "permission_denied", str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    detail = _("The address is wrong, or what it shows is not yours to see.")
    return _answer(request, 404, "not_found", detail)


def server_error(request: HttpRequest) -> HttpResponse:
    detail = _("It has been noted. Tell the administrator the number below.")
    return _answer(request, 500, "server_error", detail, "500.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page after a form without a valid token: usually one that was left open too long."""
    detail = _("The form was open too long, or cookies are off. Reload the page and send it again.")
    return _answer(request, 403, "csrf_failed", detail)
