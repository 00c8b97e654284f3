"""How the photo of an officer is kept, which an enterprise compares with the person before it."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from filings.actions.moving import require_clean, stamp
from filings.media import Kind, examine
from filings.rules import Problem
from officers.authority import Authority
from officers.models import Officer
from officers.roles import Permission

LARGEST = 300 * 1024


@transaction.atomic
def set_photo(officer: Officer, content: bytes, *, by: Authority, at: datetime) -> Officer:
    """The officer with this photo, a JPEG or PNG of at most 300 kB.  Raises FilingIncomplete."""
    if not by.may(Permission.REGISTER_WRITE, officer.agency):
        raise NotAuthorised(_("Your appointment does not include this for this agency."))
    examined = examine(content)
    require_clean(examined.problems + _unfit(examined.kind, content))
    digest = hashlib.sha256(content).hexdigest()
    name = f"{digest}.{examined.kind}"
    if not default_storage.exists(place(name)):
        default_storage.save(place(name), ContentFile(content))
    stamp(officer, photo=name)
    journal.append(
        officer.agency.code,
        "set_photo",
        officer,
        by=by.actor(Permission.REGISTER_WRITE, officer.agency),
        at=at,
        sha256=digest,
    )
    return officer


def _unfit(kind: Kind | None, content: bytes) -> list[Problem]:
    found = []
    if kind == Kind.PDF:
        message = _("A photo is a JPEG or PNG picture.")
        found.append(Problem("file", "photo_of_wrong_kind", "R-PRV-1", message))
    if len(content) > LARGEST:
        message = _("The photo is larger than %(most)d kB; send a smaller one.")
        message = message % {"most": LARGEST // 1024}
        found.append(Problem("file", "photo_too_large", "R-PRV-1", message))
    return found


def place(name: str) -> str:
    """Where the storage keeps a photo."""
    return f"photos/{name[:2]}/{name}"


def read_photo(officer: Officer) -> bytes | None:
    """The bytes of the photo; None without one."""
    if not officer.photo or not default_storage.exists(place(officer.photo)):
        return None
    with default_storage.open(place(officer.photo)) as file:
        return bytes(file.read())
