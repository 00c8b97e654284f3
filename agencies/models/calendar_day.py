"""A day on which is worked or not against the week, as the State Council arranges it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.querysets import OpenRowsQuerySet


class CalendarDay(models.Model):
    """One holiday or make-up working day of the yearly notice (D3: data, not code)."""

    day = models.DateField(_("day"), unique=True)
    worked = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=40)
    source = models.CharField(_("source"), max_length=300)

    objects = OpenRowsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""), name="calendar_day_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
