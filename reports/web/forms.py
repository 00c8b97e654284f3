"""The order of a compile, as typed in a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Region
from officers.roles import GRANTS, Permission, Role
from reports.actions import FIRST_YEAR


class OrderForm(forms.Form):
    """A year and one of the regions whose year the caller may compile."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Region"),
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, data=None, *, authority, on, last):
        super().__init__(data, initial={"year": on.year - 1})
        self.fields["region"].queryset = compilable(authority, on)
        self.fields["region"].label_from_instance = lambda region: region.name
        self.fields["year"].widget.attrs["max"] = last


def compilable(authority, on):
    """The regions whose year the caller may compile: the own ones and their divisions."""
    found = Region.objects.none()
    for held in authority.appointments:
        if held.region is not None and Permission.YEAR_COMPILE in GRANTS[Role(held.role)]:
            found = found | Region.objects.under(held.region).in_force(on)
    return found.order_by("path")
