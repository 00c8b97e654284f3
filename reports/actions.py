"""Order and run the compile of a year; nothing else writes a compilation."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import jobs, journal
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Job, Region
from reports import compiler
from reports.compiler import Found, Told
from reports.definitions import VERSION
from reports.models import Compilation

KIND = "reports.compile_year"
FIRST_YEAR = 1990


class YearOutOfRange(ValueError):
    """The register can have no such year."""

    code = "year_out_of_range"

    def __init__(self, year: int, last: int) -> None:
        message = _("“%(value)s” is not a year from %(first)d to %(last)d.") % {
            "value": year,
            "first": FIRST_YEAR,
            "last": last,
        }
        super().__init__(message)
        self.problems = [{"pointer": "/year", "code": self.code, "rule": "", "message": message}]


def last_year(at: datetime) -> int:
    """The last year that can be compiled: the one after the present."""
    return local_date(at).year + 1


@transaction.atomic
def order(year: int, region: Region, *, by: Actor, at: datetime) -> Compilation:
    """The compile of this year and region that waits or runs, ordered now if there is none.

    Raises YearOutOfRange.
    """
    if not FIRST_YEAR <= year <= last_year(at):
        raise YearOutOfRange(year, last_year(at))
    params = {"year": year, "region": region.code}
    job = jobs.order(KIND, f"{year}:{region.code}", params=params, by=by.name, at=at)
    compilation, ordered = Compilation.objects.get_or_create(
        job=job,
        defaults={"year": year, "region": region, "ordered_by": by.name, "ordered_at": at},
    )
    if ordered:
        journal.append(journal.SYSTEM, "order_year", compilation, by=by, at=at, **params)
    return compilation


def run(
    job_id: UUID | str,
    *,
    clock: Callable[[], datetime],
    told: Told = lambda done, total: None,
) -> Compilation | None:
    """Compile what the job asks for; None when it has ended or another worker holds it.

    What goes wrong is written to the job and raised again.
    """
    began = clock()
    job = jobs.claim(job_id, now=began)
    if job is None:
        return None
    try:
        compilation = Compilation.objects.select_related("region").get(job=job)
        found = compiler.compile_figures(compilation.year, compilation.region, told)
        return _publish(compilation, job, found, as_of=began, at=clock())
    except jobs.LeaseLost:
        raise
    except Exception as error:
        jobs.fail(job, f"{type(error).__name__}: {error}", now=clock())
        raise


@transaction.atomic
def _publish(
    compilation: Compilation, job: Job, found: Found, *, as_of: datetime, at: datetime
) -> Compilation:
    jobs.finish(job, now=at)
    compilation.job = job
    compilation.as_of, compilation.finished_at = as_of, at
    compilation.definitions_version = VERSION
    compilation.figures, compilation.digest = found.text(), found.digest()
    compilation.row_count = found.row_count
    compilation.save()
    journal.append(
        journal.SYSTEM,
        "compile_year",
        compilation,
        by=Actor(journal.SYSTEM),
        at=at,
        year=compilation.year,
        region=compilation.region.code,
        digest=compilation.digest,
        attempt=job.attempt,
    )
    return compilation
