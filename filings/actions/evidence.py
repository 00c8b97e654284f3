"""How evidence is kept with a filing, and read again as it was."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filings import malware
from filings.actions.moving import move, require, require_clean
from filings.malware import Verdict
from filings.media import examine, plain_name
from filings.models import Evidence, Filing
from filings.rules import FilingIncomplete, Problem
from filings.workflow import Verb
from officers.authority import Authority
from officers.models import Account

log = logging.getLogger(__name__)


class EvidenceDamaged(Exception):
    """The storage no longer holds the bytes that were kept."""

    code = "evidence_damaged"


class MalwareFound(FilingIncomplete):
    """The file carries malware."""

    code = "malware"
    said = gettext_noop("The file carries malware and is given to nobody.")


class NotScanned(Exception):
    """A scanner is set and gives no verdict on the file."""

    code = "not_scanned"


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its bytes, the name it had and when it was taken."""

    content: bytes
    name: str
    taken_at: datetime | None = None


@transaction.atomic
def attach(filing: Filing, upload: Upload, *, by: Authority, at: datetime) -> Evidence:
    """The file kept with the filing under its SHA-256 (R-SIT-3); there is no verb to remove it.

    Raises FilingIncomplete naming every reason to refuse it.
    """
    require(Verb.ATTACH, filing, by)
    kept = keep_file(filing, upload, by=by.account, at=at)
    facts = {"sha256": kept.sha256, "kind": kept.kind, "size": kept.size, "name": kept.name}
    move(filing, Verb.ATTACH, by=by, at=at, facts=facts | {"taken_at": upload.taken_at})
    return kept


def keep_file(filing: Filing, upload: Upload, *, by: Account | None, at: datetime) -> Evidence:
    """The file judged by its bytes and stored; the verb that calls this leaves the event."""
    examined = examine(upload.content)
    digest = hashlib.sha256(upload.content).hexdigest()
    require_clean(examined.problems + _out_of_place(filing, upload, digest, at))
    seen = malware.look(upload.content)
    if seen.verdict == Verdict.FOUND:
        _set_apart(upload.content, digest)
        raise _infected(seen.name)
    kept = Evidence(
        filing=filing,
        sha256=digest,
        kind=str(examined.kind),
        size=len(upload.content),
        name=plain_name(upload.name) or f"{digest[:12]}.{examined.kind}",
        taken_at=upload.taken_at,
        scanned_at=at if seen.verdict == Verdict.CLEAN else None,
        uploaded_at=at,
        uploaded_by=by,
    )
    kept.save(force_insert=True)
    _store(kept, upload.content)
    return kept


def _infected(name: str) -> MalwareFound:
    message = _("Malware was found in the file: %(name)s. Clean the device it comes from.")
    problem = Problem("file", MalwareFound.code, "R-SIT-3", message % {"name": name})
    return MalwareFound([problem])


def _set_apart(content: bytes, digest: str) -> None:
    """F15: what was refused is kept for those who look into it; no address leads there."""
    place = f"quarantine/{digest}"
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(content))
    log.warning("malware refused", extra={"sha256": digest})


def _out_of_place(filing: Filing, upload: Upload, digest: str, at: datetime) -> list[Problem]:
    found = []
    if Evidence.objects.filter(filing=filing, sha256=digest).exists():
        message = _("This file is kept with the filing already.")
        found.append(Problem("file", "evidence_present", "R-SIT-3", message))
    if upload.taken_at is not None and upload.taken_at > at:
        message = _("The file cannot have been taken in the future. Correct the time.")
        found.append(Problem("taken_at", "taken_in_future", "R-SIT-3", message))
    return found


def _store(kept: Evidence, content: bytes) -> None:
    # A crash may have left half a file under this name; equal bytes are simply left alone.
    if _stored(kept) == kept.sha256:
        return
    default_storage.delete(kept.place)
    default_storage.save(kept.place, ContentFile(content))


def _stored(kept: Evidence) -> str:
    if not default_storage.exists(kept.place):
        return ""
    with default_storage.open(kept.place) as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_evidence(kept: Evidence) -> bytes:
    """The bytes as they were uploaded, looked at once more where a scanner is set (F15).

    Raises EvidenceDamaged when they are not these any more, MalwareFound, and NotScanned when the
    scanner gives no verdict.
    """
    if not default_storage.exists(kept.place):
        raise EvidenceDamaged(_("The file is missing from the storage. Tell the administrator."))
    with default_storage.open(kept.place) as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise EvidenceDamaged(_("The file differs from what was kept. Tell the administrator."))
    seen = malware.look(content)
    if seen.verdict == Verdict.FOUND:
        raise _infected(seen.name)
    if seen.verdict == Verdict.UNKNOWN:
        raise NotScanned(
            _("The malware scanner does not answer, so the file cannot be opened now. Try later.")
        )
    return content
