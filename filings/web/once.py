"""A form that is sent twice is done once: the second sending is led to what the first one made."""

import re

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from officers.actions import answering

FIELD = "key"
DONE = "done"
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_TOLD_FOR = 600


def fresh_key() -> str:
    """A key for a form that is about to be filled in."""
    return get_random_string(24)


def once(request, write):
    """The answer of `write`; for a key that led somewhere before, the way there.

    Only a redirection is kept: a form refused with its problems is judged anew when sent again.
    The cookie tells the browser which of the drafts on the device has arrived.
    """
    key = request.POST.get(FIELD, "")
    if not _KEY.fullmatch(key):
        return write()
    held = answering.begin(request.user, key, f"page {request.path}", at=timezone.now())
    if held.answered_at is not None:
        messages.info(request, _("This had arrived already and was not done twice."))
        return _arrived(request, HttpResponseRedirect(held.headers["Location"]), key)
    try:
        with transaction.atomic():
            answer = write()
            if answer.status_code == 302:
                answering.answered(
                    held,
                    status=302,
                    headers={"Location": answer.headers["Location"]},
                    body="",
                    at=timezone.now(),
                )
    except Exception:
        answering.abandon(held)
        raise
    if answer.status_code == 302:
        return _arrived(request, answer, key)
    answering.abandon(held)
    return answer


def _arrived(request, answer, key):
    secure = request.is_secure()
    answer.set_cookie(DONE, key, max_age=_TOLD_FOR, samesite="Lax", secure=secure)
    return answer
