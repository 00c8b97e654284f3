"""Who inspects: officers under management and the certificates they hold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.ciphering import EncipheredField
from agencies.models import Agency
from agencies.spelling import SpellingField
from officers.models.account import Account
from officers.querysets import CertificateQuerySet, OfficerQuerySet


class Officer(models.Model):
    """A person under management who may inspect once certified (domain E3, A2).

    Identity and phone number lie enciphered and are found by their keyed hash only.
    """

    class Category(models.TextChoices):
        OFFICER = "officer", _("Enforcement officer")
        AUXILIARY = "auxiliary", _("Auxiliary")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="officer"
    )
    code = models.CharField(_("staff number"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    search = SpellingField()
    category = models.CharField(
        _("category"), max_length=12, choices=Category.choices, default=Category.OFFICER
    )
    post = models.CharField(_("post"), max_length=60, blank=True)
    identity_number = EncipheredField(_("identity number"), blank=True, default="")
    identity_number_found_by = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncipheredField(_("phone"), blank=True, default="")
    phone_found_by = models.CharField(max_length=64, blank=True, db_index=True)
    photo = models.CharField(_("photo"), max_length=70, blank=True)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="staff_number_once_per_agency"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gt=F("joined_on")),
                name="officer_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """An enforcement certificate; its number is opaque and never judged by its digits (E3)."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National enforcement certificate")
        MINISTRY = "ministry", _("Ministry certificate")
        POLICE = "police", _("Police card")
        PROVINCIAL = "provincial", _("Old provincial certificate")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        REVOKED = "revoked", _("Revoked")
        RETIRED = "retired", _("Retired")
        TRANSFERRED = "transferred", _("Transferred")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NATIONAL)
    issuer = models.CharField(_("issuer"), max_length=100)
    number = models.CharField(_("number"), max_length=20)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.ACTIVE
    )
    last_checked_on = models.DateField(_("last annual check"), null=True, blank=True)
    barred_until = models.DateField(_("barred until"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"], name="certificate_number_once_per_issuer"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9A-Za-z-]{6,20}$"),
                name="certificate_number_is_plain",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="certificate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid(self, on) -> bool:
        """Whether the certificate is active and within its dates on the day `on` (R-OFF-1)."""
        return self.status == self.Status.ACTIVE and self.valid_from <= on <= self.valid_to
