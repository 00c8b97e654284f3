"""What an officer reads off a licence at the door, and what his agency has filed there today."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from agencies.calendar import local_date, midnight
from filings.matching import Offer, offers
from filings.models import Filing, Subject
from filings.workflow import Status
from officers.authority import Authority
from officers.roles import Permission

# A licence bears an address with the credit code in it, or a registration number of old.
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[1-9ANY][0-9A-HJ-NPQRTUWXY]{17}(?![0-9A-Z])")
_OLD_NUMBER = re.compile(r"(?<![0-9A-Z])[0-9]{15}(?![0-9A-Z])")
AT_THE_DOOR = (Status.APPROVED, Status.ON_SITE)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A filing of today at this door, and with whom its visit could be made jointly."""

    filing: Filing
    joint: list[Offer]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was read: the code, whose it is, and what is filed; None for nobody one may know."""

    code: str
    subject: Subject | None
    filings: list[Awaited]


def code_in(text: str) -> str:
    """The credit code, or the 15-digit number of old, in what was scanned; empty if there is none.

    The whole text may be the code, or an address that holds it.
    """
    plain = text.upper()
    found = _CREDIT_CODE.search(plain) or _OLD_NUMBER.search(plain)
    return found.group() if found else ""


def scanned(text: str, authority: Authority, now: datetime) -> Scanned:
    """Whose code `text` holds, and which visits of the caller's agencies are for today there.

    A filing is of today when its window meets the day of `now` in Asia/Shanghai, or when its
    officers are on site already.
    """
    code = code_in(text)
    known = Subject.objects.visible_to(authority).filter(uscc=code).first() if code else None
    found = [] if known is None else _today(known, authority, now)
    return Scanned(code, known, [Awaited(one, offers(one, now)) for one in found])


def _today(subject: Subject, authority: Authority, now: datetime) -> list[Filing]:
    day = local_date(now)
    first, last = midnight(day), midnight(day + timedelta(days=1))
    mine = Filing.objects.filter(
        agency__in=authority.agencies(Permission.FILING_CHECK_IN),
        subject=subject,
        origin=Filing.Origin.NATIVE,
        status__in=AT_THE_DOOR,
    )
    today = mine.filter(planned_start__lt=last, planned_end__gt=first)
    there = mine.filter(status=Status.ON_SITE)
    return list((today | there).with_parties().order_by("planned_start", "pk"))
