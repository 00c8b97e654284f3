"""The pages on which a row of a register is changed in place or followed by a new version."""

from django import forms
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.authority import NotAuthorised
from agencies.imports import entry
from agencies.query import check_parameters, readable
from agencies.refusals import RegisterRefused
from filings.web.entering import entry_field
from filings.web.fields import DayField, OneField, lay, words
from filings.web.keeping import register_of, rows_of
from filings.web.seen import SeenForm, seen_of, unchanged
from filings.web.shelves import REGISTERS


class ChangeForm(SeenForm):
    """What the row says, to be typed over, and why."""

    def __init__(self, data, *, register, row, authority):
        initial = {"seen": seen_of(register, row)}
        super().__init__(data, initial=initial | forms.model_to_dict(row, register.change.fields))
        for name in register.change.fields:
            self.fields[name] = _asked(register.model._meta.get_field(name), authority)
        self.fields["reason"] = words(gettext_lazy("Reason"), 300, required=True)
        self.said = register.change.fields

    def told(self):
        """What differs from what the row said."""
        return {name: self.cleaned_data[name] for name in self.said if name in self.changed_data}


class SuccessionForm(SeenForm):
    """The next version of an item, beginning with what the latest one says."""

    def __init__(self, data, *, register, row):
        super().__init__(data, initial={"seen": seen_of(register, row)} | register.succession(row))
        for ours in register.kind.fields:
            if ours.name != "code":
                self.fields[ours.name] = entry_field(ours)

    def told(self):
        """The cells that are filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {name: str(value) for name, value in said.items() if value}


def _asked(field, authority):
    """The form field for one field of a row."""
    said = {"label": capfirst(field.verbose_name), "required": not field.blank}
    if isinstance(field, models.DateField):
        return DayField(**said)
    if isinstance(field, models.ForeignKey):
        rows = field.related_model.objects.visible_to(authority).order_by("code", "pk")
        return OneField(rows, widget=forms.Select(attrs={"class": "input"}), **said)
    made = field.formfield(label=said["label"])
    if not isinstance(field, models.BooleanField):
        made.widget.attrs["class"] = "input"
    if isinstance(field, models.CharField):
        made.validators.append(readable)
    return made


def _row(request, name, pk, *, succeeds):
    register = register_of(request, name)
    if (register.succession if succeeds else register.change) is None:
        raise Http404
    if not request.authority.may(register.keeps):
        raise NotAuthorised(_("Your appointments do not include keeping this register."))
    return register, get_object_or_404(rows_of(request, name), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, name, pk):
    """Change what the register says of a row; what it said stays in the book."""
    check_parameters(request.GET, ())
    register, row = _row(request, name, pk, succeeds=False)
    form = ChangeForm(request.POST or None, register=register, row=row, authority=request.authority)

    def act(at):
        said = {"by": request.authority, "at": at, "reason": form.cleaned_data["reason"]}
        register.change.act(row, form.told(), **said)

    return answered(request, (register, row), form, act, (name, row, _("Change it")))


@require_http_methods(["GET", "HEAD", "POST"])
def succeed(request, name, pk):
    """Publish a new version: the one in force ends on the day on which it begins."""
    check_parameters(request.GET, ())
    register, row = _row(request, name, pk, succeeds=True)
    form = SuccessionForm(request.POST or None, register=register, row=row)

    def act(at):
        said = form.told() | {"code": row.code}
        entry.succeed(register.kind(), said, by=request.authority, at=at)

    called = _("Publish a new version")
    return answered(request, (register, row), form, act, (name, row, called))


def answered(request, held, form, act, shown):
    """The form of what is `held`, or the way back to the page on which it is `shown`."""
    (register, row), (name, page, called) = held, shown
    status = 200
    if request.method == "POST":
        status = _status(form, register, row, act)
        if status == 302:
            return redirect("registers:one", name, page.pk)
    register = REGISTERS[name]
    context = {"name": name, "register": register, "row": page, "form": form, "called": called}
    context["title"] = register.columns[0][1](page)
    return render(request, "filings/register_change.html", context, status=status)


def _status(form, register, row, act) -> int:
    if not form.is_valid():
        return 400
    with transaction.atomic():
        held = type(row).objects.select_for_update(no_key=True).filter(pk=row.pk)
        list(held)
        if not unchanged(form, register, row):
            return 409
        try:
            act(timezone.now())
        except RegisterRefused as refused:
            transaction.set_rollback(True)
            lay(form, refused.problems)
            return 400
    return 302
