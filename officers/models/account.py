"""Who signs in, and what they were appointed to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region
from officers.querysets import AccountQuerySet, AppointmentQuerySet
from officers.roles import SENSITIVE, Role


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A person who can sign in; what the person may do is in the appointments."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    former_passwords = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    provider_subject = models.CharField(
        _("subject at the identity provider"), max_length=255, null=True, blank=True, unique=True
    )

    objects = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(username=""), name="account_has_a_user_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """The account holds `role` at an agency or in a region from one day to another.

    Agency roles stand at an agency, supervisors and auditors in a region, administrators nowhere.
    The last day is the one before `valid_to`; one that ends where it begins was never in force.
    A sensitive one is in force only once a second security administrator has confirmed it; nobody
    grants or confirms anything to himself, whatever program writes the row (I12, P43).
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="granted"
    )
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="confirmed"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    # Whether its holder was told of a broken glass and took no note; read by `Authority.signed_in`.
    untold = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    role__in=["officer", "approver", "clerk"], agency__isnull=False, region=None
                )
                | Q(
                    role__in=["supervisor", "environment", "auditor"],
                    agency=None,
                    region__isnull=False,
                )
                | Q(role__in=["administrator", "security"], agency=None, region=None),
                name="appointment_stands_where_its_role_does",
                violation_error_message=_(
                    "Officers, approvers and clerks are appointed at an agency, supervisors and "
                    "auditors in a region, administrators at neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="appointment_ends_no_earlier_than_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=(Q(granted_by=None) | ~Q(granted_by=F("account")))
                & (Q(confirmed_by=None) | ~Q(confirmed_by=F("account"))),
                name="nobody_appoints_himself",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(SENSITIVE))
                | Q(granted_by=None)
                | Q(confirmed_at=None)
                | Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("granted_by")),
                name="a_second_person_confirms_a_sensitive_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"

    def is_waiting(self) -> bool:
        """Whether a second security administrator has still to confirm it."""
        ended = self.valid_to is not None and self.valid_to <= self.valid_from
        return self.confirmed_at is None and not ended
