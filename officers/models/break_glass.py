"""Access of an administrator to an agency's filings when nothing else helps (c.3 row 28, P43)."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region
from officers.models.account import Account
from officers.querysets import BreakGlassQuerySet
from officers.roles import Role

LONGEST = 60


class BreakGlass(models.Model):
    """One administrator reads the filings of one agency for minutes; a second person opened it.

    It stands in the authority of that administrator like an appointment at the agency, which is
    why it has the same parts: `role`, `agency` and a `region` that is always none.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the second person")
        OPEN = "open", _("reading is open")
        OVER = "over", _("over")
        REFUSED = "refused", _("not given")

    account = models.ForeignKey(Account, models.PROTECT, related_name="glasses")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="glasses")
    reason = models.CharField(_("reason"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes asked for"))
    asked_at = models.DateTimeField(_("asked"))
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="glasses_answered"
    )
    opened_at = models.DateTimeField(_("given from"), null=True, blank=True)
    refused_at = models.DateTimeField(_("not given at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("given back at"), null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    role = Role.ADMINISTRATOR
    region: Region | None = None
    region_id: int | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency"],
                condition=Q(opened_at=None, refused_at=None, closed_at=None),
                name="one_waiting_glass_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="a_glass_is_open_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("account")),
                name="another_person_answers_for_a_glass",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, refused_at=None)
                | Q(answered_by__isnull=False, refused_at=None)
                | Q(answered_by__isnull=False, opened_at=None),
                name="a_glass_has_one_answer_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.agency_id}"

    @property
    def ends_at(self) -> datetime | None:
        """When it is over by itself; None before it was opened."""
        return self.opened_at and self.opened_at + timedelta(minutes=self.minutes)

    def state(self, at: datetime) -> State:
        """Where it stands at the moment."""
        if self.refused_at is not None:
            return self.State.REFUSED
        if self.closed_at is not None:
            return self.State.OVER
        if self.ends_at is None:
            return self.State.WAITING
        return self.State.OPEN if at < self.ends_at else self.State.OVER


class GlassNotice(models.Model):
    """One person of the agency or of audit was told that a glass was broken, and took note."""

    glass = models.ForeignKey(BreakGlass, models.PROTECT, related_name="notices")
    account = models.ForeignKey(Account, models.PROTECT, related_name="glass_notices")
    told_at = models.DateTimeField(_("told"))
    noted_at = models.DateTimeField(_("taken note of"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["glass", "account"], name="told_once_of_a_glass"),
        ]

    def __str__(self) -> str:
        return f"{self.glass_id} {self.account_id}"
