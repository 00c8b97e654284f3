"""What was brought against an agency, as its head may know it, and what the head says to it."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings import actions, casework
from filings.charter import Ground
from filings.models import SupervisionCase
from filings.rules import FilingIncomplete
from filings.web.fields import SeveralField, lay, words
from officers.models import Officer
from officers.roles import Permission

SHOWN = 100
Kind = SupervisionCase.Kind
SAID = ("reply", "report", "answer", "appeal")


class SayForm(forms.Form):
    """What the head says."""

    text = words(gettext_lazy("Answer"), 2000, rows=5, required=True)


class RecusalForm(SayForm):
    """Who stays away, and why or why not."""

    officers = SeveralField(
        Officer.objects.none(), label=gettext_lazy("Who is recused"), required=False
    )
    field_order = ("officers", "text")

    def __init__(self, data=None, *, officers):
        super().__init__(data)
        self.fields["officers"].queryset = officers


@require_safe
def replies(request):
    """What does the office, or an enterprise, want of the head of my agency?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.FILING_DECIDE):
        raise NotAuthorised(_("Only the head of the agency speaks for it."))
    now = timezone.now()
    found = casework.put_to(request.authority).with_entries().order_by("-opened_at", "-pk")
    rows = [(one, casework.for_agency(one, now)) for one in found[:SHOWN]]
    context = {
        "waiting": [(one, due) for one, due in rows if due],
        "done": [one for one, due in rows if not due],
    }
    return render(request, "filings/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, pk):
    """One matter: the request for recusal, the question of the office, or what is to be mended."""
    check_parameters(request.GET, ())
    case = get_object_or_404(casework.put_to(request.authority).with_entries(), pk=pk)
    now = timezone.now()
    due = casework.for_agency(case, now)
    form = _form(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeals = "appeal" in request.POST
            _say(case, form.cleaned_data, appeals=appeals, by=request.authority, at=now)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems, dict.fromkeys(SAID, "text"))
        else:
            messages.success(request, _("It is noted."))
            return redirect("filings:replies")
    recusal = case.kind == Kind.RECUSAL
    context = {
        "case": case,
        "due": due,
        "form": form if due else None,
        "told": casework.told_text(case),
        "may_appeal": may_appeal(case),
        "recusal": recusal,
        "grounds": [Ground(one).label for one in case.grounds] if recusal else [],
        "entries": [one for one in case.entries.all() if one.kind in casework.TOLD_TO_AGENCY],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "filings/reply.html", context, status=status)


def may_appeal(case) -> bool:
    """Whether the case was found right and the agency has neither mended nor appealed."""
    done = {one.kind for one in case.entries.all()}
    over = done & {casework.Step.MENDED, casework.Step.APPEALED}
    return case.kind in casework.TO_MEND and case.outcome in casework.FOUND_RIGHT and not over


def _form(case, data):
    if case.kind != Kind.RECUSAL:
        return SayForm(data)
    seated = Officer.objects.filter(memberships__filing=case.filing).order_by("pk")
    return RecusalForm(data, officers=seated)


def _say(case, said, *, appeals, **who):
    """Whichever of the four the head has to say now."""
    if appeals:
        actions.appeal(case, said["text"], **who)
    elif case.kind == Kind.RECUSAL:
        actions.decide_recusal(case, tuple(said["officers"]), said["text"], **who)
    elif case.answered_at is not None:
        actions.mend(case, said["text"], **who)
    else:
        actions.reply(case, said["text"], **who)
