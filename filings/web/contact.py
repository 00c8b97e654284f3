"""Where a clerk keeps how an enterprise is reached."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.actions import Reach, set_contact
from filings.models import Subject
from filings.rules import FilingIncomplete
from filings.web.fields import lay, words
from officers.roles import Permission


class ContactForm(forms.Form):
    """Where the enterprise is reached, and what proved it."""

    email = words(gettext_lazy("E-mail"), 254)
    phone = words(gettext_lazy("Mobile phone"), 20)
    reason = words(gettext_lazy("What proved it, such as the licence shown"), 300, required=True)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, pk):
    """Enter the contact anew; the one that stands is shown in part only."""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.REGISTER_WRITE):
        raise NotAuthorised(_("Only the clerk of an agency keeps its registers."))
    subject = get_object_or_404(Subject.objects.visible_to(request.authority), pk=pk)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reach = Reach(said["email"].strip(), said["phone"].strip())
        told = {"by": request.authority, "at": timezone.now(), "reason": said["reason"]}
        try:
            set_contact(subject, reach, **told)
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            messages.success(request, _("The contact is kept."))
            return redirect("registers:one", "subjects", pk)
    held = getattr(subject, "contact", None)
    context = {"subject": subject, "form": form, "held": held and held.in_part(), "contact": held}
    status = 400 if request.method == "POST" else 200
    return render(request, "filings/contact.html", context, status=status)
