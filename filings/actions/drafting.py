"""How a filing comes to be: drafted and revised."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import journal
from agencies.authority import NotAuthorised
from agencies.models import Agency, ItemVersion
from filings.actions.moving import move, require, require_clean
from filings.models import Filing, FilingItem, FilingOfficer, Subject
from filings.rules.when import window_reversed
from filings.workflow import STEPS, Verb
from officers.authority import Authority
from officers.models import Officer


@dataclass(frozen=True)
class Draft:
    """What an officer says of an inspection to come; the first officer leads."""

    subject: Subject
    check_type: str
    trigger: str
    planned_start: datetime
    planned_end: datetime
    items: tuple[ItemVersion, ...] = ()
    officers: tuple[Officer, ...] = ()
    place: str = ""
    method: str = ItemVersion.Method.ON_SITE
    on_site_reason: str = ""
    trigger_source: str = ""
    plan_number: str = ""
    assistants: int = 0
    third_party: str = ""
    double_random: bool = False
    unannounced: bool = False
    recheck: bool = False

    def columns(self) -> dict[str, Any]:
        """The values that are columns of the filing itself."""
        apart = {"items", "officers"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in apart}


@transaction.atomic
def draft(agency: Agency, said: Draft, *, by: Authority, at: datetime) -> Filing:
    """A new draft of `agency`; it may still be incomplete.  Raises NotAuthorised."""
    needs = STEPS[Verb.DRAFT].needs
    if not by.may(needs, agency):
        raise NotAuthorised(_("Your appointment does not include this for this agency."))
    require_clean(window_reversed(said.planned_start, said.planned_end))
    filing = Filing.objects.create(
        agency=agency,
        principal=agency.principal,
        dated_at=at,
        created_at=at,
        created_by=by.account,
        **said.columns(),
    )
    write_parts(filing, said.items, said.officers)
    journal.append(
        agency.code,
        Verb.DRAFT,
        filing,
        by=by.actor(needs, agency),
        at=at,
        **told(said),
    )
    return filing


@transaction.atomic
def revise(filing: Filing, said: Draft, *, by: Authority, at: datetime) -> Filing:
    """The draft or returned filing with what it says replaced by `said`."""
    require(Verb.REVISE, filing, by)
    require_clean(window_reversed(said.planned_start, said.planned_end))
    filing.items.all().delete()
    filing.members.all().delete()
    write_parts(filing, said.items, said.officers)
    return move(filing, Verb.REVISE, by=by, at=at, facts=told(said), **said.columns())


def write_parts(
    filing: Filing, versions: Iterable[ItemVersion], officers: Iterable[Officer]
) -> None:
    """Name the items and officers of a filing that has none of these; the first officer leads."""
    FilingItem.objects.bulk_create(
        FilingItem(filing=filing, item_version=version) for version in dict.fromkeys(versions)
    )
    FilingOfficer.objects.bulk_create(
        FilingOfficer(filing=filing, officer=officer, lead=place == 0)
        for place, officer in enumerate(dict.fromkeys(officers))
    )


def told(said: Draft) -> dict[str, Any]:
    """What the book keeps of a draft."""
    return {
        "subject": said.subject.pk,
        "planned_start": said.planned_start,
        "planned_end": said.planned_end,
        "items": [version.pk for version in said.items],
        "officers": [officer.pk for officer in said.officers],
    }
