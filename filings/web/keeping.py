"""The pages of the registers: searched, read with their history, entered, and ended."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.authority import NotAuthorised
from agencies.imports import entry
from agencies.models import Event
from agencies.query import RefusedParameters, check_parameters
from agencies.refusals import RegisterRefused
from agencies.web.lists import paged
from filings.web import beside
from filings.web.beside import put_beside
from filings.web.entering import entry_field
from filings.web.fields import DayField, lay, words
from filings.web.seen import SeenForm, seen_of, unchanged
from filings.web.shelf import Register, happened
from filings.web.shelves import REGISTERS, RELATED
from officers.roles import Permission


class EndForm(SeenForm):
    """From which day it is over, and why."""

    on = DayField(label=gettext_lazy("Over from"))
    reason = words(gettext_lazy("Reason"), 300, required=True)


def register_of(request, name) -> Register:
    """The register of the address.  404 for none; raises PermissionDenied for who reads none."""
    if name not in REGISTERS:
        raise Http404
    if not request.authority.may(Permission.REGISTER_READ):
        raise PermissionDenied(_("Your appointments do not include the registers."))
    return REGISTERS[name]


def rows_of(request, name):
    """The rows of the register that the caller may know of."""
    register = REGISTERS[name]
    rows = register.model.objects.visible_to(request.authority)
    return rows.select_related(*register.joined).prefetch_related(*RELATED.get(name, ()))


@require_safe
def listing(request, name):
    """Which rows of the register fit the filters?"""
    register = register_of(request, name)
    found = register.filterset(request.GET, rows_of(request, name), also=("cursor",))
    check_parameters(request.GET, {"cursor", *found.filters})
    if found.errors:
        raise RefusedParameters(found.errors)
    for field in found.form.fields.values():
        field.widget.attrs["class"] = "input"
        if isinstance(field, forms.DateField):
            field.widget.input_type = "date"
    pages = paged(request, found.qs.order_by(*register.order))
    context = {
        "name": name,
        "register": register,
        "form": found.form,
        "labels": [label for label, _value in register.columns],
        "rows": [_cells(register, row) for row in pages["page"].rows],
        "keeps": request.authority.may(register.keeps),
        "narrowed": any(request.GET.values()),
        **pages,
    }
    return render(request, "filings/register.html", context)


def _cells(register, row):
    values = [(label, value(row)) for label, value in register.columns]
    return row.pk, values[0][1], values[1:]


@require_safe
def one(request, name, pk):
    """What does the register hold of it, and what happened to it?"""
    check_parameters(request.GET, ())
    return _shown(request, name, pk)


def _shown(request, name, pk, form=None, status=200):
    register = register_of(request, name)
    row = get_object_or_404(rows_of(request, name), pk=pk)
    columns = (*register.columns, *register.facts)
    open_ = register.end is not None and request.authority.may(register.keeps)
    context = {
        "name": name,
        "register": register,
        "row": row,
        "title": register.columns[0][1](row),
        "facts": [(label, value(row)) for label, value in columns],
        "more": [(label, heads, list(rows(row))) for label, heads, rows in register.more],
        "history": [(happened(e.verb), e) for e in Event.objects.about(row).order_by("-id")[:100]],
        "form": form or (EndForm(initial={"seen": seen_of(register, row)}) if open_ else None),
        "keeps": request.authority.may(register.keeps),
        "papers": row.certificates.all() if name == "officers" else (),
        "contact": name == "subjects" and request.authority.may(Permission.REGISTER_WRITE),
        "numbers": name == "officers" and request.authority.may(Permission.PERSONAL_READ),
    }
    return render(request, "filings/register_row.html", context, status=status)


@require_http_methods(["POST"])
def end(request, name, pk):
    """End it on a day, with the reason."""
    register = register_of(request, name)
    row = get_object_or_404(rows_of(request, name), pk=pk)
    if register.end is None:
        raise Http404
    if not request.authority.may(register.keeps):
        raise NotAuthorised(_("Your appointments do not include keeping this register."))
    form = EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, name, pk, form, status=400)
    if not unchanged(form, register, row):
        return _shown(request, name, pk, form, status=409)
    said = {"on": form.cleaned_data["on"], "reason": form.cleaned_data["reason"]}
    try:
        register.end(row, **said, by=request.authority, at=timezone.now())
    except RegisterRefused as refused:
        lay(form, refused.problems)
        return _shown(request, name, pk, form, status=400)
    return redirect("registers:one", name, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, name):
    """Enter one row by hand, judged by the rules of the import."""
    check_parameters(request.GET, ())
    register = register_of(request, name)
    if not request.authority.may(register.keeps):
        raise NotAuthorised(_("Your appointments do not include keeping this register."))
    form = _form(register, request.POST or None)
    put_beside(form, beside.REGISTERS.get(name, {}))
    if request.method == "POST" and form.is_valid():
        said = {field: str(value) for field, value in form.cleaned_data.items() if value}
        try:
            made = entry.enter(register.kind(), said, by=request.authority, at=timezone.now())
        except RegisterRefused as refused:
            lay(form, refused.problems)
        else:
            return redirect("registers:one", name, made.pk)
    context = {"name": name, "register": register, "form": form}
    status = 400 if form.errors else 200
    return render(request, "filings/register_entry.html", context, status=status)


def _form(register, data):
    form = forms.Form(data)
    for ours in register.kind.fields:
        form.fields[ours.name] = entry_field(ours)
    return form
