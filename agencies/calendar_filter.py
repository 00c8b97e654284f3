"""What the working-day calendar can be searched by."""

from django.utils.translation import gettext_lazy

from agencies.filters import DayFilter, StrictFilterSet


class CalendarFilter(StrictFilterSet):
    """Days of the calendar from one day to another."""

    since = DayFilter(label=gettext_lazy("From"), field_name="day", lookup_expr="gte")
    until = DayFilter(label=gettext_lazy("Until"), field_name="day", lookup_expr="lte")
