"""What filings and subjects can be searched by, in the pages and in the API alike."""

from datetime import timedelta

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.calendar import midnight
from agencies.filters import (
    CodeFilter,
    DatedFilter,
    DayFilter,
    RegionCodeFilter,
    StrictFilterSet,
    text_filter,
    yes_no_filter,
)
from agencies.models import Agency, InspectionItem, SubjectKind
from filings.models import Filing, FilingItem, FilingOfficer, Severity, Subject
from filings.rules.catalogue import CATALOGUE
from filings.workflow import Status
from officers.models import Certificate, Officer


def rule_choices():
    """The rules, by code and title."""
    return [(entry.code, entry.title) for entry in CATALOGUE.values()]


class StatusListFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """Several states, parted by commas."""


class FilingFilter(StrictFilterSet):
    """Filings by state, agency, region, type, trigger, subject, days, number, officer and item.

    `dated_after` and `dated_before` are whole days of Asia/Shanghai and both included.
    """

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices)
    status__in = StatusListFilter(
        label=_("Status, several"), choices=Status.choices, field_name="status"
    )
    agency = CodeFilter(queryset=Agency.objects.all(), label=_("Agency"))
    region = RegionCodeFilter(field_name="agency__region__path")
    type = django_filters.ChoiceFilter(
        label=_("Type"), choices=Filing.CheckType.choices, field_name="check_type"
    )
    trigger = django_filters.ChoiceFilter(label=_("Trigger"), choices=Filing.Trigger.choices)
    q = text_filter(_("Subject"), method="of_subject")
    dated_after = DayFilter(label=_("From"), method="from_day")
    dated_before = DayFilter(label=_("To"), method="to_day")
    number = text_filter(_("Number"))
    officer = text_filter(_("Officer, staff or certificate number"), method="of_officer")
    item = CodeFilter(queryset=InspectionItem.objects.all(), label=_("Item"), method="of_item")
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=Filing.Origin.choices)
    overdue = yes_no_filter(_("Overdue"), "is_overdue")
    counted = yes_no_filter(_("Counted in the year"), "is_counted")

    def of_subject(self, queryset, name, value):
        return queryset.filter(subject__in=Subject.objects.called(value))

    def from_day(self, queryset, name, value):
        return queryset.filter(dated_at__gte=midnight(value))

    def to_day(self, queryset, name, value):
        return queryset.filter(dated_at__lt=midnight(value + timedelta(days=1)))

    def of_officer(self, queryset, name, value):
        held = Certificate.objects.filter(number=value).values_list("officer", flat=True)
        people = [*Officer.objects.filter(code=value).values_list("pk", flat=True), *held]
        taking_part = FilingOfficer.objects.filter(officer__in=people)
        return queryset.filter(pk__in=taking_part.values("filing"))

    def of_item(self, queryset, name, value):
        if not value:
            return queryset
        announced = FilingItem.objects.filter(filing=OuterRef("pk"), item_version__item__in=value)
        return queryset.filter(Exists(announced))

    def is_overdue(self, queryset, name, value):
        late = queryset.overdue(timezone.now())
        return late if value == "true" else queryset.exclude(pk__in=late.values("pk"))

    def is_counted(self, queryset, name, value):
        counted = queryset.counted()
        return counted if value == "true" else queryset.exclude(pk__in=counted.values("pk"))


class SubjectFilter(StrictFilterSet):
    """Subjects by name or pinyin, credit code, kind, region of business and industry."""

    q = text_filter(_("Name or pinyin"), method="called")
    uscc = text_filter(_("Unified social credit code"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=SubjectKind.choices)
    region = RegionCodeFilter(field_name="business_region__path")
    industry = text_filter(_("Industry"))
    size = django_filters.ChoiceFilter(label=_("Size"), choices=Subject.Size.choices)
    credit_class = django_filters.ChoiceFilter(
        label=_("Credit class"), choices=Subject.CreditClass.choices
    )

    def called(self, queryset, name, value):
        return queryset.called(value)


class ConflictFilter(DatedFilter):
    """Conflicts by agency, staff number of the officer, and day."""

    agency = CodeFilter(
        queryset=Agency.objects.all(), label=_("Agency"), field_name="officer__agency"
    )
    officer = text_filter(_("Staff number"), field_name="officer__code")


class AlertFilter(StrictFilterSet):
    """Alerts by state, rule, severity, agency and region."""

    open = yes_no_filter(_("Not handled yet"), "is_open")
    code = django_filters.ChoiceFilter(label=_("Rule"), choices=rule_choices)
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=Severity.choices)
    agency = CodeFilter(queryset=Agency.objects.all(), label=_("Agency"))
    region = RegionCodeFilter(field_name="agency__region__path")

    def is_open(self, queryset, name, value):
        return queryset.filter(handled_at__isnull=value == "true")
