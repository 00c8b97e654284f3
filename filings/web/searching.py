"""The page that searches everything the reader may see."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from agencies.calendar import local_date
from agencies.query import check_parameters
from filings.finding import Found, find


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of what is found: its name, what tells it from its like, and its address."""

    name: str
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind, and the list that holds the rest of them."""

    label: Promise
    hits: list[Hit]
    all: str


@require_safe
def search(request):
    """What is called so, of all that I may see?"""
    check_parameters(request.GET, ("q", "part"))
    wanted = request.GET.get("q", "").strip()
    found = find(wanted, request.authority)
    context = {"wanted": wanted, "groups": [_group(one, wanted) for one in found]}
    page = "filings/_found.html" if request.GET.get("part") else "filings/search.html"
    return render(request, page, context)


def _group(found: Found, wanted: str) -> Group:
    hits = [Hit(*LINES[found.kind](row)) for row in found.rows]
    rest = ""
    if found.more:
        place = ("filings:list",) if found.kind == "filings" else ("registers:list", found.kind)
        rest = f"{reverse(place[0], args=place[1:])}?{urlencode({'q': wanted[:64]})}"
    return Group(found.label, hits, rest)


def _filing(one):
    name = one.number or one.get_status_display()
    told = f"{name} · {one.agency.name} · {local_date(one.dated_at)}"
    return one.subject.name, told, one.get_absolute_url()


def _subject(one):
    return (
        one.name,
        " · ".join(filter(None, (one.uscc, one.business_region.name))),
        _row("subjects", one),
    )


def _agency(one):
    return one.name, f"{one.code} · {one.region.name}", _row("agencies", one)


def _item(one):
    latest = max(one.versions.all(), key=lambda version: version.version, default=None)
    return latest.name if latest else one.code, one.code, _row("items", one)


def _officer(one):
    return one.name, f"{one.code} · {one.agency.name}", _row("officers", one)


def _row(name, one):
    return reverse("registers:one", args=[name, one.pk])


LINES = {
    "filings": _filing,
    "subjects": _subject,
    "agencies": _agency,
    "items": _item,
    "officers": _officer,
}
