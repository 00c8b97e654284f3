"""Where a clerk keeps the photos that enterprises compare with the officers at the door."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.authority import NotAuthorised
from agencies.query import check_parameters
from filings.actions import set_photo
from filings.media import LARGEST
from filings.rules import FilingIncomplete
from filings.web.fields import lay
from officers.models import Officer
from officers.roles import Permission


class PhotoForm(forms.Form):
    """One officer and the picture of him."""

    officer = forms.ModelChoiceField(
        Officer.objects.none(),
        label=gettext_lazy("Officer"),
        to_field_name="code",
        empty_label=gettext_lazy("Choose"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    file = forms.FileField(
        label=gettext_lazy("JPEG or PNG, at most 300 kB"),
        max_length=1000,
        widget=forms.FileInput(attrs={"class": "input", "accept": ".jpg,.jpeg,.png"}),
    )

    def __init__(self, data=None, files=None, *, officers):
        super().__init__(data, files)
        self.fields["officer"].queryset = officers
        self.fields["officer"].label_from_instance = _named


def _named(officer) -> str:
    held = _("has a photo") if officer.photo else _("no photo yet")
    return f"{officer.name} {officer.code} · {held}"


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request):
    """Whose photo is missing, and the form to send one."""
    check_parameters(request.GET, ())
    agencies = request.authority.agencies(Permission.REGISTER_WRITE)
    if not agencies:
        raise NotAuthorised(_("Only clerks keep the photos of their agency's officers."))
    officers = Officer.objects.filter(agency__in=agencies, left_on=None).order_by("photo", "code")
    form = PhotoForm(request.POST or None, request.FILES or None, officers=officers)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        officer = form.cleaned_data["officer"]
        try:
            set_photo(officer, content, by=request.authority, at=timezone.now())
        except FilingIncomplete as incomplete:
            lay(form, incomplete.problems)
        else:
            messages.success(request, _("The photo of %(name)s is kept.") % {"name": officer.name})
            return redirect("filings:photos")
    status = 400 if request.method == "POST" else 200
    return render(request, "filings/photos.html", {"form": form}, status=status)
