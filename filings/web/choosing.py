"""Whom does it concern?  The subject found by name, by the first letters of its pinyin, by code."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Max, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.query import RefusedParameters, check_parameters
from filings.models import Filing, Subject
from filings.rules.door import metres
from filings.scanned import code_in
from officers.roles import Permission

FOUND = 20
LATELY = 5
# Two kilometres or so to each side, and how many subjects in that square are measured at most.
REACH = Decimal("0.02")
MEASURED = 500
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,6})?),(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)", re.ASCII)


def agency_of(request):
    """The agency one files for: the only one, or the one named.  404 for a stranger's."""
    mine = request.authority.agencies(Permission.FILING_DRAFT)
    if not mine:
        raise PermissionDenied(_("Only officers of an agency file inspections."))
    code = request.GET.get("agency", mine[0].code)
    found = next((agency for agency in mine if agency.code == code), None)
    if found is None:
        raise Http404
    return found


def subject_of(request):
    """The subject of the key given; None without a key.  404 for one the caller cannot see."""
    key = request.GET.get("subject", "")
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(seen(request), pk=key)


def seen(request):
    """The subjects that the caller may know of."""
    return Subject.objects.visible_to(request.authority).select_related("business_region")


def choose(request, agency, target, *, revising=False, emergency=False):
    """The page on which one finds the subject."""
    context = found_for(request, agency) | {
        "agencies": request.authority.agencies(Permission.FILING_DRAFT),
        "target": target,
        "revising": revising,
        "emergency": emergency,
        "lately": lately(request, agency),
    }
    return render(request, "filings/choose.html", context)


@require_safe
def subjects(request):
    """The part of that page which changes while one types."""
    check_parameters(request.GET, ("q", "agency", "choose", "filing", "emergency", "near"))
    agency = agency_of(request)
    filing = request.GET.get("filing", "")
    target = reverse("filings:emergency" if request.GET.get("emergency") else "filings:draft")
    if filing:
        if not (filing.isascii() and filing.isdigit() and len(filing) < 19):
            raise Http404
        target = reverse("filings:revise", args=[filing])
    near = point_of(request)
    found = found_for(request, agency) if near is None else found_near(request, agency, near)
    context = found | {"target": target, "revising": bool(filing)}
    context["agencies"] = request.authority.agencies(Permission.FILING_DRAFT)
    return render(request, "filings/_subjects.html", context)


def found_for(request, agency) -> dict:
    """The subjects that fit what is typed, those of the agency's own region first."""
    wanted = sought(request.GET.get("q", ""))
    found = []
    if wanted:
        near = Case(When(business_region__path__startswith=agency.region.path, then=0), default=1)
        rows = seen(request).called(wanted)
        found = list(rows.order_by(near, "name", "pk")[: FOUND + 1])
    return {
        "agency": agency,
        "wanted": wanted,
        "subjects": found[:FOUND],
        "more": len(found) > FOUND,
    }


@dataclass(frozen=True, slots=True)
class Point:
    """Where the officer stands, in degrees."""

    latitude: Decimal
    longitude: Decimal


def point_of(request) -> Point | None:
    """Where the device says that it is, as “latitude,longitude”; None when it says nothing."""
    said = request.GET.get("near", "")
    if not said:
        return None
    found = _POINT.fullmatch(said)
    if found is None:
        told = _("Give latitude and longitude in degrees, as 43.837900,126.549600.")
        raise RefusedParameters({"near": [("invalid", told)]})
    return Point(Decimal(found[1]), Decimal(found[2]))


def found_near(request, agency, here: Point) -> dict:
    """The subjects around `here`, the nearest first, with how many metres they are away."""
    rows = seen(request).around(here.latitude, here.longitude, REACH)[:MEASURED]
    away = sorted(((metres(here, one), one) for one in rows), key=lambda pair: pair[0])
    for distance, one in away:
        one.metres = distance
    return {
        "agency": agency,
        "wanted": "",
        "near": True,
        "subjects": [one for _metres, one in away[:FOUND]],
        "more": False,
    }


def sought(text: str) -> str:
    """What is typed, or the credit code in what was scanned."""
    return code_in(text) or text.strip()


def lately(request, agency):
    """The subjects for which the caller drafted most lately."""
    mine = Filing.objects.filter(agency=agency, created_by=request.user)
    last = mine.order_by().values("subject").annotate(last=Max("pk")).order_by("-last")[:LATELY]
    place = {row["subject"]: number for number, row in enumerate(last)}
    rows = Subject.objects.filter(pk__in=place).select_related("business_region")
    return sorted(rows, key=lambda one: place[one.pk])
