"""An officer's identity and phone number: their ends, and in full for a reason."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from agencies.refusals import RegisterRefused
from officers.actions import particulars as actions
from officers.models import Officer
from officers.roles import Permission
from officers.web.forms import ReasonForm


def _typed(label, most, **kwargs):
    attrs = {"class": "input", "autocomplete": "off"}
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs), **kwargs)


class NumbersForm(forms.Form):
    """Both numbers as they are typed, and why."""

    identity_number = _typed(gettext_lazy("Identity number"), 30, required=False)
    phone = _typed(gettext_lazy("Phone"), 30, required=False)
    reason = _typed(gettext_lazy("Reason"), 200)

    def said(self):
        """The numbers that were typed."""
        names = actions.NAMES
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


@require_safe
def person(request, pk):
    """Which numbers are held of the officer, by their ends?"""
    check_parameters(request.GET, ())
    return _shown(request, _officer(request, pk), NumbersForm())


def _officer(request, pk):
    if not request.authority.may(Permission.PERSONAL_READ):
        raise PermissionDenied(_("Your appointments do not include these numbers."))
    rows = Officer.objects.visible_to(request.authority).select_related("agency__region")
    found = get_object_or_404(rows, pk=pk)
    if not actions.may_read(found, request.authority):
        raise Http404
    return found


def _shown(request, officer, form, *, full=None, status=200):
    context = {
        "officer": officer,
        "form": form,
        "full": full,
        "keeps": request.authority.may(Permission.REGISTER_WRITE, officer.agency),
    }
    return render(request, "officers/person.html", context, status=status)


@require_POST
def keep(request, pk):
    """Set the numbers that were typed."""
    officer = _officer(request, pk)
    form = NumbersForm(request.POST)
    if form.is_valid() and form.said():
        reason = form.cleaned_data["reason"]
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        try:
            actions.set_particulars(officer, form.said(), **told)
        except RegisterRefused as refused:
            _lay(form, refused)
        else:
            return redirect("officers:person", pk)
    elif form.is_valid():
        form.add_error(None, _("Give an identity number or a phone number."))
    return _shown(request, officer, form, status=400)


@require_POST
def read(request, pk):
    """Show both numbers this once; the reading is in the book."""
    officer = _officer(request, pk)
    asked = ReasonForm(request.POST)
    if not asked.is_valid():
        form = NumbersForm()
        form.read_error = _("Give the reason.")
        return _shown(request, officer, form, status=400)
    told = {"by": request.authority, "at": timezone.now(), **asked.cleaned_data}
    try:
        full = actions.read_particulars(officer, **told)
    except RegisterRefused as refused:
        form = NumbersForm()
        form.read_error = " ".join(one.message for one in refused.problems)
        return _shown(request, officer, form, status=400)
    return _shown(request, officer, NumbersForm(), full=full)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request):
    """Whose identity or phone number is this, exactly?"""
    check_parameters(request.GET, ())
    if not request.authority.may(Permission.PERSONAL_READ):
        raise NotAuthorised(_("Your appointments do not include searching by these numbers."))
    form = NumbersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = {"by": request.authority, "at": timezone.now(), "reason": reason}
        try:
            found = actions.find_officer(form.said(), **told)
        except RegisterRefused as refused:
            _lay(form, refused)
        else:
            if found is not None:
                return redirect("officers:person", found.pk)
            form.add_error(None, _("No officer of your agencies has this number."))
    status = 400 if form.errors else 200
    return render(request, "officers/find.html", {"form": form}, status=status)


def _lay(form, refused):
    for one in refused.problems:
        name = one.pointer.removeprefix("/")
        form.add_error(name if name in form.fields else None, one.message)
