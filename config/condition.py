"""How is the system, and what should its administrator do about it?"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from agencies import walls
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.models import Checkpoint, Job
from agencies.query import check_parameters
from agencies.working_days import WorkingDays
from config.health import broker, database
from filings import walls as filings_walls
from filings.actions.scanning import were_guessed
from officers import walls as officers_walls
from officers.roles import Permission
from reports import due

WALLS = (*walls.WALLS, *officers_walls.WALLS, *filings_walls.WALLS)
WAITS = (timedelta(minutes=1), timedelta(minutes=10))
PARKED = timedelta(days=7)
CHECKPOINT = timedelta(hours=26)
ALARM = timedelta(minutes=15)
DUE_SOON = 31
CALENDAR_AHEAD = timedelta(days=60)
FREE = (0.10, 0.03)


class Mood(StrEnum):
    """How a part of the system is; the words are those of the colours."""

    GOOD = "done"
    WARNING = "queued"
    BAD = "failed"

    @property
    def label(self) -> str:
        """The state in a word."""
        return {"done": _("good"), "queued": _("watch it"), "failed": _("act now")}[self.value]


@dataclass(frozen=True, slots=True)
class Check:
    """One part: what was found, how it is, and what to do when it is not good."""

    name: str
    label: str
    found: str
    mood: Mood
    remedy: str = ""

    @property
    def state(self) -> str:
        """How it is, as programs read it: good, warning or bad."""
        return self.mood.name.lower()


def checks(now: datetime) -> list[Check]:
    """Every part of the system as it is at the moment `now`; without a database only that one."""
    first = _database()
    if first.mood == Mood.BAD:
        return [first, _broker(), _disk(), _files()]
    book = Checkpoint.objects.aggregate(made=Max("at"), confirmed=Max("acknowledged_at"))
    asked: tuple[Callable[[datetime], Check], ...] = (
        _wall,
        _waiting,
        _parked,
        partial(_checkpoint, book["made"]),
        partial(_receipt, book["confirmed"]),
        _year,
        _calendar,
        _guessed,
    )
    return [first, _broker(), *(ask(now) for ask in asked), _disk(), _files()]


def _database() -> Check:
    state = database()
    named = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    if state == "ok":
        return Check("database", _("Database"), named, Mood.GOOD)
    remedy = _("Start the database, or run: manage.py migrate.")
    return Check("database", _("Database"), f"{named}: {state}", Mood.BAD, remedy)


def _wall(now: datetime) -> Check:
    label = _("Wall between agencies")
    if connection.vendor != "postgresql":
        return Check("wall", label, _("kept by the program; SQLite has none"), Mood.GOOD)
    role, standing = walls.found(connection)
    if role:
        found = _("the role %(role)s passes it") % {"role": role}
        remedy = _("Run grant_role as the owner of the tables, and sign in as the role it made.")
        return Check("wall", label, found, Mood.BAD, remedy)
    gone = {one.table for one in WALLS} - standing
    if gone:
        found = _("missing: %(tables)s") % {"tables": ", ".join(sorted(gone))}
        return Check("wall", label, found, Mood.BAD, _("Run migrate as the owner of the tables."))
    return Check("wall", label, _("kept by the program and by the database"), Mood.GOOD)


def _broker() -> Check:
    if not settings.REDIS_URL:
        found = _("none; jobs run in the process of the site")
        return Check("broker", _("Broker"), found, Mood.GOOD)
    if broker() == "ok":
        return Check("broker", _("Broker"), "Redis", Mood.GOOD)
    remedy = _("Start Redis. Filing goes on meanwhile; jobs wait.")
    return Check("broker", _("Broker"), _("Redis does not answer"), Mood.BAD, remedy)


def _waiting(now: datetime) -> Check:
    due = Job.objects.due(now).order_by("ordered_at")
    first = due.first()
    if first is None:
        return Check("oldest_job", _("Oldest undone job"), _("no job waits"), Mood.GOOD)
    since = first.lease_until or first.sent_at if first.attempt else first.ordered_at
    waited = now - (since or first.ordered_at)
    mood = Mood.BAD if waited > WAITS[1] else Mood.WARNING if waited > WAITS[0] else Mood.GOOD
    found = _("waits for %(span)s; %(count)d jobs wait") % {
        "span": _span(waited, now),
        "count": due.count(),
    }
    remedy = _("See that a worker and the relay run.") if mood != Mood.GOOD else ""
    return Check("oldest_job", _("Oldest undone job"), found, mood, remedy)


def _parked(now: datetime) -> Check:
    failed = Job.objects.filter(state=Job.State.FAILED, finished_at__gt=now - PARKED).count()
    found = _("%(count)d in the last seven days") % {"count": failed}
    remedy = _("Read the reasons under Jobs, and queue them again.") if failed else ""
    mood = Mood.WARNING if failed else Mood.GOOD
    return Check("failed_jobs", _("Failed jobs"), found, mood, remedy)


def _checkpoint(last: datetime | None, now: datetime) -> Check:
    remedy = _("Run checkpoint_events every day, and keep the file with another party.")
    label = _("Last checkpoint of the book")
    if last is None:
        return Check("checkpoint", label, _("never made"), Mood.WARNING, remedy)
    late = now - last > CHECKPOINT
    found = _("%(span)s ago") % {"span": _span(now - last, now)}
    mood = Mood.WARNING if late else Mood.GOOD
    return Check("checkpoint", label, found, mood, remedy if late else "")


def _receipt(last: datetime | None, now: datetime) -> Check:
    label, hours = _("Checkpoint confirmed outside"), settings.CHECKPOINT_RECEIPT_HOURS
    found = _("%(span)s ago") % {"span": _span(now - last, now)} if last else _("never")
    remedy = _("Hand a checkpoint out and run acknowledge_checkpoint with the file that came back.")
    if not hours:
        return Check("receipt", label, _("%(when)s; not asked for") % {"when": found}, Mood.GOOD)
    late = last is None or now - last > timedelta(hours=hours)
    soon = last is None or now - last > ALARM
    mood = Mood.BAD if late else Mood.WARNING if soon else Mood.GOOD
    return Check("receipt", label, found, mood, remedy if soon else "")


def _year(now: datetime) -> Check:
    label, owed = _("Data of last year"), due.unpublished(now)
    if owed is None:
        return Check("year", label, _("published"), Mood.GOOD)
    found = _("%(year)s is to be published by %(by)s") % {"year": owed.year, "by": owed.by}
    remedy = _("Let an auditor compile, propose and seal the year.")
    mood = Mood.BAD if owed.late else Mood.WARNING if owed.days_left <= DUE_SOON else Mood.GOOD
    return Check("year", label, found, mood, "" if mood == Mood.GOOD else remedy)


def _calendar(now: datetime) -> Check:
    label, today, arranged = _("Working-day calendar"), local_date(now), WorkingDays.read()
    ahead = (today + CALENDAR_AHEAD).year
    missing = [year for year in (today.year, ahead) if not arranged.covers(year)]
    if not missing:
        found = _("known to the end of %(year)s") % {"year": ahead}
        return Check("calendar", label, found, Mood.GOOD)
    found = _("%(year)s is not entered; deadlines count Monday to Friday") % {"year": missing[0]}
    remedy = _("Enter the yearly notice of the State Council in the registers, or import it.")
    mood = Mood.BAD if missing[0] == today.year else Mood.WARNING
    return Check("calendar", label, found, mood, remedy)


def _guessed(now: datetime) -> Check:
    label = _("Codes tried at the door")
    if not were_guessed(at=now):
        return Check("codes", label, _("no more unknown ones than usual"), Mood.GOOD)
    found = _("more than a thousand unknown ones in a minute, within the last day")
    remedy = _(
        "Find the addresses beside “door.codes_are_being_guessed” in the log and shut them out at "
        "the proxy."
    )
    return Check("codes", label, found, Mood.BAD, remedy)


def _disk() -> Check:
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    share = usage.free / usage.total
    mood = Mood.BAD if share < FREE[1] else Mood.WARNING if share < FREE[0] else Mood.GOOD
    found = _("%(free)s free of %(total)s") % {
        "free": filesizeformat(usage.free),
        "total": filesizeformat(usage.total),
    }
    remedy = _("Make room, or move the files to a larger disk.") if mood != Mood.GOOD else ""
    return Check("disk", _("Disk of the files"), found, mood, remedy)


def _files() -> Check:
    try:
        place = default_storage.save("health/probe", ContentFile(b"probe"))
        default_storage.delete(place)
    except OSError as error:
        remedy = _("Let the site write to FILES_DIR.")
        return Check("files", _("Storage of files"), str(error.strerror), Mood.BAD, remedy)
    return Check("files", _("Storage of files"), _("can be written"), Mood.GOOD)


def _span(length: timedelta, now: datetime) -> str:
    return timesince(now - length, now).replace("\xa0", " ")


@require_safe
def page(request):
    """Every part of the system and how it is."""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.JOB_MANAGE):
        raise PermissionDenied(_("Only administrators see how the system is."))
    now = timezone.now()
    return render(request, "health.html", {"checks": checks(now), "now": now})


class CheckSerializer(serializers.Serializer):
    """One part of the system: what was found, how it is, and what to do."""

    name = serializers.CharField()
    label = serializers.CharField()
    found = serializers.CharField()
    state = serializers.ChoiceField(choices=["good", "warning", "bad"])
    remedy = serializers.CharField()


class HealthViewSet(viewsets.ViewSet):
    """How the system is, for those who run it; /readyz answers without signing in."""

    @extend_schema(responses=CheckSerializer(many=True))
    def list(self, request):
        """Every part of the system and how it is."""
        check_parameters(request.query_params, ())
        if not request.authority.may(Permission.JOB_MANAGE):
            raise NotAuthorised(_("Only administrators see how the system is."))
        return Response(CheckSerializer(checks(timezone.now()), many=True).data)
