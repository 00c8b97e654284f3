"""The header Idempotency-Key on every write: the same key and request, the same answer."""

import hashlib
import json
import re
from functools import partial, wraps

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from agencies.journal import canonical
from officers.actions import answering

HEADER = "Idempotency-Key"
KEPT_HEADERS = ("ETag", "Location")
_KEY = re.compile(r"[!-~]{8,200}")
TOLD = "8 to 200 printable characters; a repeated request is done once, for 15 days."
KEY = OpenApiParameter(HEADER, str, "header", description=TOLD)
KEY_NEEDED = OpenApiParameter(HEADER, str, "header", required=True, description=TOLD)


def idempotent(*, required=False):
    """A view method that writes, done once per key.

    Without the header it is done each time, or refused where a repetition would leave a second
    row.  The answer is stored in the transaction of the effect: both are there or neither.
    """
    return partial(_once, required)


def _once(required, write):
    @wraps(write)
    def once(self, request, *args, **kwargs):
        key = request.headers.get(HEADER)
        if key is None and not required:
            return write(self, request, *args, **kwargs)
        if key is None:
            message = _("Send Idempotency-Key, new for each filing, so that a repetition is safe.")
            raise ParseError(message, "key_missing")
        if not _KEY.fullmatch(key):
            raise ParseError(
                _("Idempotency-Key must be 8 to 200 printable characters without spaces."),
                "bad_key",
            )
        held = answering.begin(request.user, key, _digest(request), at=timezone.now())
        if held.answered_at is not None:
            return _repeated(held)
        return _first(self, request, held, lambda: write(self, request, *args, **kwargs))

    return once


def _digest(request) -> str:
    asked = [
        request.method,
        request.get_full_path(),
        request.headers.get("If-Match", ""),
        _said(request.data),
    ]
    return hashlib.sha256(canonical(asked).encode()).hexdigest()


def _said(data):
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    if isinstance(data, MultiValueDict):
        return {name: [_part(one) for one in data.getlist(name)] for name in sorted(data)}
    return data


def _part(one):
    """One part of a form: a file by its digest, its name and no more of it."""
    if not isinstance(one, UploadedFile):
        return one
    one.seek(0)
    digest = hashlib.file_digest(one, "sha256").hexdigest()
    one.seek(0)
    return [one.name, digest]


def _repeated(held) -> Response:
    kind = "application/problem+json" if held.status >= 400 else None
    headers = {**held.headers, "Idempotency-Replayed": "true"}
    return Response(json.loads(held.body), held.status, headers=headers, content_type=kind)


def _first(view, request, held, call) -> Response:
    try:
        with transaction.atomic():
            response = call()
            _keep(held, response)
    except Exception as error:  # noqa: BLE001 what is no refusal is raised again by the handler
        response = _refusal(view, held, error)
    return response


def _refusal(view, held, error) -> Response:
    try:
        response = view.handle_exception(error)
    except Exception:
        answering.abandon(held)
        raise
    _keep(held, response)
    return response


def _keep(held, response) -> None:
    answering.answered(
        held,
        status=response.status_code,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        body=JSONRenderer().render(response.data).decode(),
        at=timezone.now(),
    )
