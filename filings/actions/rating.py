"""What an enterprise says of a visit: once, without a name, kept by the day (R-EVA-1, R-EVA-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.calendar import local_date, midnight
from agencies.journal import Actor
from filings import rights
from filings.actions.moving import require_clean
from filings.actions.supervising import LONGEST, Matter, open_against
from filings.charter import Tag
from filings.models import Contact, Filing, Rating, SupervisionCase, Visit
from filings.rules import Problem
from filings.verifying import may_rate
from officers.actions import throttling
from officers.actions.throttling import Limit

PER_ADDRESS = Limit("rating.address", 30, timedelta(hours=1))
PER_RIGHT = Limit("rating.right", 10, timedelta(hours=1))
LEVELS = range(1, 6)
BAD = 2


class AlreadyRated(Exception):
    """The right was used; the first rating stands."""

    code = "already_rated"


class RightGiven(Exception):
    """The right to rate this visit was given to another device."""

    code = "right_given"


class NoRight(Exception):
    """What was sent is not the right to rate this visit."""

    code = "no_right"


@dataclass(frozen=True)
class Caller:
    """Who calls at the door, as far as it matters: the address, and whether an office uses it."""

    address: str
    of_staff: bool = False


@dataclass(frozen=True)
class Opinion:
    """How the visit was: a level, what was noticed, and words; `named` to tell which visit."""

    level: int
    tags: tuple[str, ...] = ()
    text: str = ""
    named: bool = False


def give_right(
    filing: Filing, secret: str, *, caller: Caller, at: datetime, own: bool = False
) -> None:
    """Make `secret` the right to rate the filing's visit, unless another one is that already.

    A subject with a registered contact gets it there only: `own` says that the caller came in by
    it.  A contact entered after the filing makes the rating doubtful.

    Given again to the same device it changes nothing.  No event tells of it: one after another,
    the book would say whose rating came next.  Raises FilingIncomplete, RightGiven, NoRight,
    TooManyAttempts.
    """
    require_clean(_closed(filing, at))
    if not rights.well_formed(secret):
        _miss(caller, at)
    contact = Contact.objects.filter(subject=filing.subject_id).first()
    if contact and not own:
        raise RightGiven(_("This visit is rated by the registered contact of the enterprise."))
    late = contact is not None and contact.since > local_date(filing.dated_at)
    kept = rights.given(secret, doubtful=late or _doubted(caller, at))
    visit = filing.visit
    if visit and Visit.objects.filter(pk=visit.pk, right="").update(right=kept):
        visit.right = kept
        return
    if visit:
        visit.refresh_from_db(fields=["right"])
    if _doubt(filing, secret) is None:
        throttling.take(PER_ADDRESS, caller.address, at=at)
        raise RightGiven(
            _("The right to rate this visit was given to another device. Was it not yours?")
        )


def rate(
    filing: Filing, secret: str, opinion: Opinion, *, caller: Caller, at: datetime
) -> SupervisionCase | None:
    """Keep the rating of the visit by the right `secret`; a bad one opens a case, returned.

    Tries without the right count against the address, so that who holds it is kept out by
    nobody.  Raises NoRight, FilingIncomplete naming what is wrong, AlreadyRated, TooManyAttempts.
    """
    doubtful = _doubt(filing, secret)
    if doubtful is None:
        _miss(caller, at)
    throttling.take(PER_RIGHT, rights.spent(secret), at=at)
    require_clean(_wrong(filing, opinion, at))
    day = midnight(local_date(at))
    return _keep(filing, secret, opinion, bool(doubtful) or _doubted(caller, at), day)


@transaction.atomic
def _keep(
    filing: Filing, secret: str, opinion: Opinion, doubtful: bool, day: datetime
) -> SupervisionCase | None:
    """The rating, its event and its case, none of them with a finer time than the day.

    The event stands in the book of the system, for the agency reads its own.
    """
    said = {
        "agency": filing.agency,
        "level": opinion.level,
        "tags": sorted(set(opinion.tags)),
        "text": opinion.text.strip(),
        "rated_on": local_date(day),
        "doubtful": doubtful,
    }
    rating, made = Rating.objects.get_or_create(spent=rights.spent(secret), defaults=said)
    if not made:
        raise AlreadyRated(_("This visit has been rated already; the first rating stands."))
    journal.append(journal.SYSTEM, "rate", rating, by=Actor("", "subject"), at=day)
    if opinion.level > BAD:
        return None
    matter = Matter(
        SupervisionCase.Kind.BAD_RATING, tuple(rating.tags), opinion.text, level=opinion.level
    )
    return open_against(filing.agency, matter, filing=filing if opinion.named else None, at=day)


def _doubt(filing: Filing, secret: str) -> bool | None:
    if filing.visit is None or not rights.well_formed(secret):
        return None
    return rights.doubt(filing.visit.right, secret)


def _doubted(caller: Caller, at: datetime) -> bool:
    """Whether somebody of the offices signed in on this device or from this network of late."""
    return caller.of_staff or throttling.is_known(caller.address, at=at)


def _miss(caller: Caller, at: datetime) -> None:
    throttling.take(PER_ADDRESS, caller.address, at=at)
    raise NoRight(_("This is not the right to rate this visit. Begin again from the code."))


def _closed(filing: Filing, at: datetime) -> list[Problem]:
    if may_rate(filing, at):
        return []
    message = _("A visit is rated from the arrival until 30 days after its result.")
    return [Problem("", "rating_closed", "R-EVA-1", message)]


def _wrong(filing: Filing, opinion: Opinion, at: datetime) -> list[Problem]:
    found = _closed(filing, at)
    if found:
        return found
    if opinion.level not in LEVELS:
        message = _("“%(value)s” is no level; give one from 1 to 5.") % {"value": opinion.level}
        found.append(Problem("level", "unknown_level", "R-EVA-1", message))
    if not set(opinion.tags) <= set(Tag.values):
        message = _("Choose what you noticed from the list.")
        found.append(Problem("tags", "unknown_tag", "R-EVA-1", message))
    if len(opinion.text) > LONGEST:
        message = _("Say it in at most %(most)d characters.") % {"most": LONGEST}
        found.append(Problem("text", "text_too_long", "R-EVA-1", message))
    return found
