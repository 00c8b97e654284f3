"""What is kept for how long, by which law, and what disposing of it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from agencies import walls
from agencies.calendar import local_date
from agencies.models import Event, Job
from filings.models import Filing, Kept, Rating, RetentionPeriod, Upload, Visit
from officers.models import ApiToken


@dataclass(frozen=True, slots=True)
class Term:
    """For how many days, and by what."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Law:
    """The days by default and at least, their source, which rows are due and what is done."""

    days: int
    source: str
    due: Callable[[datetime], QuerySet[Any]]
    dispose: Callable[[Sequence[Any]], None]
    least: Callable[[], int] = lambda: 1


def days(kind: str, on: date) -> int:
    """How long things of the kind are kept, on the day `on`."""
    return terms(on)[Kept(kind)].days


def terms(on: date) -> dict[Kept, Term]:
    """How long things of every kind are kept on the day `on`, and by what: one question."""
    set_so = {one.kind: one for one in RetentionPeriod.objects.begun(on)}
    found = {}
    for kind, law in LAW.items():
        held = set_so.get(kind)
        longest = max(held.days if held else law.days, law.least())
        found[kind] = Term(longest, held.source if held and held.source else law.source)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One kind: how long it is kept today, by what, and how much is due."""

    kind: str
    label: str
    days: int
    source: str
    due: int


@walls.opened()
def lines(now: datetime) -> list[Line]:
    """Every kind as it stands now, counted over all agencies."""
    found = []
    for kind, term in terms(local_date(now)).items():
        due = LAW[kind].due(now - timedelta(days=term.days)).count()
        found.append(Line(kind, str(kind.label), term.days, term.source, due))
    return found


def _rating_texts(cutoff: datetime) -> QuerySet[Any]:
    return Rating.objects.filter(rated_on__lt=local_date(cutoff)).exclude(text="")


def _blank_ratings(rows: Sequence[Any]) -> None:
    Rating.objects.filter(pk__in=[row.pk for row in rows]).update(text="")


def _drafts(cutoff: datetime) -> QuerySet[Any]:
    """Native drafts that nothing rests on and that nothing happened to since."""
    since = Event.objects.filter(
        object_type="filings.filing",
        object_id=Cast(OuterRef("pk"), CharField()),
        at__gte=cutoff,
    )
    bare = {"evidence": None, "alerts": None, "cases": None, "offline": None, "result": None}
    rows = Filing.objects.filter(status="draft", origin="native", created_at__lt=cutoff, **bare)
    return rows.exclude(Exists(since))


def _remove_drafts(rows: Sequence[Any]) -> None:
    visits = [row.visit_id for row in rows if row.visit_id]
    Filing.objects.filter(pk__in=[row.pk for row in rows], status="draft").delete()
    Visit.objects.filter(pk__in=visits, filings=None).delete()


def _files(cutoff: datetime) -> QuerySet[Any]:
    ended = Upload.objects.filter(uploaded_at__lt=cutoff).exclude(job__state__in=_LIVE)
    return ended.exclude(place="", refused_place="")


def _taken_files(cutoff: datetime) -> QuerySet[Any]:
    return _files(cutoff).exclude(batch=None)


def _unconfirmed_files(cutoff: datetime) -> QuerySet[Any]:
    return _files(cutoff).filter(batch=None)


def _remove_files(rows: Sequence[Any]) -> None:
    """The rows say that there was a file and how it was judged; its content is gone."""
    places = [place for row in rows for place in (row.place, row.refused_place) if place]
    Upload.objects.filter(pk__in=[row.pk for row in rows]).update(
        place="", refused_place="", faults=[]
    )

    def remove() -> None:
        for place in places:
            default_storage.delete(place)

    transaction.on_commit(remove)


def _tokens(cutoff: datetime) -> QuerySet[Any]:
    return ApiToken.objects.filter(Q(expires_at__lt=cutoff) | Q(revoked_at__lt=cutoff))


def _remove_tokens(rows: Sequence[Any]) -> None:
    ApiToken.objects.filter(pk__in=[row.pk for row in rows]).delete()


_LIVE = (Job.State.QUEUED, Job.State.RUNNING)
_PIPL = "个人信息保护法第十九条、第四十七条"
LAW: dict[Kept, Law] = {
    Kept.RATING_TEXT: Law(365, _PIPL, _rating_texts, _blank_ratings),
    Kept.DRAFT: Law(90, _PIPL, _drafts, _remove_drafts),
    Kept.IMPORT_FILE: Law(30, _PIPL, _taken_files, _remove_files),
    Kept.UNCONFIRMED_FILE: Law(7, _PIPL, _unconfirmed_files, _remove_files),
    Kept.TOKEN: Law(
        1095,
        "网络安全法（网络日志留存不少于六个月）",
        _tokens,
        _remove_tokens,
        lambda: settings.AUDIT_RETENTION,
    ),
}
