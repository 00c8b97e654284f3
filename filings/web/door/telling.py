"""Where an enterprise tells the supervisor, and reads what became of it."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.query import check_parameters, unreadable
from filings.actions import Matter, bring, look_up
from filings.actions.supervising import TOLD
from filings.charter import Ground
from filings.rules import FilingIncomplete
from filings.web.door.code import known
from filings.web.fields import lay, one_of, words
from officers.web.caller import address


class MatterForm(forms.Form):
    """What is told: of which kind, on which grounds, in whose words."""

    kind = one_of(gettext_lazy("What is it?"), [(one.value, one.label) for one in TOLD])
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"),
        choices=Ground.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = words(gettext_lazy("What happened?"), 2000, rows=5)
    contact = words(
        gettext_lazy("How can the supervisor reach you?"),
        100,
        help_text=gettext_lazy("Only the supervisor sees it, never the agency."),
    )

    def clean_text(self):
        bad = unreadable(self.cleaned_data["text"].replace("\r", ""))
        if bad:
            message = _("The text contains the control character %(bad)s. Remove it.")
            raise forms.ValidationError(message % {"bad": bad})
        return self.cleaned_data["text"]

    def matter(self) -> Matter:
        said = self.cleaned_data
        return Matter(said["kind"], tuple(said["grounds"]), said["text"], said["contact"])


# The right to write here is the code in the address, not a cookie: there is nothing to forge.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, token):
    """Complain, refuse lawfully or ask for a recusal; the answer is a reference to keep."""
    check_parameters(request.GET, ())
    filing = known(token)
    form = MatterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = bring(filing, form.matter(), address=address(request), at=timezone.now())
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            return render(request, "door/told.html", {"case": case}, status=201)
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "filing": filing, "token": token}
    return render(request, "door/tell.html", context, status=status)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request):
    """What became of the case under a reference; the reference never stands in an address."""
    check_parameters(request.GET, ())
    asked = request.POST.get("reference", "")[:60]
    found = None
    if request.method == "POST":
        found = look_up(asked, address=address(request), at=timezone.now())
    status = 404 if request.method == "POST" and found is None else 200
    context = {"case": found, "asked": asked}
    return render(request, "door/case.html", context, status=status)
