"""Disposing of what was kept long enough: proposed, agreed to by two, done by a job (c.3, row 27).

The book stays whole: it tells which rows went, by number, and nothing of what they said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from agencies import jobs, journal, walls
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.journal import Actor
from agencies.models import Job, Region
from filings.actions import kept
from filings.models import Disposal, Kept, RetentionPeriod
from officers.authority import Authority
from officers.roles import Permission, Role

KIND = "filings.dispose"
BATCH = 200
CITYWIDE = (Region.Kind.PROVINCE, Region.Kind.PREFECTURE)


class DisposalClosed(Exception):
    """The disposal was agreed to, declined or done already."""

    code = "disposal_closed"


class PeriodUnlawful(ValueError):
    """The period is shorter than the law lets it be, or is set for a day that has passed."""

    code = "period_unlawful"


@dataclass(frozen=True, slots=True)
class Period:
    """How long things of `kind` are kept from the day `since` on, by what."""

    kind: str
    days: int
    since: date
    source: str


@transaction.atomic
def set_period(said: Period, *, by: Authority, at: datetime) -> RetentionPeriod:
    """The period that holds from a day on.  Raises NotAuthorised, PeriodUnlawful."""
    if not by.may(Permission.RULES_SET):
        raise NotAuthorised(
            _("Your appointment does not include setting how long things are kept.")
        )
    least = kept.LAW[Kept(said.kind)].least()
    if said.days < least:
        raise PeriodUnlawful(_("It is kept for at least %(days)d days.") % {"days": least})
    if said.since < local_date(at):
        raise PeriodUnlawful(_("This day has passed. Give today or a later one."))
    made, _new = RetentionPeriod.objects.update_or_create(
        kind=said.kind,
        valid_from=said.since,
        defaults={"days": said.days, "source": said.source},
    )
    told = {"kind": said.kind, "days": said.days, "since": said.since, "source": said.source}
    actor = by.actor(Permission.RULES_SET)
    journal.append(journal.SYSTEM, "set_retention", made, by=actor, at=at, **told)
    return made


@walls.opened()
@transaction.atomic
def propose(kind: str, *, by: Authority | Actor, at: datetime) -> Disposal | None:
    """What of the kind is due today, for two people to agree to; None when nothing is.

    The one that is open already is given back.  Raises NotAuthorised.
    """
    if isinstance(by, Authority) and not by.may(Permission.JOB_MANAGE):
        raise NotAuthorised(_("Only system administrators propose disposals."))
    actor = by if isinstance(by, Actor) else by.actor(Permission.JOB_MANAGE)
    open_ = Disposal.objects.filter(kind=kind, done_at=None, declined_at=None).first()
    if open_ is not None:
        return open_
    cutoff = at - timedelta(days=kept.days(kind, local_date(at)))
    due = kept.LAW[Kept(kind)].due(cutoff).count()
    if not due:
        return None
    made = Disposal.objects.create(
        kind=kind, cutoff=cutoff, due=due, proposed_by=actor.name, proposed_at=at
    )
    told = {"kind": kind, "cutoff": cutoff, "due": due}
    journal.append(journal.SYSTEM, "propose_disposal", made, by=actor, at=at, **told)
    return made


def propose_all(*, at: datetime) -> int:
    """Propose whatever is due of every kind; how many disposals are open now."""
    return sum(propose(kind, by=Actor("schedule"), at=at) is not None for kind in Kept)


@transaction.atomic
def agree(disposal: Disposal, *, by: Authority, at: datetime) -> Disposal:
    """The word of a supervisor or of an auditor; with both, the job is ordered.

    Raises NotAuthorised, for one who gave the other word too, and DisposalClosed.
    """
    held = _open(disposal)
    actor, place = _word(held, by)
    setattr(held, place, by.account)
    if held.supervisor_id and held.auditor_id:
        params = {"disposal": held.pk}
        held.job = jobs.order(KIND, str(held.pk), params=params, by=by.account.username, at=at)
    held.save()
    told = {"kind": held.kind, "as_": place}
    journal.append(journal.SYSTEM, "agree_to_disposal", held, by=actor, at=at, **told)
    return held


@transaction.atomic
def decline(disposal: Disposal, *, by: Authority, at: datetime, reason: str) -> Disposal:
    """Keep it for now; it is proposed anew when somebody asks.

    Raises NotAuthorised, DisposalClosed.
    """
    held = _open(disposal)
    actor, _place = _word(held, by)
    held.declined_at = at
    held.save(update_fields=["declined_at"])
    told = {"kind": held.kind, "reason": reason}
    journal.append(journal.SYSTEM, "decline_disposal", held, by=actor, at=at, **told)
    return held


def _open(disposal: Disposal) -> Disposal:
    held = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    if not held.is_open():
        raise DisposalClosed(_("This disposal was agreed to, declined or done already."))
    return held


def _word(disposal: Disposal, by: Authority) -> tuple[Actor, str]:
    """Whose word it is: the one of the two that is missing and the caller may give."""
    for role, place in ((Role.SUPERVISOR, "supervisor"), (Role.AUDITOR, "auditor")):
        other = disposal.auditor_id if place == "supervisor" else disposal.supervisor_id
        if getattr(disposal, f"{place}_id") is None and may_agree(by, role):
            if other == by.account.pk:
                raise NotAuthorised(_("Another person gives the second word."))
            return Actor(by.account.name, role), place
    raise NotAuthorised(
        _("A supervisor and an auditor of the city or the province agree to a disposal.")
    )


def may_agree(by: Authority, role: Role) -> bool:
    """Whether the caller speaks as `role` for the whole city: disposals know no smaller part."""
    return any(
        one.role == role and one.region is not None and one.region.kind in CITYWIDE
        for one in by.granting(Permission.DISPOSAL_AGREE)
    )


def run(job_id: UUID | str, *, clock: Callable[[], datetime]) -> None:
    """Dispose of what the job asks for, batch by batch; what is done stays done."""
    jobs.work(job_id, lambda job: _dispose(job, clock), clock=clock)


def _dispose(job: Job, clock: Callable[[], datetime]) -> None:
    disposal = Disposal.objects.get(job=job)
    while _batch(disposal, clock()):
        jobs.progress(job, disposal.disposed, max(disposal.due, disposal.disposed), now=clock())
    with transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(done_at=clock())
        jobs.finish(job, now=clock())


@transaction.atomic
def _batch(disposal: Disposal, at: datetime) -> bool:
    """One batch and its event; False when nothing is left."""
    law = kept.LAW[Kept(disposal.kind)]
    rows: list[Model] = list(law.due(disposal.cutoff).order_by("pk")[:BATCH])
    if not rows:
        return False
    ids = [row.pk for row in rows]
    law.dispose(rows)
    disposal.disposed += len(rows)
    Disposal.objects.filter(Q(pk=disposal.pk)).update(disposed=disposal.disposed)
    told = {"kind": disposal.kind, "ids": ids, "cutoff": disposal.cutoff}
    journal.append(journal.SYSTEM, "dispose", disposal, by=Actor("dispose"), at=at, **told)
    return True
