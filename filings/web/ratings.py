"""How the visits were rated: groups of five for an agency, single ones for its supervisor."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.query import check_parameters
from agencies.web.lists import paged
from filings.charter import Tag
from filings.models import Rating
from filings.opinions import standing
from officers.roles import Permission


@require_safe
def ratings(request):
    """What was said of the visits, as far as the reader may know it (R-EVA-3)?

    Agencies read means of whole groups of five.  Supervisors read single ratings of their region by
    the day; no visit stands in them.
    """
    check_parameters(request.GET, ("cursor",))
    authority, today = request.authority, local_date(timezone.now())
    single = authority.may(Permission.ALERT_HANDLE)
    agencies = authority.agencies(Permission.FILING_READ)
    if not (single or agencies):
        raise NotAuthorised(_("Your appointments do not include the ratings."))
    context = {"standings": [(one, standing(one, today)) for one in agencies], "single": single}
    if single:
        rows = authority.narrow_agencies(
            Rating.objects.select_related("agency"), "agency", Permission.ALERT_HANDLE
        )
        context |= paged(request, rows.order_by("-rated_on", "-pk"))
        context["rows"] = [(one, _tags(one)) for one in context["page"].rows]
    return render(request, "filings/ratings.html", context)


def _tags(rating) -> list:
    return [Tag(one).label for one in rating.tags]
