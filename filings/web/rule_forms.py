"""How the severity and the thresholds of a rule are typed."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Region
from filings.actions.ruling import Ruling
from filings.models import Severity
from filings.rules.thresholds import called, words_of
from filings.web.beside import put_beside
from filings.web.fields import DayField, one_of, words

_PAIR = re.compile(r"\s*([A-Za-z0-9_-]{1,20})\s*=\s*([0-9]{1,4})\s*", re.ASCII)
_NUMBER = re.compile(r"\s*([0-9]{1,4})\s*", re.ASCII)
_COMMA = re.compile("[,，、]")


class NumbersField(forms.CharField):
    """Whole numbers parted by commas."""

    widget = forms.TextInput(attrs={"class": "input"})

    def clean(self, value):
        parts = [part for part in _COMMA.split(super().clean(value)) if part.strip()]
        found = [_NUMBER.fullmatch(part) for part in parts]
        if not all(found):
            raise forms.ValidationError(_("Write whole numbers parted by commas, as 1, 2, 3."))
        return [int(one.group(1)) for one in found]


class PairsField(forms.CharField):
    """Names with a whole number each, parted by commas."""

    widget = forms.TextInput(attrs={"class": "input"})

    def clean(self, value):
        parts = [part for part in _COMMA.split(super().clean(value)) if part.strip()]
        found = [_PAIR.fullmatch(part) for part in parts]
        if not all(found):
            raise forms.ValidationError(_("Write names with numbers, as A=2, D=4."))
        return {one.group(1): int(one.group(2)) for one in found}


def _field(label, known):
    if isinstance(known, int):
        widget = forms.NumberInput(attrs={"class": "input"})
        return forms.IntegerField(label=label, min_value=0, max_value=3660, widget=widget)
    if isinstance(known, dict):
        return PairsField(label=label, required=False, max_length=300)
    if known and isinstance(known[0], str):
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=words_of(known).choices,
            widget=forms.CheckboxSelectMultiple,
        )
    return NumbersField(label=label, required=False, max_length=300)


def _typed(value):
    if isinstance(value, dict):
        return ", ".join(f"{name}={number}" for name, number in value.items())
    if isinstance(value, list) and not (value and isinstance(value[0], str)):
        return ", ".join(map(str, value))
    return value


class RuleForm(forms.Form):
    """From which day, where and by what source is the rule so severe, with which thresholds?"""

    severity = one_of(gettext_lazy("Severity"), Severity.choices)
    region = forms.ModelChoiceField(
        label=gettext_lazy("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everywhere"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    since = DayField(label=gettext_lazy("Valid from"))
    source = words(gettext_lazy("Source: the law or decision it rests on"), 300, required=True)

    def __init__(self, *args, setting, today, **kwargs):
        initial = {"severity": setting.severity, "since": today}
        self.code, params = setting.entry.code, setting.params
        initial |= {f"param_{name}": _typed(value) for name, value in params.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["region"].queryset = Region.objects.in_force(today).order_by("code")
        self.thresholds = list(setting.entry.params)
        for name in self.thresholds:
            label = called(self.code, name)
            self.fields[f"param_{name}"] = _field(label, setting.entry.params[name])
        beside = ("severity", *(f"param_{name}" for name in self.thresholds))
        put_beside(self, dict.fromkeys(beside, self.code))

    def ruling(self) -> Ruling:
        """The rule as it was typed."""
        said = self.cleaned_data
        return Ruling(
            code=self.code,
            severity=said["severity"],
            since=said["since"],
            source=said["source"],
            params={name: said[f"param_{name}"] for name in self.thresholds},
            region=said["region"],
        )

    def lay(self, problems) -> None:
        """Every refusal at its field."""
        for one in problems:
            name = one.pointer.replace("params/", "param_")
            self.add_error(name if name in self.fields else None, one.message)
