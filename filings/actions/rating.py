"""What an enterprise says of a visit: once, without a name, kept by the day (R-EVA-1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.calendar import local_date, midnight
from agencies.journal import Actor
from filings.actions.moving import require_clean
from filings.actions.supervising import LONGEST, Matter, open_case
from filings.charter import Tag
from filings.models import Filing, Rating, SupervisionCase
from filings.rules import Problem
from filings.verifying import may_rate
from officers.actions import throttling
from officers.actions.throttling import Limit

PER_ADDRESS = Limit("rating.address", 30, timedelta(hours=1))
LEVELS = range(1, 6)
BAD = 2


class AlreadyRated(Exception):
    """The visit has its one rating; the first one stands."""

    code = "already_rated"


@dataclass(frozen=True)
class Opinion:
    """How the visit was: a level, what was noticed, and words."""

    level: int
    tags: tuple[str, ...] = ()
    text: str = ""


def rate(filing: Filing, opinion: Opinion, *, address: str, at: datetime) -> SupervisionCase | None:
    """Keep the rating of the filing's visit; a bad one opens a case, which is returned.

    Raises FilingIncomplete naming what is wrong, AlreadyRated, TooManyAttempts.  The try is counted
    before the rating is written, and stays counted when it is refused.
    """
    require_clean(_wrong(filing, opinion, at))
    throttling.take(PER_ADDRESS, address, at=at)
    return _keep(filing, opinion, midnight(local_date(at)))


@transaction.atomic
def _keep(filing: Filing, opinion: Opinion, day: datetime) -> SupervisionCase | None:
    """The rating, its event and its case, none of them with a finer time than the day.

    The event stands in the book of the system, for the agency reads its own.
    """
    said = {
        "level": opinion.level,
        "tags": sorted(set(opinion.tags)),
        "text": opinion.text.strip(),
        "rated_on": local_date(day),
    }
    rating, made = Rating.objects.get_or_create(visit=filing.visit, defaults=said)
    if not made:
        raise AlreadyRated(_("This visit has been rated already; the first rating stands."))
    journal.append(journal.SYSTEM, "rate", rating, by=Actor("", "subject"), at=day)
    if opinion.level > BAD:
        return None
    return open_case(filing, Matter(SupervisionCase.Kind.BAD_RATING, text=opinion.text), at=day)


def _wrong(filing: Filing, opinion: Opinion, at: datetime) -> list[Problem]:
    if not may_rate(filing, at):
        message = _("A visit is rated from the arrival until 30 days after its result.")
        return [Problem("", "rating_closed", "R-EVA-1", message)]
    found = []
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
