"""What the register looks for by itself every night, and tells the supervisors of."""

from datetime import datetime

from django.db import transaction

from agencies import journal
from agencies.calendar import local_date
from agencies.journal import Actor
from filings.models import Alert
from filings.rules.settings import Settings
from filings.rules.swept import Found, found_at


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """One round of the sweeps; how many alerts are new.  Doing it twice raises nothing more."""
    settings = Settings.on(local_date(at), None)
    found = [one for one in found_at(at) if not _known(one)]
    for one in found:
        alert = Alert.objects.create(
            code=one.code,
            severity=settings.severity(one.code),
            setting=settings.by_code[one.code].row,
            about=one.about,
            agency=one.agency,
            filing=one.filing,
            subject=one.filing.subject if one.filing else None,
            text=one.text,
            numbers=one.numbers,
            created_at=at,
        )
        journal.append(
            one.agency.code,
            "raise",
            alert,
            by=Actor(journal.SYSTEM, "clock"),
            at=at,
            code=one.code,
            numbers=one.numbers,
        )
    return len(found)


def _known(one: Found) -> bool:
    return Alert.objects.filter(about=one.about, code=one.code).exists()
