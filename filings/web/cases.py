"""What enterprises brought before the supervisor, and the answers."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.actions import answer_case, read_contact
from filings.charter import Ground, Tag
from filings.models import SupervisionCase
from filings.rules import FilingIncomplete
from filings.web.fields import lay, one_of, words
from officers.roles import Permission

SHOWN = 100


class ReasonForm(forms.Form):
    """Why the contact is read."""

    reason = words(gettext_lazy("Reason"), 200, required=True)


class AnswerForm(forms.Form):
    """How a case ended, and what its author reads."""

    outcome = one_of(gettext_lazy("Outcome"), SupervisionCase.Outcome.choices)
    answer = words(gettext_lazy("Answer"), 2000, rows=6, required=True)


def visible(authority):
    """The cases the holder of `authority` works; the inspecting agency sees none."""
    rows = SupervisionCase.objects.select_related("agency__region", "filing__subject")
    return authority.narrow_agencies(rows, "agency", Permission.ALERT_HANDLE)


@require_safe
def cases(request):
    """Which cases wait for an answer, the oldest first, and which were answered last?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.ALERT_HANDLE):
        raise NotAuthorised(_("Only supervisors work the cases of their region."))
    rows = visible(request.authority)
    context = {
        "open": rows.filter(answered_at=None).order_by("opened_at", "pk")[:SHOWN],
        "answered": rows.exclude(answered_at=None).order_by("-answered_at", "-pk")[:SHOWN],
        "now": timezone.now(),
    }
    return render(request, "filings/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    """One case, and the form to answer it."""
    check_parameters(request.GET, ())
    found = get_object_or_404(visible(request.authority), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer_case(
                found, said["outcome"], said["answer"], by=request.authority, at=timezone.now()
            )
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            messages.success(request, _("The answer can be read under the reference now."))
            return redirect("filings:cases")
    return _shown(request, found, form, status=400 if request.method == "POST" else 200)


@require_POST
def contact(request, pk):
    """Show how the author can be reached this once; the reading is in the book."""
    found = get_object_or_404(visible(request.authority), pk=pk)
    asked = ReasonForm(request.POST)
    if not asked.is_valid():
        messages.error(request, _("Give the reason."))
        return redirect("filings:case", pk)
    told = {"by": request.authority, "at": timezone.now(), **asked.cleaned_data}
    return _shown(request, found, AnswerForm(), contact=read_contact(found, **told))


def _shown(request, found, form, *, contact="", status=200):
    known = Tag if found.kind == SupervisionCase.Kind.BAD_RATING else Ground
    grounds = [known(one).label for one in found.grounds]
    context = {
        "case": found,
        "grounds": grounds,
        "form": form,
        "contact": contact,
        "now": timezone.now(),
    }
    return render(request, "filings/case.html", context, status=status)
