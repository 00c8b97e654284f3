"""Evidence of a filing: sent from its page, and given out to those who may see it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.query import check_parameters
from filings import malware
from filings.actions import Upload, attach, read_evidence, require_seen
from filings.media import LARGEST, download_headers
from filings.models import Evidence, Filing
from filings.policy import refusal
from filings.rules import FilingIncomplete
from filings.web.fields import MomentField, lay
from filings.workflow import Verb


class EvidenceForm(forms.Form):
    """One file, and when it was taken."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("JPEG, PNG or PDF, at most 10 MB"),
        max_length=1000,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".jpg,.jpeg,.png,.pdf"}),
    )
    taken_at = MomentField(label=gettext_lazy("Taken at"), required=False)

    def upload(self) -> Upload:
        sent = self.cleaned_data["file"]
        return Upload(sent.read(LARGEST + 1), sent.name, self.cleaned_data["taken_at"])


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request, pk):
    """What is kept with the filing, and the form to add to it."""
    check_parameters(request.GET, ())
    filing = _filing(request, pk)
    form = EvidenceForm(
        request.POST or None, request.FILES or None, initial={"version": filing.version}
    )
    if request.method == "POST" and form.is_valid():
        require_seen(filing, form.cleaned_data["version"])
        try:
            kept = attach(filing, form.upload(), by=request.authority, at=timezone.now())
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            _tell(request, kept)
            return redirect("filings:evidence", pk=filing.pk)
    context = {
        "filing": filing,
        "form": form,
        "kept": filing.evidence.select_related("uploaded_by").order_by("pk"),
        "scanned": malware.is_on(),
        "open": refusal(Verb.ATTACH, filing, request.authority) is None,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "filings/evidence.html", context, status=status)


def _tell(request, kept):
    messages.success(request, _("The file is kept with the filing."))
    if malware.is_on() and kept.scanned_at is None:
        messages.warning(
            request,
            _("The malware scanner does not answer: until it does nobody can open the file."),
        )


@require_safe
def download(request, pk, evidence_pk):
    """The bytes of one file, to be saved and never shown within this site."""
    check_parameters(request.GET, ())
    kept = get_object_or_404(Evidence, pk=evidence_pk, filing=_filing(request, pk))
    return HttpResponse(read_evidence(kept), headers=download_headers(kept))


def _filing(request, pk) -> Filing:
    seen = Filing.objects.visible_to(request.authority).select_related("agency", "subject")
    return get_object_or_404(seen, pk=pk)
