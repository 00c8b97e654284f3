"""A file from a page or a program: kept, tried without changing anything, then taken in.

Both the trial and the taking in are jobs; a row of the file is judged by the same rules as in the
command, and beyond that must lie where whoever brought it is appointed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import ciphered_files, jobs, journal, walls
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.imports import batch, mapping, reading
from agencies.imports.faults import Fault, FileRefused, stored
from agencies.imports.report import Account
from agencies.models import Job
from filings.imports.kinds import KINDS
from filings.imports.reach import bounds, needed
from filings.media import plain_name
from filings.models import Upload
from filings.rules import Problem
from officers.authority import Authority
from officers.walls import scope

Told = Callable[[Job, int, int], None]
KIND = "filings.take_in"
LARGEST = 50 * 1024 * 1024
LARGEST_MAP = 64 * 1024
SHOWN = 200


class UploadUnfit(ValueError):
    """The file cannot be tried at all; `problems` names what is wrong with it."""

    code = "upload_unfit"

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.problems = [Problem(field, code, "", message)]


class NotReady(Exception):
    """The file is not in the state in which its rows can be taken in."""

    code = "upload_not_ready"


@dataclass(frozen=True)
class Brought:
    """A file as it was sent: of which kind its rows are, its name, its bytes and a map or none."""

    kind: str
    name: str
    content: File
    rules: bytes = b""


def bring(brought: Brought, *, by: Authority, at: datetime) -> Upload:
    """Keep the file and order its trial.  Raises UploadUnfit and NotAuthorised."""
    if brought.kind not in KINDS:
        message = _("Unknown kind %(name)s. Possible: %(known)s.")
        names = {"name": brought.kind[:60], "known": ", ".join(KINDS)}
        raise UploadUnfit("kind", "unknown_kind", message % names)
    _require(brought.kind, by)
    if not 0 < (brought.content.size or 0) <= LARGEST:
        raise UploadUnfit("file", "bad_size", _size_refusal(brought.content.size))
    rules = _checked_rules(brought)
    digest, key = _digest(brought.content), uuid4().hex
    place = ciphered_files.keep(f"imports/{key}", brought.content.chunks())
    with transaction.atomic():
        made = Upload.objects.create(
            kind=brought.kind,
            name=plain_name(brought.name) or "rows.csv",
            place=place,
            size=brought.content.size,
            sha256=digest,
            rules=rules,
            uploaded_by=by.account,
            uploaded_at=at,
            job=jobs.order(KIND, key, params=_params(by), by=by.account.name, at=at),
        )
        actor = by.actor(needed(made.kind))
        facts = {"kind": made.kind, "file": made.name, "digest": digest}
        journal.append(journal.SYSTEM, "bring_file", made, by=actor, at=at, **facts)
    return made


def _require(kind: str, by: Authority) -> None:
    if not by.may(needed(kind)):
        raise NotAuthorised(_("Your appointments do not include bringing rows of this kind."))
    bounds(kind, by)


def _size_refusal(size: int | None) -> str:
    if not size:
        return _("The file is empty.")
    return _(
        "The file is larger than %(most)d MB. Split it, or use the command import_records."
    ) % {"most": LARGEST // 1024**2}


def _checked_rules(brought: Brought) -> str:
    if not brought.rules:
        return ""
    if len(brought.rules) > LARGEST_MAP:
        raise UploadUnfit("map", "bad_size", _("The map is larger than 64 kB."))
    try:
        mapping.read(brought.rules, Path("map.toml"), KINDS[brought.kind]())
    except FileRefused as refused:
        raise UploadUnfit("map", refused.code, str(refused)) from refused
    return brought.rules.decode("utf-8-sig")


def _digest(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _params(by: Authority, *, write: bool = False, partial: bool = False) -> dict[str, Any]:
    return {
        "write": write,
        "partial": partial,
        "language": translation.get_language() or "",
        "appointments": [held.pk for held in by.appointments],
    }


def has_refused(upload: Upload) -> bool:
    """Whether the refused rows of the file are still kept."""
    return bool(upload.refused_place) and default_storage.exists(upload.refused_place)


@transaction.atomic
def confirm(upload: Upload, *, by: Authority, at: datetime, partial: bool = False) -> Upload:
    """Order that the rows be taken in; with `partial` without those that are refused.

    Raises NotAuthorised, and NotReady unless the trial found rows to take in.
    """
    _require(upload.kind, by)
    held = Upload.objects.select_for_update(of=("self",)).select_related("job").get(pk=upload.pk)
    if held.stage != Upload.Stage.CHECKED or not held.accepted:
        raise NotReady(_("There is nothing to take in: %(stage)s.") % {"stage": held.stage.label})
    if held.refused and not partial:
        message = _("%(count)d rows are refused. Correct them, or take the good rows only.")
        raise NotReady(message % {"count": held.refused})
    key = held.place.rpartition("/")[2]
    params = _params(by, write=True, partial=partial)
    held.job = jobs.order(KIND, key, params=params, by=by.account.name, at=at)
    held.save(update_fields=["job"])
    return held


def run(
    job_id: UUID | str, *, clock: Callable[[], datetime], told: Told = lambda job, done, total: None
) -> bool:
    """Do the trial or the taking in that the job asks for; False when another worker has it."""
    return jobs.work(job_id, lambda job: _take(job, clock, told), clock=clock)


def _take(job: Job, clock: Callable[[], datetime], told: Told) -> None:
    upload = Upload.objects.select_related("uploaded_by").get(job=job)
    with TemporaryDirectory() as folder, translation.override(job.params["language"] or None):
        path = Path(folder) / upload.name
        with path.open("wb") as copy:
            copy.writelines(ciphered_files.read(upload.place))
        try:
            _judge(upload, job, path, clock, told)
        except FileRefused as refused:
            upload.judged_at, upload.refusal = (
                clock(),
                _without(f"{folder}/", stored(refused.args[0])),
            )
            _close(upload, job)


def _without(folder: str, kept: Any) -> Any:
    """The same sentence with files named without the folder in which they lay."""
    if isinstance(kept, dict):
        return {name: _without(folder, one) for name, one in kept.items()}
    return kept.replace(folder, "") if isinstance(kept, str) else kept


def _fault(row: int, one: Fault) -> dict[str, Any]:
    said = {"rule": stored(one.rule), "mend": stored(one.mend)}
    return {"row": row, "field": one.field, "value": one.value, "code": one.code} | said


def _judge(upload: Upload, job: Job, path: Path, clock: Callable[[], datetime], told: Told) -> None:
    kind, at = KINDS[upload.kind](), clock()
    rules = mapping.read(upload.rules.encode(), Path("map.toml"), kind) if upload.rules else None
    authority = _authority(upload, job, at)
    _require(upload.kind, authority)
    kind.brought_by(authority)
    order = batch.Order(
        path=path,
        rules=rules or mapping.Map(),
        dry_run=not job.params["write"],
        partial=job.params["partial"],
        refused=path.with_name("refused.csv"),
        within=bounds(upload.kind, authority),
        shown=SHOWN,
    )
    total = _rows(order)
    jobs.progress(job, 0, total, now=at)
    with walls.within(scope(authority)), transaction.atomic():
        account = batch.take(
            kind,
            order,
            by=authority.actor(needed(upload.kind)),
            at=at,
            progress=lambda read: told(job, read, total),
        )
        _keep(upload, account, clock())
        _close(upload, job)


def _rows(order: batch.Order) -> int:
    source = reading.examine(order.path, order.rules.layout)
    return max(0, sum(1 for _row in reading.rows(source, order.rules.layout)) - 1)


def _authority(upload: Upload, job: Job, at: datetime) -> Authority:
    """What its bringer may do now, out of what the order was given with."""
    now = Authority.of(upload.uploaded_by, local_date(at))
    given = set(job.params["appointments"])
    return replace(now, appointments=tuple(a for a in now.appointments if a.pk in given))


def _keep(upload: Upload, account: Account, at: datetime) -> None:
    upload.refused_place = ""
    if account.refused_path is not None:
        with account.refused_path.open("rb") as file:
            pieces = ciphered_files.pieces_of(file)
            upload.refused_place = ciphered_files.keep(f"{upload.place}-refused.csv", pieces)
    upload.judged_at, upload.encoding = at, account.encoding
    upload.rows_read, upload.accepted = account.read, account.accepted
    upload.present, upload.refused = account.present, account.refused
    upload.faults = [_fault(r.number, one) for r in account.first for one in r.faults]
    upload.batch = account.batch


@transaction.atomic
def _close(upload: Upload, job: Job) -> None:
    upload.save()
    jobs.finish(job, now=upload.judged_at or upload.uploaded_at)
