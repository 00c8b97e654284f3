"""One verb on exactly the filings that were ticked, each judged alone, each with its own answer."""

from dataclasses import dataclass

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.actions import BY_VERB, require_seen
from filings.models import Filing
from filings.policy import StaleFiling, TransitionNotAllowed
from filings.rules import FilingIncomplete
from filings.web.piles import PILES, open_piles
from filings.web.queue import SHOWN
from filings.web.showing import with_everything
from filings.workflow import Verb

OPINIONS = (Verb.APPROVE, Verb.APPROVE_AFTERWARDS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one filing."""

    filing: Filing | None
    done: bool
    words: str


class TogetherForm(forms.Form):
    """The verb, and the filings as they were seen: `key.version`, parted by spaces."""

    verb = forms.ChoiceField(choices=[(p.together, p.label) for p in PILES if p.together])
    rows = forms.CharField(max_length=SHOWN * 40)

    def clean_rows(self):
        pairs = [one.partition(".") for one in self.cleaned_data["rows"].split()]
        good = all(_is_number(key) and _is_number(seen) for key, _dot, seen in pairs)
        if not good or len(pairs) > SHOWN or len({key for key, *_rest in pairs}) < len(pairs):
            raise forms.ValidationError(
                gettext_lazy("Tick at most %(most)s filings of the list, each once.")
                % {"most": SHOWN}
            )
        return [(int(key), int(seen)) for key, _dot, seen in pairs]


@require_POST
def together(request):
    """What became of each of the filings that were ticked?"""
    check_parameters(request.GET, ())
    open_piles(request.authority)
    ticked = " ".join(request.POST.getlist("row"))
    form = TogetherForm({"verb": request.POST.get("verb", ""), "rows": ticked})
    answers = []
    if form.is_valid():
        verb = Verb(form.cleaned_data["verb"])
        answers = [_do(request, verb, key, seen) for key, seen in form.cleaned_data["rows"]]
    context = {
        "form": form,
        "answers": answers,
        "done": sum(one.done for one in answers),
        "verb": request.POST.get("verb", ""),
    }
    return render(request, "filings/together.html", context, status=200 if answers else 400)


def _do(request, verb, key, seen) -> Answer:
    filing = with_everything(request.authority).filter(pk=key).first()
    if filing is None:
        return Answer(None, False, _("There is nothing here that you may see."))
    more = {"opinion": ""} if verb in OPINIONS else {}
    try:
        require_seen(filing, seen)
        BY_VERB[verb](filing, by=request.authority, at=timezone.now(), **more)
    except FilingIncomplete as incomplete:
        return Answer(filing, False, " ".join(str(one.message) for one in incomplete.problems))
    except StaleFiling:
        return Answer(filing, False, _("Somebody has changed it since you saw it. Open it again."))
    except (NotAuthorised, TransitionNotAllowed) as refused:
        return Answer(filing, False, str(refused))
    return Answer(filing, True, _("Done"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
