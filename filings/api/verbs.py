"""The verbs over HTTP: one address each, judged on the version the caller saw."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.models import Event
from filings import actions
from filings.api.bodies import BODIES, DraftBody
from filings.api.serializers import FilingSerializer
from filings.models import Filing
from filings.policy import StaleFiling
from filings.workflow import Verb
from officers.api.idempotency import HEADER, idempotent

_TAG = re.compile(r'"([1-9][0-9]{0,9})"')
IF_MATCH = OpenApiParameter(
    "If-Match", str, "header", required=True, description="The ETag of the filing as it was read."
)
KEY = OpenApiParameter(
    HEADER, str, "header", description="8 to 200 characters; a repeated request is done once."
)


class VersionMissing(APIException):
    """The caller did not say which version it saw."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_missing"


class VersionChanged(StaleFiling):
    """The filing is no longer what the caller saw; the message says who changed it and how."""

    code = "version_changed"


def etag(filing) -> str:
    """The entity tag of the filing's version."""
    return f'"{filing.version}"'


def _seen(request) -> int:
    tag = request.headers.get("If-Match")
    if tag is None:
        raise VersionMissing(_("Send If-Match with the ETag of the filing as you read it."))
    match = _TAG.fullmatch(tag)
    return int(match.group(1)) if match else 0


def _changed(filing) -> VersionChanged:
    last = Event.objects.about(filing).last()
    message = _("This filing has been changed since you read it: %(who)s, %(verb)s, %(at)s.")
    return VersionChanged(
        message
        % {
            "who": last.actor if last else "—",
            "verb": Verb(last.verb).label if last and last.verb in Verb else "—",
            "at": last.at.isoformat(timespec="seconds") if last else "—",
        }
    )


class Verbs:
    """Creating and moving filings, for the view set that shows them."""

    def _answer(self, filing, code=status.HTTP_200_OK):
        headers = {"ETag": etag(filing)}
        if code == status.HTTP_201_CREATED:
            headers["Location"] = reverse("filing-detail", [filing.pk], request=self.request)
        return Response(self.whole(filing.pk), code, headers=headers)

    @extend_schema(request=DraftBody, responses={201: FilingSerializer}, parameters=[KEY])
    @idempotent
    def create(self, request):
        """Draft a filing; it may still be incomplete."""
        agency, said = self._said(request)
        filing = actions.draft(agency, said, by=request.authority, at=timezone.now())
        return self._answer(filing, status.HTTP_201_CREATED)

    @extend_schema(request=DraftBody, responses=FilingSerializer, parameters=[IF_MATCH, KEY])
    @action(detail=True, methods=["post"])
    @idempotent
    def revise(self, request, pk):
        """Replace what a draft or returned filing says."""
        filing = self._held(request, pk)
        _agency, said = self._said(request)
        return self._do(
            filing, lambda at: actions.revise(filing, said, by=request.authority, at=at)
        )

    def _said(self, request):
        body = DraftBody(data=request.data, context={"authority": request.authority})
        body.is_valid(raise_exception=True)
        return body.spoken()

    def _held(self, request, pk) -> Filing:
        filing = self.get_object()
        if filing.version != _seen(request):
            raise _changed(filing)
        return filing

    def _do(self, filing, call):
        try:
            return self._answer(call(timezone.now()))
        except StaleFiling as error:
            raise _changed(filing) from error

    def _move(self, request, pk, verb):
        filing = self._held(request, pk)
        body = BODIES[verb](data=request.data)
        body.is_valid(raise_exception=True)
        said = body.told(filing)
        act = actions.BY_VERB[verb]
        return self._do(filing, lambda at: act(filing, by=request.authority, at=at, **said))


def _route(verb):
    @idempotent
    def move(self, request, pk):
        return self._move(request, pk, verb)

    move.__name__ = f"do_{verb}"
    move.__doc__ = str(verb.label)
    described = extend_schema(
        request=BODIES[verb], responses=FilingSerializer, parameters=[IF_MATCH, KEY]
    )
    return described(
        action(detail=True, methods=["post"], url_path=str(verb), url_name=str(verb))(move)
    )


for _verb in BODIES:
    setattr(Verbs, f"do_{_verb}", _route(_verb))
