"""On which devices an account signs what it notes without a connection."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """One browser of one account; its private key never leaves it.

    `public_key` is the SubjectPublicKeyInfo of a key on P-256, in base64.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="devices")
    name = models.CharField(_("name"), max_length=120)
    public_key = models.CharField(_("public key"), max_length=200)
    registered_at = models.DateTimeField(_("registered"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "public_key"], name="key_once_per_account"),
            models.CheckConstraint(condition=~Q(public_key=""), name="device_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.name
