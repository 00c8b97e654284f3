"""What enterprises brought before the supervisor, and the answers."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings import actions
from filings.actions import answer_case, read_contact
from filings.casework import case_clocks
from filings.charter import Ground, Tag
from filings.models import CaseEntry, SupervisionCase
from filings.rules import FilingIncomplete
from filings.rules.timing import Terms
from filings.web.fields import lay, one_of, words
from officers.roles import Permission

SHOWN = 100


STEPS = {
    CaseEntry.Kind.TAKEN: (actions.take_case, ""),
    CaseEntry.Kind.CALLED: (actions.call_back, gettext_lazy("What the enterprise said")),
    CaseEntry.Kind.ASKED: (actions.ask_agency, gettext_lazy("What the agency is asked")),
    CaseEntry.Kind.RELEASED: (actions.release, ""),
    CaseEntry.Kind.HANDED: (actions.hand_over, gettext_lazy("Why it is the other office's")),
}


class ReasonForm(forms.Form):
    """Why the contact is read."""

    reason = words(gettext_lazy("Reason"), 200, required=True)


class AnswerForm(forms.Form):
    """How a case ended, and what its author reads."""

    outcome = one_of(gettext_lazy("How the case ended"), SupervisionCase.Outcome.choices)
    answer = words(gettext_lazy("Answer"), 2000, rows=6, required=True)


def visible(authority):
    """The cases the holder of `authority` works; the inspecting agency sees none."""
    return SupervisionCase.objects.worked_by(authority).with_entries()


@require_safe
def cases(request):
    """Which cases wait for an answer, the oldest first, and which were answered last?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.CASE_WORK):
        raise NotAuthorised(_("Only supervisors work the cases of their region."))
    rows, now, terms = visible(request.authority), timezone.now(), Terms.read()
    answered = rows.exclude(answered_at=None).order_by("-answered_at", "-pk")[:SHOWN]
    waiting = rows.filter(answered_at=None).order_by("opened_at", "pk")[:SHOWN]
    context = {
        "open": sorted(_due(waiting, now, terms), key=lambda one: one[1][0].due if one[1] else now),
        "answered": _due(answered, now, terms),
    }
    return render(request, "filings/cases.html", context)


def _due(rows, now, terms):
    """The cases with their deadlines."""
    return [(one, case_clocks(one, now, terms)) for one in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    """One case, and the form to answer it, or to decide what the agency appealed against."""
    check_parameters(request.GET, ())
    found = get_object_or_404(visible(request.authority), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = actions.review if _appealed(found) else answer_case
        try:
            act(found, said["outcome"], said["answer"], by=request.authority, at=timezone.now())
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            messages.success(request, _("The answer can be read under the reference now."))
            return redirect("filings:cases")
    return _shown(request, found, form, status=400 if request.method == "POST" else 200)


@require_POST
def step(request, pk, name):
    """Take the case up, note a call, put it to the agency, or hand it to the other office."""
    found = get_object_or_404(visible(request.authority), pk=pk)
    if name not in STEPS:
        raise Http404
    act, pointer = STEPS[name]
    told = (request.POST.get("text", ""),) if pointer else ()
    try:
        act(found, *told, by=request.authority, at=timezone.now())
    except FilingIncomplete as incomplete:
        messages.error(request, " ".join(one.message for one in incomplete.problems))
    else:
        messages.success(request, _("It is noted."))
        if name == CaseEntry.Kind.HANDED:
            return redirect("filings:cases")
    return redirect("filings:case", pk)


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
        "may_read": request.authority.may(Permission.FILING_READ, found.agency),
        "clocks": case_clocks(found, timezone.now()),
        "entries": found.entries.all(),
        "open_steps": _open_steps(found),
        "appealed": _appealed(found) and found.answered_by != request.user,
    }
    return render(request, "filings/case.html", context, status=status)


def _appealed(found) -> bool:
    """Whether an appeal of the agency waits for its decision."""
    done = {one.kind for one in found.entries.all()}
    return CaseEntry.Kind.APPEALED in done and CaseEntry.Kind.REVIEWED not in done


def _open_steps(found):
    """What is still to be done: how it is called and, where something is to be said, what."""
    if found.answered_at is not None or found.kind == SupervisionCase.Kind.RECUSAL:
        return []
    done = {one.kind for one in found.entries.all()}
    if CaseEntry.Kind.TAKEN in done:
        done.add(CaseEntry.Kind.HANDED)
    if not found.text:
        done.add(CaseEntry.Kind.RELEASED)
    labels = {
        CaseEntry.Kind.TAKEN: _("Take the case up"),
        CaseEntry.Kind.CALLED: _("Note the call"),
        CaseEntry.Kind.ASKED: _("Ask the agency"),
        CaseEntry.Kind.RELEASED: _("Show the agency the author's words"),
        CaseEntry.Kind.HANDED: _("Hand over to the other office"),
    }
    return [(name, labels[name], said) for name, (_act, said) in STEPS.items() if name not in done]
