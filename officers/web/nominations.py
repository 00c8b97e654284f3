"""The page of nominations: who is named for which office, and what was decided."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.calendar import local_date
from agencies.query import check_parameters, one_line, readable
from agencies.refusals import RegisterRefused
from agencies.web.lists import paged
from officers.actions import nominating as actions
from officers.models import Nomination
from officers.roles import MAY_NOMINATE, Permission, Role
from officers.web.forms import OfficeForm, ReasonForm
from officers.web.managing import REFUSALS

REFUSED = (actions.NominationClosed, actions.NoSuchPerson, *REFUSALS)
STEPS = {
    "grant": (actions.grant_nomination, gettext_lazy("The appointment is in the book.")),
    "decline": (actions.decline_nomination, gettext_lazy("The nomination is declined.")),
    "withdraw": (actions.withdraw_nomination, gettext_lazy("The nomination is taken back.")),
}


class NominationForm(OfficeForm):
    """Who, for which office, from when to when, and why?"""

    username = forms.CharField(
        label=gettext_lazy("User name"), max_length=60, validators=[one_line]
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"), max_length=60, validators=[one_line]
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, validators=[readable])
    field_order = ("username", "name", "role", "agency", "region", "start", "end", "reason")

    def __init__(self, *args, authority, **kwargs):
        super().__init__(*args, **kwargs)
        held = {Role(one.role) for one in authority.granting(Permission.OFFICE_NOMINATE)}
        open_to = set().union(*(MAY_NOMINATE[one] for one in held))
        self.fields["role"].choices = [(one.value, one.label) for one in Role if one in open_to]
        agencies, regions = self.fields["agency"], self.fields["region"]
        agencies.queryset = authority.narrow_agencies(
            agencies.queryset, "", Permission.OFFICE_NOMINATE
        )
        inside = authority.inside_regions("", Permission.OFFICE_NOMINATE)
        regions.queryset = regions.queryset.filter(inside)
        if Role.SUPERVISOR not in held:
            del self.fields["region"]
            agencies.required = True
            agencies.initial = agencies.queryset.first()

    def said(self):
        """The person and the office."""
        told = dict(self.cleaned_data)
        person = actions.Person(told.pop("username"), told.pop("name"), told.pop("reason"))
        self.cleaned_data = {"region": None} | told
        return person, self.office()


@require_http_methods(["GET", "HEAD", "POST"])
def nominations(request):
    """Who was named for which office, what became of it, and whom do I name?"""
    check_parameters(request.GET, ("cursor",))
    may, now = request.authority.may, timezone.now()
    if not (may(Permission.OFFICE_NOMINATE) or may(Permission.ACCOUNT_MANAGE)):
        raise PermissionDenied(_("Your appointments do not include nominations."))
    form = None
    if request.method == "POST":
        actions.require_nominator(request.authority)
    if may(Permission.OFFICE_NOMINATE):
        form = NominationForm(
            request.POST or None, today=local_date(now), authority=request.authority
        )
    if request.method == "POST" and form.is_valid() and _named(request, form, now):
        return redirect("officers:nominations")
    context = {
        **paged(request, _rows(request).order_by("-nominated_at", "-pk")),
        "form": form,
        "decides": may(Permission.ACCOUNT_MANAGE),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "officers/nominations.html", context, status=400 if wrong else 200)


def _named(request, form, now):
    """Whether the person is named now; what is wrong stands in the form."""
    person, office = form.said()
    try:
        actions.nominate(person, office, by=request.authority, at=now)
    except RegisterRefused as refused:
        for one in refused.problems:
            name = one.pointer.removeprefix("/")
            form.add_error(name if name in form.fields else None, one.message)
    except actions.NotAuthorised as refused:
        form.add_error(None, str(refused))
    else:
        messages.success(request, _("Nominated. A security administrator decides."))
        return True
    return False


def _rows(request):
    seen = Nomination.objects.visible_to(request.authority)
    return seen.select_related("agency", "region", "nominated_by", "decided_by", "appointment")


@require_POST
def step(request, pk, step):
    """Grant it, decline it, or take one's own back."""
    if step not in STEPS:
        raise Http404
    held = get_object_or_404(_rows(request), pk=pk)
    verb, told = STEPS[step]
    said = {}
    if step == "decline":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Give the reason."))
            return redirect("officers:nominations")
        said = form.cleaned_data
    try:
        verb(held, by=request.authority, at=timezone.now(), **said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except REFUSED as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("officers:nominations")
