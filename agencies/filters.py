"""What the register of authorities can be searched by, in the pages and in the API alike."""

import re
from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.calendar import local_date
from agencies.models import Agency, InspectionItem, ItemVersion, Job, Plan, Region, SubjectKind
from agencies.querysets import in_force_q

EARLIEST = date(1949, 10, 1)
LATEST = date(2100, 1, 1)
YES_NO = [("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DayField(forms.DateField):
    """A day written YYYY-MM-DD in plain digits, from 1949-10-01 to 2099-12-31."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day < LATEST:
            raise forms.ValidationError(
                _("“%(value)s” is not a day from 1949-10-01 to 2099-12-31; write it YYYY-MM-DD.")
                % {"value": value},
                code="bad_day",
            )
        return day


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class CodeField(forms.CharField):
    """The code of a row that exists; cleans to the rows that bear it."""

    def __init__(self, *, queryset, to_field="code", **kwargs):
        self.queryset, self.to_field = queryset, to_field
        super().__init__(**kwargs | {"max_length": 40})

    def clean(self, value):
        code = super().clean(value)
        if not code:
            return None
        found = list(self.queryset.filter(**{self.to_field: code})[:10])
        if not found:
            raise forms.ValidationError(
                _("Nothing bears the code “%(value)s”.") % {"value": code}, code="unknown_code"
            )
        return found


class CodeFilter(django_filters.CharFilter):
    """Rows related to what bears the code; what the caller may not know of bears no code."""

    field_class = CodeField

    @property
    def field(self):
        authority = getattr(self.parent, "authority", None)
        rows = self.extra["queryset"]
        if authority is not None and hasattr(rows, "known_to"):
            self.extra["queryset"] = rows.known_to(authority)
        return super().field

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class RegionCodeFilter(CodeFilter):
    """Rows that lie in the region of this code or in a division of it; `field_name` its path."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Region.objects.all(), label=gettext_lazy("Region and its divisions"), **kwargs
        )

    def filter(self, qs, value):
        inside = Q()
        for region in value or ():
            inside |= Q(**{f"{self.field_name}__startswith": region.path})
        return qs.filter(inside)


class StrictFilterSet(django_filters.FilterSet):
    """A filter set that refuses by name what it does not know and shows nothing when refused.

    `also` names the parameters of the page itself (cursor, page size), which are no filters.
    `authority` is the caller's: a code of what he may not know of is refused as an unknown one.
    With `only_given` the set holds only the filters that `data` names: the API shows no form, and
    copying twenty filters costs more than the query.
    """

    def __init__(
        self, data=None, queryset=None, *, authority=None, also=(), only_given=False, **kwargs
    ):
        if only_given:
            every = type(self).base_filters
            self.base_filters = {name: every[name] for name in data if name in every}
        super().__init__(data, queryset, **kwargs)
        self.authority = authority
        self.also = frozenset(also)

    @property
    def errors(self):
        """Every refused parameter with its messages: unknown, given twice, or of bad value."""
        refused = {name: list(found) for name, found in self.form.errors.as_data().items()}
        known = sorted(type(self).base_filters)
        for name in self.data or ():
            if name not in self.filters and name not in self.also:
                refused[name] = [_unknown(name, known)]
            elif hasattr(self.data, "getlist") and len(self.data.getlist(name)) > 1:
                refused[name] = [
                    forms.ValidationError(_("Give “%s” once.") % name, code="given_twice")
                ]
        return {
            name: [(e.code or "invalid", " ".join(e.messages)) for e in found]
            for name, found in refused.items()
        }

    def is_valid(self):
        return self.is_bound and not self.errors

    @property
    def qs(self):
        if not self.is_bound:
            return self.queryset.all()
        if not hasattr(self, "_qs"):
            good = self.is_valid()
            self._qs = self.filter_queryset(self.queryset.all()) if good else self.queryset.none()
        return self._qs


def _unknown(name, known):
    return forms.ValidationError(
        _("There is no filter “%(name)s”; there are: %(known)s.")
        % {"name": name[:60], "known": ", ".join(known)},
        code="unknown_filter",
    )


def text_filter(label, **kwargs):
    """A filter by words of at most 64 characters."""
    return django_filters.CharFilter(label=label, max_length=64, **kwargs)


def yes_no_filter(label, method):
    """A filter that is `true`, `false` or absent."""
    return django_filters.ChoiceFilter(label=label, choices=YES_NO, method=method)


class RegionFilter(StrictFilterSet):
    """Regions by code, name, kind and the region they lie in."""

    code = text_filter(gettext_lazy("Code"))
    q = text_filter(gettext_lazy("Name"), field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Region.Kind.choices)
    region = RegionCodeFilter(field_name="path")
    in_force = DayFilter(label=gettext_lazy("In force on"), method="of_day")

    def of_day(self, queryset, name, value):
        return queryset.in_force(value)


class AgencyFilter(StrictFilterSet):
    """Agencies by code, name, kind, line, region and the day they exist."""

    code = text_filter(gettext_lazy("Code"))
    q = text_filter(gettext_lazy("Name, pinyin or code"), method="called")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Agency.Kind.choices)
    line = django_filters.ChoiceFilter(label=gettext_lazy("Line"), choices=Agency.Line.choices)
    region = RegionCodeFilter(field_name="region__path")
    in_force = DayFilter(label=gettext_lazy("In force on"), method="of_day")

    def called(self, queryset, name, value):
        return queryset.called(value)

    def of_day(self, queryset, name, value):
        return queryset.in_force(value)


class ItemFilter(StrictFilterSet):
    """Items by code, words of the name, field, level, kind of subject and claiming agency."""

    code = text_filter(gettext_lazy("Code"))
    q = text_filter(gettext_lazy("Name, pinyin or code"), method="named")
    field = text_filter(gettext_lazy("Field"))
    level = django_filters.ChoiceFilter(
        label=gettext_lazy("Level"), choices=ItemVersion.Level.choices, method="of_level"
    )
    subject_kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind of subject"), choices=SubjectKind.choices, method="of_subject_kind"
    )
    agency = CodeFilter(
        queryset=Agency.objects.all(), label=gettext_lazy("Claimed by agency"), method="claimed_by"
    )
    in_force = DayFilter(label=gettext_lazy("In force on"), method="of_day")

    def named(self, queryset, name, value):
        return queryset.called(value)

    def of_level(self, queryset, name, value):
        return self._with_version(queryset, level=value)

    def of_subject_kind(self, queryset, name, value):
        return self._with_version(queryset, subject_kinds__icontains=f'"{value}"')

    def claimed_by(self, queryset, name, value):
        if not value:
            return queryset
        claims = InspectionItem._meta.get_field("claims").related_model.objects
        held = claims.filter(in_force_q(local_date(timezone.now())), agency__in=value)
        return queryset.filter(pk__in=held.values("item"))

    def of_day(self, queryset, name, value):
        return queryset.in_force(value)

    def _with_version(self, queryset, **wanted):
        return queryset.filter(pk__in=ItemVersion.objects.filter(**wanted).values("item"))


class ClaimFilter(StrictFilterSet):
    """Claims by agency, region, item and the day they hold."""

    agency = CodeFilter(queryset=Agency.objects.all(), label=gettext_lazy("Agency"))
    region = RegionCodeFilter(field_name="agency__region__path")
    item = CodeFilter(queryset=InspectionItem.objects.all(), label=gettext_lazy("Item"))
    in_force = DayFilter(label=gettext_lazy("In force on"), method="of_day")

    def of_day(self, queryset, name, value):
        return queryset.in_force(value)


class DatedFilter(StrictFilterSet):
    """Dated rows by the day on which they hold."""

    in_force = DayFilter(label=gettext_lazy("In force on"), method="of_day")

    def of_day(self, queryset, name, value):
        return queryset.in_force(value)


class OfAgencyFilter(DatedFilter):
    """What agencies keep, by agency, region, number and day."""

    agency = CodeFilter(queryset=Agency.objects.all(), label=gettext_lazy("Agency"))
    region = RegionCodeFilter(field_name="agency__region__path")
    number = text_filter(pgettext_lazy("of a paper", "Number"))


class PlanFilter(OfAgencyFilter):
    """Plans by agency, region, number, kind, item and day."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Plan.Kind.choices)
    item = CodeFilter(
        queryset=InspectionItem.objects.all(), label=gettext_lazy("Item"), field_name="items"
    )


class OfRegionFilter(DatedFilter):
    """What regions keep for their agencies, by region and day."""

    region = RegionCodeFilter(field_name="region__path")


class AssignmentFilter(OfRegionFilter):
    """Levels settled, by item, region and day."""

    item = CodeFilter(queryset=InspectionItem.objects.all(), label=gettext_lazy("Item"))


class CodedFilter(OfRegionFilter):
    """What bears a code, by code, name, region and day."""

    code = text_filter(gettext_lazy("Code"))
    q = text_filter(gettext_lazy("Name"), field_name="name", lookup_expr="icontains")


class JobFilter(StrictFilterSet):
    """Jobs by their state and kind."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("Status"), choices=Job.State.choices)
    kind = text_filter(gettext_lazy("Kind"))
