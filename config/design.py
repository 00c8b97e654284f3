"""The page that shows every part pages are built of, in the words that name it in the code."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.models import Job
from agencies.query import check_parameters
from filings.clocks import Colour, Deadline
from filings.rules.catalogue import CATALOGUE
from filings.terms import Clock
from filings.web.listing import Chip
from filings.workflow import Status
from officers.roles import Role

COLOURS = (
    "paper", "surface", "sunken", "line", "line-strong", "ink", "ink-soft", "brand", "brand-wash",
    "link", "red", "red-wash", "amber", "amber-wash", "green", "green-wash", "blue", "blue-wash",
)  # fmt: skip
ICONS = (
    "home", "filings", "new", "queue", "search", "code", "clock", "subject", "officers", "items",
    "plans", "alerts", "registers", "years", "accounts", "rules", "jobs", "health", "upload",
    "download", "print", "offline", "person",
)  # fmt: skip
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6")


class SampleForm(forms.Form):
    """One field of each kind, one of them wrong."""

    name = forms.CharField(
        label=_("A line of text"),
        help_text=_("What is asked, and why; the rule stands beside it."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    kind = forms.ChoiceField(
        label=_("One of several"),
        required=False,
        choices=Status.choices,
        widget=forms.Select(attrs={"class": "input"}),
    )
    day = forms.DateField(
        label=_("A day"), widget=forms.DateInput(attrs={"class": "input", "type": "date"})
    )
    sure = forms.BooleanField(label=_("A mark"), required=False)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Which parts are there, and how is each one written?"""
    check_parameters(request.GET, ())
    now = timezone.now()
    away = {Colour.BLUE: 90, Colour.YELLOW: 20, Colour.RED: -50}
    context = {
        "colours": COLOURS,
        "icons": ICONS,
        "spaces": SPACES,
        "states": Status.choices,
        "rows": [
            (Status.APPROVED, "松花江食品有限公司", "王检、李同", 12),
            (Status.RETURNED, "北山机械有限公司", "赵批", 3),
        ],
        "job_states": Job.State.choices,
        "clocks": [
            Deadline(Clock.RESULT, "R-SIT-3", Role.OFFICER, now + timedelta(hours=h), colour, None)
            for colour, h in away.items()
        ],
        "form": SampleForm({"name": "", "kind": "draft", "day": "2022-06-15"}),
        "entry": CATALOGUE["too_few_officers"],
        "chips": [
            Chip(_("Agency"), "吉林市市场监督管理局", "#chips"),
            Chip(_("Status"), Status.APPROVED.label, "#chips"),
        ],
        "moments": [now, now + timedelta(days=1), now - timedelta(days=40), now - timedelta(900)],
    }
    return render(request, "design.html", context)
