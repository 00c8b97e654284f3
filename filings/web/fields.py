"""How instants and kinds of choice are typed in a page."""

from datetime import UTC, datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agencies.query import one_line, readable

EARLIEST = datetime(1949, 10, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class MomentField(forms.DateTimeField):
    """A minute of Beijing time, from 1949-10-01 to the end of 2099."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "input"}
    )
    default_validators = [
        MinValueValidator(EARLIEST, _("Give a year from 1950 to 2099.")),
        MaxValueValidator(LATEST, _("Give a year from 1950 to 2099.")),
    ]


class DayField(forms.DateField):
    """A day of the calendar, from 1949-10-01 to the end of 2099."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input"})
    default_validators = [
        MinValueValidator(EARLIEST.date(), _("Give a year from 1950 to 2099.")),
        MaxValueValidator(LATEST.date(), _("Give a year from 1950 to 2099.")),
    ]


class _Read(ModelChoiceIterator):
    """The choices from rows that are read once for the whole form."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        offered = getattr(self.field, "offered", None)
        rows = self.queryset if offered is None else offered
        yield from (self.choice(one) for one in rows)


class OneField(forms.ModelChoiceField):
    """One row of a list that is read once, both to be shown and to be chosen from."""

    iterator = _Read
    offered = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"empty_label": _("Choose")} | kwargs)

    def offer(self, rows):
        """Let one choose among `rows`, which several forms share."""
        self.offered = list(rows)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        rows = self.queryset if self.offered is None else self.offered
        found = next((one for one in rows if str(one.pk) == str(value)), None)
        if found is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": str(value)[:40]},
            )
        return found


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows ticked in a list that is read once; a key no database holds is no choice."""

    iterator = _Read
    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value):
        known = {str(one.pk): one for one in self.queryset}
        for key in value:
            if str(key) not in known:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        wanted = {str(key) for key in value}
        return [one for key, one in known.items() if key in wanted]

    def clean(self, value):
        for key in value or ():
            if not (str(key).isascii() and str(key).isdigit() and len(str(key)) < 19):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(key)[:40]},
                )
        return super().clean(value)


def words(label, most, *, rows=0, required=False, **kwargs):
    """A field of at most `most` characters: one line, or `rows` of them."""
    attrs = {"class": "input"}
    widget = forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs)
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=widget,
        validators=[readable if rows else one_line],
        **kwargs,
    )


def one_of(label, choices, **kwargs):
    """A field that takes one of `choices`."""
    widget = forms.Select(attrs={"class": "input"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, **kwargs)


def tick(label, **kwargs):
    """A field that is ticked or not."""
    return forms.BooleanField(label=label, required=False, **kwargs)


def lay(form: forms.BaseForm, problems, renamed=()) -> None:
    """Put every problem at its field of the bound `form`; at its head where it has none.

    One that names another filing leads there.
    """
    names = dict(renamed)
    for problem in problems:
        name = problem.pointer.strip("/").split("/")[0]
        name = names.get(name, name)
        form.add_error(name if name in form.fields else None, _with_way(problem))


def _with_way(problem):
    other = getattr(problem, "filing", None)
    if other is None:
        return problem.message
    place = reverse("filings:detail", args=[other])
    return format_html('{} <a href="{}">{}</a>', problem.message, place, _("Open that filing"))
