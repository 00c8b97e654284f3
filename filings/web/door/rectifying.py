"""Where an enterprise reports by its code what it has rectified."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.query import check_parameters, unreadable
from filings.actions import Upload, report_at_the_door
from filings.media import LARGEST
from filings.policy import TransitionNotAllowed, closed
from filings.rules import FilingIncomplete
from filings.web.door.code import known
from filings.web.fields import lay, words
from filings.workflow import Verb
from officers.web.caller import address

FILES = ("file", "file2", "file3")


def _file(label, help_text=""):
    return forms.FileField(
        label=label,
        help_text=help_text,
        max_length=1000,
        required=False,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".jpg,.jpeg,.png,.pdf"}),
    )


class RectifiedForm(forms.Form):
    """What was done, and pictures or papers of it."""

    report = words(gettext_lazy("What did you rectify?"), 2000, rows=5, required=True)
    file = _file(
        gettext_lazy("Picture or paper"), gettext_lazy("JPEG, PNG or PDF, at most 10 MB each")
    )
    file2 = _file(gettext_lazy("Second picture or paper"))
    file3 = _file(gettext_lazy("Third picture or paper"))

    def clean_report(self):
        bad = unreadable(self.cleaned_data["report"].replace("\r", ""))
        if bad:
            message = _("The text contains the control character %(bad)s. Remove it.")
            raise forms.ValidationError(message % {"bad": bad})
        return self.cleaned_data["report"]

    def uploads(self) -> tuple[Upload, ...]:
        sent = [self.cleaned_data[name] for name in FILES if self.cleaned_data[name]]
        return tuple(Upload(one.read(LARGEST + 1), one.name) for one in sent)


# The right to write here is the code in the address, not a cookie: there is nothing to forge.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rectified(request, token):
    """Report the rectification; 404 where none was ordered, and said so where it was reported."""
    check_parameters(request.GET, ())
    filing = known(token)
    if getattr(filing, "result", None) is None or not filing.result.rectify_by:
        raise Http404
    form = RectifiedForm(request.POST or None, request.FILES or None)
    told = {"filing": filing, "token": token}
    if request.method == "POST" and form.is_valid():
        who = {"address": address(request), "at": timezone.now()}
        try:
            report_at_the_door(filing, form.cleaned_data["report"], form.uploads(), **who)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        except TransitionNotAllowed:
            return render(request, "door/rectified.html", told, status=409)
        else:
            return render(request, "door/rectified.html", told | {"done": True}, status=201)
    if closed(Verb.REPORT_RECTIFICATION, filing) is not None:
        return render(request, "door/rectified.html", told)
    status = 400 if request.method == "POST" else 200
    return render(request, "door/rectified.html", told | {"form": form}, status=status)
