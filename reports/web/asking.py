"""Which compile does an address of a page mean, and may the caller see it?"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from officers.roles import Permission
from reports import policy
from reports.models import Compilation


def must_read_years(request):
    """Refuse one whose appointments do not include the compiled years."""
    if not request.authority.may(Permission.YEAR_READ):
        raise PermissionDenied(_("Your appointments do not include the compiled years."))


def finished(request, key, code, pk):
    """The finished compile with its figures, if the caller may see it."""
    must_read_years(request)
    visible = Compilation.objects.visible_to(request.authority).finished()
    rows = visible.select_related("region", "job")
    return get_object_or_404(rows, pk=pk, period=key, region__code=code)


def must_read_filings(request, compilation):
    """Answer as if absent to one who may not read every filing of the region."""
    if not policy.reads_filings(request.authority, compilation.region):
        raise Http404
