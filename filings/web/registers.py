"""The room of the registers: what is kept here, and where one changes it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.calendar import local_date
from agencies.query import check_parameters
from filings.imports.reach import open_kinds
from filings.web.shelves import REGISTERS
from officers.roles import Permission

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One register or tool: where it stands, what it is called and holds."""

    url: str
    label: str
    told: str


@require_safe
def home(request):
    """Which registers may I read or keep?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.REGISTER_READ):
        raise PermissionDenied(_("Your appointments do not include the registers."))
    shelves = open_shelves(request.authority)
    return render(request, "filings/registers.html", {"shelves": shelves})


def open_shelves(authority) -> list[Shelf]:
    """The registers and tools that the holder of `authority` may use."""
    kept = [
        Shelf(reverse("registers:list", args=[name]), str(one.label), str(one.told))
        for name, one in REGISTERS.items()
    ]
    soon = local_date(timezone.now()) + SOON
    return [
        *kept,
        Shelf(
            f"{reverse('registers:list', args=['officers'])}?expires_before={soon}",
            _("Certificates expiring"),
            _("Officers whose certificate ends within 90 days, or has ended."),
        ),
        Shelf(
            reverse("draws:list"),
            _("Random draws"),
            _("Draw subjects and officers so that everybody can check it."),
        ),
        *_found(authority),
        *_brought(authority),
    ]


def _found(authority) -> list[Shelf]:
    if not authority.may(Permission.PERSONAL_READ):
        return []
    told = _("Find an officer by an exact identity or phone number.")
    return [Shelf(reverse("officers:find_person"), _("Find by number"), told)]


def _brought(authority) -> list[Shelf]:
    if not open_kinds(authority):
        return []
    told = _("Bring rows of a register from a CSV or XLSX file.")
    return [Shelf(reverse("imports:list"), _("Import"), told)]
