"""Which version of a row did the reader of a page see?  Nobody overwrites another unseen."""

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from agencies.api.versions import version_of
from agencies.models import Event
from filings.web.shelf import Register, happened


class SeenForm(forms.Form):
    """A form that knows what its reader saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


def seen_of(register: Register, row) -> str:
    """A digest of what the page of `row` shows and its forms hold."""
    columns = (*register.columns, *register.facts)
    told = [str(value(row)) for _label, value in columns]
    told += [str(cells) for _label, _heads, rows in register.more for cells in rows(row)]
    fields = register.change.fields if register.change else ()
    return version_of(row, told + [str(model_to_dict(row, fields).get(one)) for one in fields])


def unchanged(form: SeenForm, register: Register, row) -> bool:
    """Whether `row` still is what the reader saw; else the form says who changed it and how.

    What was typed stays, and sent once more it holds against the row as it now is.
    """
    now = seen_of(register, row)
    if form.data.get("seen", "") == now:
        return True
    form.data = form.data.copy()
    form.data["seen"] = now
    form.add_error(None, _told(Event.objects.about(row).last()))
    return False


def _told(last: Event | None) -> str:
    if last is None:
        return _("This was changed since you opened it. Look at it, then send it again.")
    message = _(
        "This was changed since you opened it: %(who)s, %(verb)s. What you typed is kept; look at "
        "the row, then send it again."
    )
    return message % {"who": last.actor, "verb": happened(last.verb)}
