"""The one way in which a synthetic year enters a database: whole, in one transaction, on record."""

import hashlib
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import journal
from agencies.calendar import year_bounds
from agencies.models import (
    Agency,
    Claim,
    Entrustment,
    InspectionItem,
    ItemVersion,
    LegalBasis,
    Region,
)
from agencies.models import Plan as Plans
from config.synthesis import standing
from config.synthesis.batch import Batch
from config.synthesis.places import PLACES, path
from config.synthesis.plan import Plan
from config.synthesis.writers import Writer, writer_for
from config.synthesis.year import Year
from filings.models import (
    Filing,
    FilingItem,
    FilingOfficer,
    Finding,
    NumberCounter,
    Rating,
    Result,
    Subject,
    Visit,
)
from officers.models import Certificate, Officer

REGISTERS = (
    *(Agency, InspectionItem, ItemVersion, LegalBasis, Claim),
    *(Plans, Entrustment, standing.NAMED, Officer, Certificate),
)
BULK = (Subject, Visit, Filing, FilingItem, FilingOfficer, Result, Finding, Rating)
TABLES = (*REGISTERS, *BULK, NumberCounter)
ACTOR = journal.Actor("generate", "system")
Progress = Callable[[str, int, int, float], None]


class Stage(TextChoices):
    """What is being loaded."""

    REGISTERS = "registers", gettext_lazy("rows of the registers")
    FILINGS = "filings", gettext_lazy("filings")
    COUNTERS = "counters", gettext_lazy("counters of numbers")
    INDEXES = "indexes", gettext_lazy("indexes")


class YearPresent(RuntimeError):
    """The database already holds agencies or filings of the year."""

    code = "year_present"


def load(plan: Plan, *, at: datetime, progress: Progress | None = None) -> str:
    """Write the year of `plan` into the database; the digest of all its rows.

    `progress(stage, rows, of, seconds)` is called after every piece.  Raises ImpossiblePlan or
    YearPresent and then leaves the database as it was.
    """
    plan.check(at)
    with transaction.atomic():
        _refuse_if_present(plan)
        loading = _Loading(plan, at, progress or (lambda *_: None))
        loading.run()
    return loading.digest.hexdigest()


class _Loading:
    """One load under way: what was written, and the digest of it."""

    def __init__(self, plan: Plan, at: datetime, progress: Progress):
        self.plan, self.at, self.progress = plan, at, progress
        self.digest, self.started = hashlib.sha256(), time.monotonic()
        self.writer: Writer = writer_for(connection)

    def run(self) -> None:
        region_ids = regions()
        self.city = Region.objects.get(pk=region_ids["220200"])
        year = Year(self.plan, {model: next_id(model) for model in TABLES}, region_ids)
        self.writer.open(BULK)
        self._batch(Stage.REGISTERS, year.registers())
        done = 0
        for batches in year.filings():
            self._batch(Stage.FILINGS, batches)
            done += next(rows.rows for rows in batches if rows.model is Filing)
            self._tell(Stage.FILINGS, done, year.total())
        self._batch(Stage.COUNTERS, [year.counters()])
        self._tell(Stage.INDEXES, done, done)
        self.writer.close((Region, *TABLES))

    def _batch(self, stage: Stage, batches: Iterable[Batch]) -> None:
        """Write batches and leave one event with the digest of their rows."""
        piece, counts, done = hashlib.sha256(), {}, 0
        for rows in batches:
            text = rows.text()
            piece.update(f"{rows.table}\n".encode() + text)
            self.writer.write(rows, text)
            counts[rows.table] = counts.get(rows.table, 0) + rows.rows
            done += rows.rows
            if stage is Stage.REGISTERS:
                self._tell(stage, done, 0)
        self.digest.update(piece.digest())
        journal.append(
            journal.SYSTEM,
            "load",
            self.city,
            by=ACTOR,
            at=self.at,
            reason="synthetic",
            year=self.plan.year,
            seed=self.plan.seed,
            stage=stage.value,
            rows=counts,
            digest=piece.hexdigest(),
        )

    def _tell(self, stage: Stage, done: int, of: int) -> None:
        self.progress(stage.label, done, of, time.monotonic() - self.started)


def _refuse_if_present(plan: Plan) -> None:
    start, end = year_bounds(plan.year)
    year = {"year": plan.year}
    if Agency.objects.in_force(date(plan.year, 12, 31)).exists():
        raise YearPresent(
            _("the database already has agencies in %(year)s: use an empty one (DATABASE_URL)")
            % year
        )
    if Filing.objects.dated_between(start, end).exists():
        raise YearPresent(
            _("the database already has filings of %(year)s: use an empty one (DATABASE_URL)")
            % year
        )


def regions() -> dict[str, int]:
    """The ids of the divisions by code, those that are missing added."""
    ids = dict(Region.objects.filter(valid_to=None).values_list("code", "id"))
    for place in PLACES:
        if place.code not in ids:
            ids[place.code] = Region.objects.create(
                code=place.code,
                name=place.name,
                kind=place.kind,
                parent_id=ids.get(place.parent),
                path=path(place),
                valid_from=date(2000, 1, 1),
            ).pk
    return ids


def next_id(model) -> int:
    """The first primary key that the table has not used."""
    return (model.objects.aggregate(last=Max("id"))["last"] or 0) + 1
