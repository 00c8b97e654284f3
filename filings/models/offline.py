"""What an officer noted at a door without a connection, as it reached the register."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models.filing import Filing
from officers.models import Device


class OfflineArrival(models.Model):
    """One arrival that was recorded afterwards; both clocks are kept apart (R-SIT-2, P27).

    `device_time` is when the device says it was, `sent_at` what its clock said when it sent, and
    `received_at` is the server's.  `text` is kept as it was signed, so that the signature can be
    checked again; both are empty for an arrival typed in by hand.
    """

    class Proof(models.TextChoices):
        VALID = "valid", _("Signed by the device")
        FAILED = "failed", _("The signature does not hold")
        ABSENT = "absent", _("Not signed")

    filing = models.OneToOneField(Filing, models.PROTECT, related_name="offline")
    device = models.ForeignKey(
        Device, models.PROTECT, null=True, blank=True, related_name="arrivals"
    )
    proof = models.CharField(_("proof"), max_length=6, choices=Proof.choices)
    text = models.TextField(_("as it was signed"), blank=True)
    signature = models.CharField(_("signature"), max_length=200, blank=True)
    device_time = models.DateTimeField(_("time of the device"))
    sent_at = models.DateTimeField(_("sent, by the device"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"))
    skew = models.IntegerField(_("seconds the device is ahead"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(proof="valid") | (Q(device__isnull=False) & ~Q(signature="")),
                name="valid_proof_names_its_device",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=models.F("device_time")),
                name="arrival_is_noted_before_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.device_time}"
