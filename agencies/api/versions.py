"""Which version of a thing did the caller see?  ETag out, If-Match back in, for every write.

Missing it is 428, unreadable 400, and a version that is no longer the current one 412, with who
changed what: two people at once never overwrite one another unseen.
"""

import hashlib
import re

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.response import Response

from agencies.journal import canonical
from agencies.models import Event

_TAG = re.compile(r'"([0-9A-Za-z]{1,64})"', re.ASCII)
IF_MATCH = OpenApiParameter(
    "If-Match", str, "header", required=True, description="The ETag as it was read."
)


class VersionMissing(APIException):
    """The caller did not say which version it saw."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_missing"


class VersionChanged(Exception):
    """The thing is no longer what the caller saw; the message says who changed it and how."""

    code = "version_changed"


def version_of(row, shown=None) -> str:
    """The version a row counts, or a digest of what is `shown` of it where it counts none."""
    if shown is None:
        return str(row.version)
    return hashlib.sha256(canonical(shown).encode()).hexdigest()[:32]


def etag(row, shown=None) -> str:
    """The entity tag of a row."""
    return f'"{version_of(row, shown)}"'


def require_match(request, row, shown=None) -> None:
    """Raise unless If-Match names the version that `row` has."""
    tag = request.headers.get("If-Match")
    if tag is None:
        raise VersionMissing(_("Send If-Match with the ETag as you read it."))
    match = _TAG.fullmatch(tag)
    if match is None:
        message = _(
            "If-Match must be one ETag as you read it, like %(like)s: not *, not W/…, once."
        )
        raise ParseError(message % {"like": '"3"'}, "bad_tag")
    if match.group(1) != version_of(row, shown):
        raise changed(row, version_of(row, shown))


class Versioned:
    """For a view set: which version its answer shows, and whether the caller saw the one there is.

    Writes named in `writes` ask for it (`config.api.keyed`).
    """

    def versioned(self, row, shown):
        """What of the row `shown` makes up its version; less where time alone changes the rest."""
        return shown

    def tagged(self, row, code=status.HTTP_200_OK):
        """The answer that shows `row`, with its version."""
        shown = self.get_serializer(row).data
        return Response(shown, code, headers={"ETag": etag(row, self.versioned(row, shown))})

    def require_seen(self):
        """Raise unless the caller saw the row of the address as it is; nobody changes it now."""
        row = self.get_object()
        list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk))
        row = self.get_object()
        require_match(self.request, row, self.versioned(row, self.get_serializer(row).data))


class TaggedRetrieve(Versioned):
    """Reading one row of a view set that is no `Resource`, with its version."""

    def retrieve(self, request, *args, **kwargs):
        return self.tagged(self.get_object())


def changed(row, now, called=str) -> VersionChanged:
    """The refusal that tells who changed `row` last; `called` puts a verb into words.

    `now` is the version it has.
    """
    last = Event.objects.about(row).last()
    message = _(
        "This has been changed since you read it: %(who)s, %(verb)s, %(at)s. "
        "It is now version %(now)s."
    )
    return VersionChanged(
        message
        % {
            "who": last.actor if last else "—",
            "verb": called(last.verb) if last else "—",
            "at": last.at.isoformat(timespec="seconds") if last else "—",
            "now": now,
        }
    )
