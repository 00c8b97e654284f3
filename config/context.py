"""What the frame of every page shows: where one may go, and as whom."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from officers.roles import Permission


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation."""

    url: str
    label: str
    icon: str
    here: bool


def frame(request):
    """The navigation the caller's roles open, the roles themselves, and the demo notice."""
    shown = {"demo": settings.DEMO}
    authority = getattr(request, "authority", None)
    if authority is None:
        return shown
    return shown | {"doors": doors(request, authority), "held": authority.appointments}


def doors(request, authority) -> list[Door]:
    """Which rooms the holder of `authority` may enter, in the order of daily use."""
    match = request.resolver_match
    here = match.view_name if match else ""
    rooms = [
        (Permission.FILING_READ, "filings:list", _("Filings"), "filings"),
        (Permission.FILING_DRAFT, "filings:draft", _("New filing"), "new"),
        (Permission.YEAR_READ, "reports:list", _("Years"), "years"),
        (Permission.ACCOUNT_MANAGE, "officers:accounts", _("Accounts"), "accounts"),
    ]
    return [
        Door(reverse(name), label, icon, _is_here(name, here))
        for needs, name, label, icon in rooms
        if authority.may(needs)
    ]


def _is_here(name: str, here: str) -> bool:
    if name == "filings:list":
        return here.startswith("filings:") and here != "filings:draft"
    return here == name or (name == "reports:list" and here.startswith("reports:"))
