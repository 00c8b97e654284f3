"""The rooms of the house: which pages stand in the navigation, and for whom.

A new part of the site adds one line; the frame does the rest.  The first rooms of a role are the
tabs within reach of the thumb on a phone, so the order is that of daily use.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from officers.authority import Authority
from officers.roles import Permission


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation: `view` is where it leads, `inside` the views it shelters.

    A name in `inside` that ends with a colon shelters every view of that namespace which no
    other room names.  Of several permissions in `needs` any one opens the room.
    """

    needs: Permission | tuple[Permission, ...]
    view: str
    label: Promise
    icon: str
    inside: tuple[str, ...] = ()


ROOMS = (
    Room(
        Permission.FILING_DRAFT,
        "filings:today",
        _("My day"),
        "home",
        ("filings:code", "filings:scan"),
    ),
    Room(
        (Permission.FILING_DECIDE, Permission.FILING_UNLOCK),
        "filings:queue",
        _("Queue"),
        "queue",
        ("filings:together", "filings:keep_filter", "filings:forget_filter"),
    ),
    Room(Permission.FILING_READ, "filings:list", _("Filings"), "filings", ("filings:",)),
    Room(Permission.FILING_DRAFT, "filings:draft", _("New filing"), "new", ("filings:emergency",)),
    Room(
        (Permission.FILING_READ, Permission.CASE_WORK),
        "filings:deadlines",
        _("Deadlines"),
        "clock",
    ),
    Room(Permission.ALERT_HANDLE, "rules:alerts", _("Alerts"), "alerts", ("rules:handle",)),
    Room(Permission.YEAR_READ, "reports:list", _("Years"), "years", ("reports:",)),
    Room(
        Permission.REGISTER_READ,
        "registers:home",
        _("Registers"),
        "registers",
        (
            "registers:",
            "imports:",
            "draws:",
            "officers:person",
            "officers:keep_person",
            "officers:read_person",
            "officers:find_person",
        ),
    ),
    Room(
        Permission.CASE_WORK,
        "filings:cases",
        _("Cases"),
        "filings",
        ("filings:case", "filings:case_contact", "filings:case_step"),
    ),
    Room(
        Permission.FILING_DECIDE, "filings:replies", _("Said of us"), "alerts", ("filings:reply",)
    ),
    Room(
        (
            Permission.FILING_DRAFT,
            Permission.FILING_DECIDE,
            Permission.REGISTER_WRITE,
            Permission.ALERT_HANDLE,
        ),
        "filings:ratings",
        _("Ratings"),
        "years",
    ),
    Room(Permission.REGISTER_WRITE, "filings:photos", _("Photos of officers"), "person"),
    Room(Permission.ACCOUNT_MANAGE, "officers:accounts", _("Accounts"), "accounts", ()),
    Room(
        Permission.JOB_MANAGE,
        "officers:jobs",
        _("Jobs and health"),
        "jobs",
        ("officers:cancel_job", "officers:retry_job", "health"),
    ),
    Room(
        (Permission.OFFICE_NOMINATE, Permission.ACCOUNT_MANAGE),
        "officers:nominations",
        _("Nominations"),
        "person",
        ("officers:nomination_step",),
    ),
    Room(
        (Permission.GLASS_ASK, Permission.GLASS_OPEN, Permission.GLASS_READ),
        "officers:glasses",
        _("Emergency access"),
        "alerts",
        ("officers:glass", "officers:glass_step"),
    ),
    Room(
        (Permission.DISPOSAL_AGREE, Permission.JOB_MANAGE),
        "disposals:list",
        _("Retention"),
        "clock",
        ("disposals:",),
    ),
    Room(Permission.RULES_SET, "rules:rules", _("Rules"), "rules", ("rules:",)),
)


def opens(room: Room, authority: Authority) -> bool:
    """Whether the holder of `authority` may enter."""
    needs = room.needs if isinstance(room.needs, tuple) else (room.needs,)
    return any(authority.may(one) for one in needs)


def sheltering(view: str) -> str:
    """The room in which the page of `view` stands; empty when it is none's."""
    for room in ROOMS:
        if view == room.view or view in room.inside:
            return room.view
    space = view.partition(":")[0] + ":"
    return next((room.view for room in ROOMS if space in room.inside), "")
