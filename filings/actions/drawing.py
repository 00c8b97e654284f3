"""Freezing a pool, drawing from it under a public number, and setting drawn subjects aside."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.calendar import local_date
from agencies.models import Agency
from agencies.refusals import RegisterRefused
from filings import draws
from filings.models import Conflict, Draw, DrawnSubject, Subject
from officers.authority import Authority
from officers.models import Officer

MOST = 20_000
UNRATED = "-"
PERCENT = {"D": 50, "C": 30, "B": 15, "A": 5, UNRATED: 15}


@dataclass(frozen=True)
class Announced:
    """What is announced before the draw: name, strata, and the public number it will hang on.

    `percent` gives the share drawn of each credit class; `kind` and `industry` narrow the pool.
    """

    name: str
    public_source: str
    public_on: date
    percent: dict[str, int] = field(default_factory=lambda: dict(PERCENT))
    officers_each: int = 2
    kind: str = ""
    industry: str = ""


def freeze(agency: Agency, said: Announced, *, by: Authority, at: datetime) -> Draw:
    """The pool of the agency's region as it is now, published before anybody knows the number.

    Raises NotAuthorised and RegisterRefused.
    """
    actor = by.keeper(agency)
    today = local_date(at)
    _require_announced(said, today)
    inside, excluded = _sorted_out(agency, said, today)
    officers = _officers(agency, today)
    _require_drawable(inside, officers, said)
    pool = {
        "agency": agency.code,
        "name": said.name,
        "percent": {code: said.percent.get(code, 0) for code in PERCENT},
        "officers_each": said.officers_each,
        "candidates": [_entry(subject) for subject in inside],
        "officers": officers,
        "conflicts": _conflicts(agency, today),
    }
    secret = secrets.token_hex(32)
    try:
        with transaction.atomic():
            made = Draw.objects.create(
                agency=agency,
                name=said.name,
                year=today.year,
                pool=draws.canonical(pool),
                pool_hash=draws.pool_hash(pool),
                candidates=len(inside),
                excluded=excluded,
                secret=secret,
                commitment=draws.digest(secret),
                public_source=said.public_source,
                public_on=said.public_on,
                frozen_at=at,
                frozen_by=by.account.name,
            )
            told = {"pool": made.pool_hash, "commitment": made.commitment}
            journal.append(agency.code, "freeze_draw", made, by=actor, at=at, **told)
    except IntegrityError as error:
        raise RegisterRefused.at(
            "name", "present", _("This year has a draw of that name already.")
        ) from error
    return made


def _require_announced(said: Announced, today: date) -> None:
    if said.public_on <= today:
        raise RegisterRefused.at(
            "public_on", "known", _("Choose a number that becomes known after today.")
        )
    wrong = [n for n, share in said.percent.items() if n not in PERCENT or not 0 <= share <= 100]
    if wrong:
        message = _("“%(name)s” is no credit class with a share from 0 to 100.")
        raise RegisterRefused.at("percent", "percent", message % {"name": wrong[0][:10]})
    if not 2 <= said.officers_each <= 10:
        raise RegisterRefused.at(
            "officers_each", "too_few", _("Two to ten officers visit each subject (R-OFF-2).")
        )


def _sorted_out(
    agency: Agency, said: Announced, today: date
) -> tuple[list[Subject], list[dict[str, str]]]:
    """Who can be drawn, and who stays out with the reason."""
    rows = Subject.objects.filter(business_region__path__startswith=agency.region.path)
    if said.kind:
        rows = rows.filter(kind=said.kind)
    if said.industry:
        rows = rows.filter(industry__startswith=said.industry)
    drawn = set(
        DrawnSubject.objects.filter(
            draw__agency=agency, draw__year=today.year, set_aside_at=None
        ).values_list("subject", flat=True)
    )
    inside, excluded = [], []
    for subject in rows.order_by("pk")[: MOST + 1]:
        why = next(_reasons(subject, drawn, today), None)
        if why is None:
            inside.append(subject)
        else:
            excluded.append({"id": _identifier(subject), "name": subject.name, "reason": why})
    return inside, excluded


def _reasons(subject: Subject, drawn: set[int], today: date) -> Iterator[str]:
    if subject.pk in drawn:
        yield _("drawn this year already (R-DUP-5)")
    if subject.registration != Subject.Registration.ACTIVE:
        yield str(subject.get_registration_display())
    start, end = subject.whitelisted_from, subject.whitelisted_to
    if start and start <= today and (end is None or today < end):
        yield _("on the list of those not to be disturbed")


def _require_drawable(inside: list[Subject], officers: list[str], said: Announced) -> None:
    if len(inside) > MOST:
        message = _("The pool holds more than %(most)d subjects. Narrow it.") % {"most": MOST}
        raise RegisterRefused.at("kind", "too_many", message)
    if not any(said.percent.get(_stratum(one), 0) for one in inside):
        raise RegisterRefused.at("kind", "empty", _("Nobody can be drawn from this pool."))
    if len(officers) < said.officers_each:
        message = _("Only %(count)d officers of the agency hold a valid certificate today.")
        raise RegisterRefused.at("officers_each", "too_many", message % {"count": len(officers)})


def _entry(subject: Subject) -> dict[str, str]:
    return {"id": _identifier(subject), "stratum": _stratum(subject)}


def _identifier(subject: Subject) -> str:
    return str(subject.uscc or f"#{subject.pk}")


def _stratum(subject: Subject) -> str:
    return str(subject.credit_class or UNRATED)


def _officers(agency: Agency, today: date) -> list[str]:
    held = Officer.objects.filter(agency=agency).in_service(today).certified(today)
    return list(held.order_by("code").values_list("code", flat=True))


def _conflicts(agency: Agency, today: date) -> list[list[str]]:
    held = Conflict.objects.in_force(today).filter(officer__agency=agency)
    return [
        [one.officer.code, _identifier(one.subject)]
        for one in held.select_related("officer", "subject").order_by("pk")
    ]


@transaction.atomic
def draw(held: Draw, number: str, *, by: Authority, at: datetime) -> Draw:
    """Draw under the public number, which is known now.  Raises NotAuthorised, RegisterRefused."""
    actor = by.keeper(held.agency)
    held = Draw.objects.select_for_update(of=("self",)).select_related("agency").get(pk=held.pk)
    if held.drawn_at is not None:
        raise RegisterRefused.at("number", "drawn", _("This draw has been made; it stays."))
    if local_date(at) < held.public_on:
        message = _("The number is known on %(day)s, not before.") % {"day": held.public_on}
        raise RegisterRefused.at("number", "too_early", message)
    number = " ".join(number.split())
    if not number:
        raise RegisterRefused.at("number", "required", _("Enter the number as it was published."))
    held.number, held.drawn_at = number, at
    held.seed = draws.seed(held.secret, number, held.pool_hash)
    held.version += 1
    held.save()
    _keep(held, draws.outcome(json.loads(held.pool), held.seed))
    told = {"number": number, "seed": held.seed}
    journal.append(held.agency.code, "draw", held, by=actor, at=at, **told)
    return held


@transaction.atomic
def set_aside(one: DrawnSubject, *, by: Authority, at: datetime, reason: str) -> None:
    """Keep the drawn subject with the reason why it is not visited, and draw the next.

    Raises NotAuthorised and RegisterRefused.
    """
    actor = by.keeper(one.draw.agency)
    held = Draw.objects.select_for_update(of=("self",)).select_related("agency").get(pk=one.draw_id)
    one = DrawnSubject.objects.get(pk=one.pk)
    if one.set_aside_at is not None:
        raise RegisterRefused.at("reason", "set_aside", _("It has been set aside already."))
    if not reason.strip():
        raise RegisterRefused.at("reason", "required", _("Give the reason."))
    order = DrawnSubject.objects.filter(draw=held).exclude(set_aside_at=None).count()
    one.set_aside_at, one.set_aside_order, one.reason = at, order, reason.strip()
    one.save()
    held.version += 1
    held.save()
    gone = [_identifier(row.subject) for row in set_aside_rows(held)]
    _keep(held, draws.outcome(json.loads(held.pool), held.seed, gone))
    told = {"subject": _identifier(one.subject)}
    journal.append(held.agency.code, "set_aside", held, by=actor, at=at, reason=reason, **told)


def set_aside_rows(held: Draw) -> Any:
    """Those set aside, in the order in which it was done."""
    gone = held.drawn.exclude(set_aside_at=None)
    return gone.select_related("subject").order_by("set_aside_order")


def _keep(held: Draw, found: list[dict[str, Any]]) -> None:
    """Write down who was drawn beyond those that are written down."""
    fresh = found[held.drawn.count() :]
    codes = [one["id"] for one in fresh]
    named = {str(s.uscc): s for s in _in_slices(codes)}
    keys = [int(code[1:]) for code in codes if code.startswith("#")]
    named |= {f"#{s.pk}": s for s in Subject.objects.filter(pk__in=keys)}
    first = held.drawn.count()
    DrawnSubject.objects.bulk_create(
        DrawnSubject(
            draw=held,
            subject=named[one["id"]],
            place=first + place,
            stratum=one["stratum"],
            officers=one["officers"],
        )
        for place, one in enumerate(fresh, 1)
    )


def _in_slices(codes: list[str]) -> Iterator[Subject]:
    for start in range(0, len(codes), 5000):
        yield from Subject.objects.filter(uscc__in=codes[start : start + 5000])


def protocol(held: Draw) -> dict[str, Any]:
    """Everything by which a stranger checks the draw; the secret is in it once it is drawn."""
    pool = json.loads(held.pool)
    known = {
        "name": held.name,
        "agency": held.agency.code,
        "pool": pool,
        "pool_hash": held.pool_hash,
        "commitment": held.commitment,
        "public_source": held.public_source,
        "public_on": held.public_on.isoformat(),
        "frozen_at": held.frozen_at.isoformat(),
        "excluded": held.excluded,
    }
    if held.drawn_at is None:
        return known
    drawn = held.drawn.select_related("subject").order_by("place")
    return known | {
        "secret": held.secret,
        "number": held.number,
        "seed": held.seed,
        "drawn_at": held.drawn_at.isoformat(),
        "drawn": [
            {"id": _identifier(one.subject), "stratum": one.stratum, "officers": one.officers}
            for one in drawn
        ],
        "set_aside": [
            {"id": _identifier(one.subject), "reason": one.reason} for one in set_aside_rows(held)
        ],
    }
