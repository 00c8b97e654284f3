"""How long things are kept, what is due to go, and the word of the two who agree to it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.actions import disposing as actions
from filings.actions import kept
from filings.models import Disposal, Kept
from filings.querysets import DISPOSALS_KNOWN_TO
from filings.web.fields import DayField, one_of, words
from officers.roles import Permission

SHOWN = 50
REFUSED = (actions.DisposalClosed, actions.PeriodUnlawful, NotAuthorised)


@dataclass(frozen=True, slots=True)
class Ground:
    """By what law a period is set: what stands beside its field."""

    rule: str
    title: Promise
    source: str


SHORTEST = Ground(
    "PIPL 19",
    gettext_lazy("Personal data are kept no longer than their purpose needs"),
    "个人信息保护法第十九条、第四十七条；网络日志另依网络安全法不少于六个月",
)


class KindForm(forms.Form):
    """Of which kind?"""

    kind = one_of(gettext_lazy("Kind"), Kept.choices)


class PeriodForm(KindForm):
    """How long things of the kind are kept, from when on, by what."""

    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=1,
        max_value=36500,
        widget=forms.NumberInput({"class": "input"}),
    )
    since = DayField(label=gettext_lazy("From"))
    source = words(gettext_lazy("Source"), 200, required=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].rule = SHORTEST


class ReasonForm(forms.Form):
    """Why it is kept for now."""

    reason = words(gettext_lazy("Reason"), 200, required=True)


@require_safe
def disposals(request):
    """What is kept how long, what is due, and what was agreed to?"""
    check_parameters(request.GET, ())
    return _shown(request, PeriodForm())


def _shown(request, form, status=200):
    may = request.authority.may
    if not any(map(may, DISPOSALS_KNOWN_TO)):
        raise PermissionDenied(_("Your appointments do not include retention."))
    seen = Disposal.objects.visible_to(request.authority)
    rows = seen.select_related("supervisor", "auditor", "job")
    context = {
        "lines": kept.lines(timezone.now()),
        "disposals": rows.order_by("-pk")[:SHOWN],
        "agrees": may(Permission.DISPOSAL_AGREE),
        "proposes": may(Permission.JOB_MANAGE),
        "form": form if may(Permission.RULES_SET) else None,
    }
    return render(request, "filings/disposals.html", context, status=status)


@require_POST
def period(request):
    """Set how long things of a kind are kept."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            said = actions.Period(**form.cleaned_data)
            actions.set_period(said, by=request.authority, at=timezone.now())
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The period is set, and the book says so."))
            return redirect("disposals:list")
    return _shown(request, form, status=400)


@require_POST
def propose(request):
    """Propose what is due of one kind."""
    if not request.authority.may(Permission.JOB_MANAGE):
        raise PermissionDenied(_("Your appointments do not include retention."))
    form = KindForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what is to be disposed of."))
        return redirect("disposals:list")
    kind = form.cleaned_data["kind"]
    made = actions.propose(kind, by=request.authority, at=timezone.now())
    if made is None:
        messages.error(request, _("Nothing of this kind is due."))
    else:
        messages.success(request, _("Proposed. A supervisor and an auditor have to agree."))
    return redirect("disposals:list")


@require_POST
def agree(request, pk):
    """Give one of the two words."""
    return _do(request, pk, actions.agree, _("Your word is in the book."))


@require_POST
def decline(request, pk):
    """Keep it for now."""
    if not request.authority.may(Permission.DISPOSAL_AGREE):
        raise PermissionDenied(_("Your appointments do not include retention."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason."))
        return redirect("disposals:list")
    return _do(request, pk, actions.decline, _("It is kept for now."), **form.cleaned_data)


def _do(request, pk, verb, told, **said):
    if not request.authority.may(Permission.DISPOSAL_AGREE):
        raise PermissionDenied(_("Your appointments do not include retention."))
    held = get_object_or_404(Disposal, pk=pk)
    try:
        verb(held, by=request.authority, at=timezone.now(), **said)
    except REFUSED as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("disposals:list")
