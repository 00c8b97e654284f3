"""Keeping a filter of the queue under a name, and letting it go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from filings.models import SavedFilter
from filings.rules import FilingIncomplete, Problem
from officers.authority import Authority
from officers.roles import Permission

MOST = 20


@transaction.atomic
def save_filter(name: str, query: str, *, by: Authority, at: datetime) -> SavedFilter:
    """Keep `query` as `name`, in place of what bore the name; at most twenty for one account.

    Raises FilingIncomplete without a name of 1 to 40 characters, and when twenty are kept.
    """
    name = name.strip()
    mine = SavedFilter.objects.filter(account=by.account)
    if not 1 <= len(name) <= 40:
        raise _refused("name", _("Give the filter a name of 1 to 40 characters."))
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        told = _("%(most)d filters are kept already; remove one first.") % {"most": MOST}
        raise _refused("name", told)
    kept, _new = SavedFilter.objects.update_or_create(
        account=by.account, name=name, defaults={"query": query, "created_at": at}
    )
    _tell("save_filter", kept, by, at)
    return kept


@transaction.atomic
def forget_filter(kept: SavedFilter, *, by: Authority, at: datetime) -> None:
    """Let the filter go."""
    _tell("forget_filter", kept, by, at)
    kept.delete()


def _refused(field: str, message: str) -> FilingIncomplete:
    return FilingIncomplete([Problem("bad_filter_name", "", f"/{field}", message)])


def _tell(verb: str, kept: SavedFilter, by: Authority, at: datetime) -> None:
    actor = by.actor(Permission.FILING_READ)
    journal.append(journal.SYSTEM, verb, kept, by=actor, at=at, name=kept.name, query=kept.query)
