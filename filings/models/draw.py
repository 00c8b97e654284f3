"""Random draws that anybody can check: who could be drawn, who was, and who was set aside."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from filings.models.subject import Subject
from filings.querysets import DrawQuerySet


class Draw(models.Model):
    """One draw of subjects and officers (domain I4).

    `pool` is canonical JSON and `pool_hash` its SHA-256; `commitment` is the SHA-256 of `secret`,
    which is shown only after the public number is entered.  `excluded` says who stayed out and why.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="draws", verbose_name=_("agency")
    )
    name = models.CharField(_("name"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    pool = models.TextField()
    pool_hash = models.CharField(_("hash of the pool"), max_length=64)
    candidates = models.PositiveIntegerField(_("candidates"))
    excluded = models.JSONField(default=list)
    secret = models.CharField(max_length=64)
    commitment = models.CharField(_("commitment"), max_length=64)
    public_source = models.CharField(_("public number"), max_length=200)
    public_on = models.DateField(_("known on"))
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.CharField(max_length=150)
    number = models.CharField(_("the number"), max_length=100, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DrawQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at=None, number="", seed="")
                | (Q(drawn_at__isnull=False) & ~Q(number="") & ~Q(seed="")),
                name="draw_is_drawn_whole_or_not_at_all",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "name"], name="draw_name_once_per_agency_and_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("draws:one", args=[self.pk])


class DrawnSubject(models.Model):
    """One subject that was drawn, with its officers; `reason` says why it was set aside."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="drawn")
    place = models.PositiveIntegerField()
    stratum = models.CharField(max_length=10)
    officers = models.JSONField(default=list)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_order = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "subject"], name="subject_drawn_once_per_draw"),
            models.UniqueConstraint(fields=["draw", "place"], name="one_subject_per_place"),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_order=None, reason="")
                | (Q(set_aside_at__isnull=False, set_aside_order__isnull=False) & ~Q(reason="")),
                name="subject_is_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.place}"
