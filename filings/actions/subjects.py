"""What the register says of an inspected subject, changed by whoever keeps registers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies import journal
from agencies.actions import rewrite
from agencies.authority import By, keeper
from agencies.spelling import search_text
from filings.models import Subject


@transaction.atomic
def change_subject(
    subject: Subject, said: Mapping[str, Any], *, by: By, at: datetime, reason: str
) -> Subject:
    """The subject as `said` gives it anew; a name it bore before stays among its former names.

    Raises RegisterRefused and NotAuthorised.
    """
    actor = keeper(by, None)
    held = Subject.objects.select_for_update().get(pk=subject.pk)
    name = said.get("name", held.name)
    if name != held.name:
        held.former_names = [*held.former_names, held.name]
        held.search = search_text(name)
    facts = rewrite(held, said)
    journal.append(journal.SYSTEM, "change", held, by=actor, at=at, reason=reason, **facts)
    return held
