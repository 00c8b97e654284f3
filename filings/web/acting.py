"""How a verb is done from a page: asked, done, or refused with nothing typed lost."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.query import check_parameters
from filings.actions import BY_VERB, require_seen
from filings.policy import StaleFiling, refusal
from filings.rules import FilingIncomplete
from filings.web.deeds import done
from filings.web.fields import lay
from filings.web.showing import changes_since, url_of, with_everything
from filings.web.verbs import FORMS
from filings.workflow import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def act(request, pk, verb):
    """Do `verb` to the filing; GET shows what it asks for."""
    check_parameters(request.GET, ("back",))
    filing = get_object_or_404(with_everything(request.authority), pk=pk)
    if verb not in FORMS:
        raise Http404
    verb = Verb(verb)
    form = FORMS[verb](request.POST or None, filing=filing)
    if request.method != "POST":
        return _ask(request, filing, verb, form)
    if not form.is_valid():
        return _ask(request, filing, verb, form, status=400)
    seen = form.cleaned_data["version"]
    try:
        require_seen(filing, seen)
        BY_VERB[verb](filing, **form.told(), by=request.authority, at=timezone.now())
    except FilingIncomplete as incomplete:
        if verb == Verb.SUBMIT:
            return _mend(request, filing)
        lay(form, incomplete.problems)
        return _ask(request, filing, verb, form, status=400)
    except StaleFiling:
        return _stale(request, filing, verb, form)
    messages.success(request, done(verb))
    return redirect(back(request) or filing)


def back(request) -> str:
    """The filters of the queue from which the verb was called; empty when called elsewhere."""
    place = request.GET.get("back", "")
    queue = reverse("filings:queue")
    return f"{queue}?{place}" if place else ""


def _mend(request, filing):
    """A filing that cannot be submitted yet is opened with every problem at its field."""
    messages.warning(request, _("The filing cannot be submitted yet."))
    return redirect(f"{url_of(filing, Verb.REVISE)}?check=1")


def _ask(request, filing, verb, form, *, status=200, changes=()):
    """The form of one verb; the refusal in its place when the verb is closed to the caller."""
    refused = refusal(verb, filing, request.authority)
    if refused is not None and not changes:
        raise refused
    context = {
        "filing": filing,
        "verb": verb,
        "form": form,
        "refused": refused,
        "changes": changes,
    }
    return render(request, "filings/verb.html", context, status=status)


def _stale(request, filing, verb, form):
    """Somebody was faster: say who did what, and keep what was typed."""
    seen = form.cleaned_data["version"]
    filing = get_object_or_404(with_everything(request.authority), pk=filing.pk)
    form.data = request.POST.copy()
    form.data["version"] = filing.version
    changes = changes_since(filing, seen)
    return _ask(request, filing, verb, form, status=409, changes=changes)
