"""The pages of emergency access: asked for, opened or refused, given back, and read by whom."""

import json

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import walls
from agencies.authority import NotAuthorised
from agencies.calendar import local_date
from agencies.models import Agency, Event
from agencies.query import check_parameters
from agencies.refusals import RegisterRefused
from agencies.web.lists import paged
from officers.actions import breaking_glass as actions
from officers.models import BreakGlass, GlassNotice
from officers.models.break_glass import LONGEST
from officers.roles import Permission
from officers.web.forms import ReasonForm

REFUSED = (actions.GlassClosed, actions.NobodyToTell, NotAuthorised)
STEPS = {
    "open": (actions.open_glass, gettext_lazy("The filings are open, and whom it concerns knows.")),
    "refuse": (actions.refuse_glass, gettext_lazy("The access is refused.")),
    "close": (actions.close_glass, gettext_lazy("The access has ended.")),
    "note": (actions.note_glass, gettext_lazy("It is noted that you know of it.")),
}
HAPPENED = {
    "ask_glass": gettext_lazy("asked for"),
    "open_glass": gettext_lazy("given"),
    "refuse_glass": gettext_lazy("not given"),
    "close_glass": gettext_lazy("given back"),
    "note_glass": gettext_lazy("taken note of"),
    "use_glass": gettext_lazy("looked at"),
}


class NeedForm(forms.Form):
    """Whose filings must be read, for how long, and why?"""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Agency"),
        queryset=Agency.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=LONGEST, initial=30
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.in_force(today).order_by("code")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


@require_http_methods(["GET", "HEAD", "POST"])
def glasses(request):
    """Which access was asked for and given, to whom, and who asks now?"""
    check_parameters(request.GET, ("cursor",))
    may, now = request.authority.may, timezone.now()
    if not any(map(may, (Permission.GLASS_ASK, Permission.GLASS_OPEN, Permission.GLASS_READ))):
        raise PermissionDenied(_("Your appointments do not include emergency access."))
    if request.method == "POST":
        actions.require_asker(request.authority)
    form = NeedForm(request.POST or None, today=local_date(now))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(actions.Need(**form.cleaned_data), by=request.authority, at=now)
        except RegisterRefused as refused:
            for one in refused.problems:
                form.add_error(one.pointer.removeprefix("/") or None, one.message)
        else:
            messages.success(request, _("A security administrator answers now."))
            return redirect("officers:glass", made.pk)
    pages = paged(request, _rows(request).order_by("-asked_at", "-pk"))
    for one in pages["page"].rows:
        one.now = one.state(now)
    context = {**pages, "form": form if may(Permission.GLASS_ASK) else None}
    return render(request, "officers/glasses.html", context, status=400 if form.errors else 200)


def _rows(request):
    seen = BreakGlass.objects.visible_to(request.authority)
    return seen.select_related("account", "agency__region", "answered_by")


@require_safe
def glass(request, pk):
    """Who reads what, until when, who was told, and what was opened?"""
    check_parameters(request.GET, ())
    told = GlassNotice.objects.select_related("account").order_by("pk")
    found = get_object_or_404(_rows(request).prefetch_related(Prefetch("notices", told)), pk=pk)
    now = timezone.now()
    own = found.account_id == request.user.pk
    opens = request.authority.may(Permission.GLASS_OPEN)
    state = found.state(now)
    live = state in (BreakGlass.State.WAITING, BreakGlass.State.OPEN)
    mine = [one for one in found.notices.all() if one.account_id == request.user.pk]
    context = {
        "glass": found,
        "state": state,
        "answers": opens and not own and state == BreakGlass.State.WAITING,
        "ends": live and (own or opens),
        "notes": any(one.noted_at is None for one in mine),
        "history": history(found),
    }
    return render(request, "officers/glass.html", context)


def history(found):
    """What happened, in the books of the system and of the agency; the same step is told once."""
    with walls.opened():
        events = list(Event.objects.about(found))
    seen, told = set(), []
    for event in events:
        path = json.loads(event.payload)["facts"].get("path", "")
        if (event.verb, event.at, path) not in seen:
            seen.add((event.verb, event.at, path))
            told.append((HAPPENED.get(event.verb, event.verb), path, event))
    return told


@require_POST
def step(request, pk, step):
    """Open, refuse, give back or note it."""
    if step not in STEPS:
        raise Http404
    held = get_object_or_404(_rows(request), pk=pk)
    verb, told = STEPS[step]
    said = {}
    if step == "refuse":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Give the reason."))
            return redirect("officers:glass", pk)
        said = form.cleaned_data
    try:
        verb(held, by=request.authority, at=timezone.now(), **said)
    except REFUSED as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("officers:glass", pk)
