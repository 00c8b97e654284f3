"""The order of a compile, as typed in a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Region
from filings.web.fields import OneField
from officers.roles import GRANTS, Permission, Role
from reports.periods import BadPeriod, parse


class OrderForm(forms.Form):
    """A period and one of the regions whose year the caller may compile."""

    year = forms.CharField(
        label=_("Year or period"),
        max_length=40,
        help_text=_("2022, 2022Q1, 2022-05 or 2022-01-10_2022-03-05"),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    region = OneField(
        Region.objects.none(),
        label=_("Region"),
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, data=None, *, authority, on, last):
        super().__init__(data, initial={"year": on.year - 1})
        self.fields["region"].offer(compilable(authority, on))
        self.fields["region"].label_from_instance = lambda region: region.name
        self.last = last

    def clean_year(self):
        try:
            return parse(self.cleaned_data["year"].strip(), last_year=self.last)
        except BadPeriod as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from refused


def compilable(authority, on):
    """The regions whose year the caller may compile: the own ones and their divisions."""
    found = Region.objects.none()
    for held in authority.appointments:
        if held.region is not None and Permission.YEAR_COMPILE in GRANTS[Role(held.role)]:
            found = found | Region.objects.under(held.region).in_force(on)
    return found.order_by("path")
