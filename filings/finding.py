"""What is called so?  One question to every register at once, within what the asker may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, InspectionItem
from filings.models import Filing, Subject
from filings.scanned import code_in
from officers.authority import Authority
from officers.models import Officer

SHOWN = 8
# Filings are found by their subjects too; so many subjects are looked at.
SUBJECTS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Of one kind: the first that fit, and whether there are more."""

    kind: str
    label: Promise
    rows: list[Any]
    more: bool


def find(text: str, authority: Authority) -> list[Found]:
    """Filings by number or subject, and subjects, agencies, items and officers by name or code.

    What is scanned off a licence will do.  Names are found by any part of them, by their pinyin
    and by its first letters.  Kinds of which nothing fits are left out; a fixed number of
    queries, whatever is found.
    """
    text = code_in(text) or text.strip()
    if not text:
        return []
    subjects = list(_subjects(text, authority)[: SUBJECTS + 1])
    found = [
        _found("filings", _("Filings"), _filings(text, subjects, authority)),
        _found("subjects", _("Subjects"), subjects),
    ]
    if authority.reads_registers():
        found += [
            _found("agencies", _("Agencies"), _agencies(text, authority)),
            _found("items", _("Inspection items"), _items(text, authority)),
            _found("officers", _("Officers"), _officers(text, authority)),
        ]
    return [one for one in found if one.rows]


def _found(kind: str, label: Promise, rows: QuerySet | list) -> Found:
    first = list(rows[: SHOWN + 1])
    return Found(kind, label, first[:SHOWN], len(first) > SHOWN)


def _subjects(text: str, authority: Authority) -> QuerySet:
    seen = Subject.objects.visible_to(authority).select_related("business_region")
    return seen.called(text).order_by("name", "pk")


def _filings(text: str, subjects: list[Subject], authority: Authority) -> QuerySet:
    wanted = Q(number__startswith=text.upper()) | Q(subject__in=subjects[:SUBJECTS])
    seen = Filing.objects.visible_to(authority).filter(wanted)
    return seen.select_related("agency", "subject").order_by("-dated_at", "-pk")


def _agencies(text: str, authority: Authority) -> QuerySet:
    seen = Agency.objects.visible_to(authority).called(text)
    return seen.select_related("region").order_by("code", "pk")


def _items(text: str, authority: Authority) -> QuerySet:
    seen = InspectionItem.objects.visible_to(authority).called(text)
    return seen.prefetch_related("versions").order_by("code", "pk")


def _officers(text: str, authority: Authority) -> QuerySet:
    seen = Officer.objects.visible_to(authority).called(text)
    return seen.select_related("agency").order_by("name", "pk")
