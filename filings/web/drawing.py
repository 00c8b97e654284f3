"""The pages of random draws: announce one, draw when the number is out, set one aside."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import Agency, SubjectKind
from agencies.query import check_parameters
from agencies.refusals import RegisterRefused
from agencies.web.lists import paged
from filings.actions import drawing
from filings.models import Draw, DrawnSubject, Subject
from filings.web.fields import DayField, lay, one_of, words
from officers.roles import Permission

SHARE = forms.NumberInput(attrs={"class": "input", "min": 0, "max": 100})
SHOWN = 200


class FreezeForm(forms.Form):
    """What is announced before the draw."""

    agency = one_of(gettext_lazy("Agency"), ())
    name = words(gettext_lazy("Name of the draw"), 100, required=True)
    kind = one_of(gettext_lazy("Kind of subject"), (), required=False)
    industry = words(gettext_lazy("Industry, by the beginning of its code"), 5)
    public_source = words(
        gettext_lazy("Public number the draw will hang on"),
        200,
        required=True,
        help_text=gettext_lazy("One that nobody knows yet, as the winning numbers of a lottery."),
    )
    public_on = DayField(label=gettext_lazy("Known on"))
    officers_each = forms.IntegerField(
        label=gettext_lazy("Officers for each subject"), initial=2, widget=SHARE
    )

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [(one.code, one.name) for one in agencies]
        self.fields["kind"].choices = [("", _("All kinds")), *SubjectKind.choices]
        classes = dict(Subject.CreditClass.choices)
        for code, share in drawing.PERCENT.items():
            label = classes.get(code, _("without a credit class"))
            self.fields[f"percent_{code}"] = forms.IntegerField(
                label=_("Percent drawn: %(name)s") % {"name": label}, initial=share, widget=SHARE
            )

    def said(self) -> drawing.Announced:
        """What was announced, for the verb."""
        given = dict(self.cleaned_data)
        given.pop("agency")
        shares = {code: given.pop(f"percent_{code}") for code in drawing.PERCENT}
        return drawing.Announced(**given, percent=shares)


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request):
    """Which draws were announced and made, and which comes next?"""
    check_parameters(request.GET, ("cursor",))
    if not request.authority.may(Permission.REGISTER_READ):
        raise PermissionDenied(_("Your appointments do not include the registers."))
    kept = request.authority.agencies(Permission.REGISTER_WRITE)
    form = FreezeForm(request.POST or None, agencies=kept) if kept else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Only the clerk of an agency announces its draws."))
        if form.is_valid() and (made := _frozen(request, form, kept)) is not None:
            return redirect(made)
    rows = Draw.objects.visible_to(request.authority).select_related("agency").defer("pool")
    context = {"form": form, **paged(request, rows.order_by("-frozen_at", "-id"))}
    status = 400 if form is not None and form.errors else 200
    return render(request, "filings/draws.html", context, status=status)


def _frozen(request, form, kept: list[Agency]):
    agency = next(one for one in kept if one.code == form.cleaned_data["agency"])
    try:
        return drawing.freeze(agency, form.said(), by=request.authority, at=timezone.now())
    except RegisterRefused as refused:
        lay(form, refused.problems)
        return None


@require_safe
def one(request, pk):
    """Who could be drawn, who was, with which officers, and who was set aside?"""
    check_parameters(request.GET, ())
    held = _held(request, pk)
    keeps = request.authority.may(Permission.REGISTER_WRITE, held.agency)
    drawn = held.drawn.select_related("subject").order_by("place")
    context = {
        "draw": held,
        "drawn": list(drawn),
        "excluded": held.excluded[:SHOWN],
        "unshown": max(0, len(held.excluded) - SHOWN),
        "keeps": keeps,
        "due": held.drawn_at is None and held.public_on <= timezone.localdate(),
    }
    return render(request, "filings/draw.html", context)


def _held(request, pk) -> Draw:
    seen = Draw.objects.visible_to(request.authority).select_related("agency__region")
    return get_object_or_404(seen, pk=pk)


@require_POST
def draw(request, pk):
    """Draw under the number that is public now."""
    number = request.POST.get("number", "")[:100]
    return redirect(
        drawing.draw(_held(request, pk), number, by=request.authority, at=timezone.now())
    )


@require_POST
def set_aside(request, pk, drawn):
    """Set one aside with a reason; the next of its stratum follows."""
    gone = get_object_or_404(
        DrawnSubject.objects.select_related("draw__agency__region"),
        pk=drawn,
        draw=_held(request, pk),
    )
    reason = request.POST.get("reason", "")[:300]
    drawing.set_aside(gone, by=request.authority, at=timezone.now(), reason=reason)
    return redirect(gone.draw)


@require_safe
def protocol(request, pk):
    """The file by which a stranger checks the draw with filings/draws.py."""
    check_parameters(request.GET, ())
    told = drawing.protocol(_held(request, pk))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="draw-{pk}.json"'
    return answer
