"""Whom an agency or a supervisor wants appointed; security administrators decide (c.3 row 3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region
from officers.models.account import Account, Appointment
from officers.querysets import NominationQuerySet
from officers.roles import AT_AGENCY, IN_REGION, Role


class Nomination(models.Model):
    """One person named for one office, by user name and name: whether there is such an account
    the one who decides sees, and not the one who names.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be decided")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("not taken up")
        WITHDRAWN = "withdrawn", _("withdrawn")

    username = models.CharField(_("user name"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    nominated_by = models.ForeignKey(Account, models.PROTECT, related_name="nominations")
    nominated_at = models.DateTimeField(_("nominated"))
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="nominations_decided"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    answer = models.CharField(_("why it was declined"), max_length=200, blank=True)
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="nomination"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(AT_AGENCY), agency__isnull=False, region=None)
                | Q(role__in=sorted(IN_REGION), agency=None, region__isnull=False),
                name="nomination_stands_where_its_role_does",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="nomination_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("nominated_by")),
                name="another_person_decides_a_nomination",
            ),
            models.CheckConstraint(
                condition=Q(appointment=None) | Q(decided_by__isnull=False, answer=""),
                name="only_a_granted_nomination_appoints",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.role}"

    @property
    def state(self) -> State:
        """What has become of it."""
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        if self.decided_at is None:
            return self.State.WAITING
        return self.State.DECLINED if self.appointment_id is None else self.State.GRANTED
