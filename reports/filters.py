"""What compiled years can be searched by."""

import re

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.filters import RegionCodeFilter, StrictFilterSet, text_filter
from agencies.models import Job


class YearField(forms.CharField):
    """A year in four plain digits."""

    def clean(self, value):
        text = super().clean(value)
        if text and not re.fullmatch(r"(19|20)[0-9]{2}", text):
            raise forms.ValidationError(
                _("“%(value)s” is not a year in four digits.") % {"value": text[:60]},
                code="bad_year",
            )
        return int(text) if text else None


class YearFilter(django_filters.Filter):
    field_class = YearField


class CompilationFilter(StrictFilterSet):
    """Compiled years by year, region, state of the job and digest."""

    year = YearFilter(label=gettext_lazy("Year"))
    region = RegionCodeFilter(field_name="region__path")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=Job.State.choices, field_name="job__state"
    )
    digest = text_filter(gettext_lazy("Digest"))
