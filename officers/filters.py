"""What officers can be searched by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.filters import CodeFilter, DayFilter, RegionCodeFilter, StrictFilterSet, text_filter
from agencies.models import Agency
from officers.models import Certificate, Officer


class OfficerFilter(StrictFilterSet):
    """Officers by staff number, name, agency, region, certificate and the day they serve."""

    code = text_filter(_("Staff number"))
    q = text_filter(_("Name, pinyin or number"), method="called")
    category = django_filters.ChoiceFilter(label=_("Category"), choices=Officer.Category.choices)
    agency = CodeFilter(queryset=Agency.objects.all(), label=_("Agency"))
    region = RegionCodeFilter(field_name="agency__region__path")
    certificate = text_filter(_("Certificate number"), method="holding")
    in_service = DayFilter(label=_("In service on"), method="serving")
    certified = DayFilter(label=_("Certified on"), method="certified_on")
    expires_before = DayFilter(label=_("Certificate expires before"), method="expiring")

    def called(self, queryset, name, value):
        return queryset.called(value)

    def holding(self, queryset, name, value):
        held = Certificate.objects.filter(Q(number=value) | Q(number=value.upper()))
        return queryset.filter(pk__in=held.values("officer"))

    def serving(self, queryset, name, value):
        return queryset.in_service(value)

    def certified_on(self, queryset, name, value):
        return queryset.certified(value)

    def expiring(self, queryset, name, value):
        """Those still serving who hold a certificate now, and none that lasts to that day."""
        lasting = Certificate.objects.filter(status="active", valid_to__gte=value)
        held = Certificate.objects.filter(status="active", valid_to__lt=value)
        return queryset.filter(pk__in=held.values("officer"), left_on=None).exclude(
            pk__in=lasting.values("officer")
        )
