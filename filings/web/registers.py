"""The room of the registers: what is kept here, and where one changes it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.query import check_parameters
from filings.imports.reach import open_kinds
from officers.roles import Permission


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
    return [
        Shelf(reverse(name), label, told)
        for open_, name, label, told in (
            (
                True,
                "draws:list",
                _("Random draws"),
                _("Draw subjects and officers so that everybody can check it."),
            ),
            (
                bool(open_kinds(authority)),
                "imports:list",
                _("Import"),
                _("Bring rows of a register from a CSV or XLSX file."),
            ),
        )
        if open_
    ]
