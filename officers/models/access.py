"""How a person or a program proves who it is: counted attempts, second factors, tokens."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency


class Throttle(models.Model):
    """How often something was tried before `expires_at`; `key` is a keyed hash of what and who."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


class SecondFactor(models.Model):
    """The sealed secret an authenticator shares with us; `last_step` was the last code taken."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_factor"
    )
    secret = models.TextField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account_id}"


class RecoveryCode(models.Model):
    """The hash of a code that replaces a lost authenticator once."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}"


class ApiToken(models.Model):
    """A program may act as the account, at one agency or wherever it is appointed, within `scopes`.

    Only the hash of the token is kept; `hint` are the characters by which its owner knows it.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=60)
    scopes = models.JSONField(_("scopes"))
    hint = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hint} {self.name}"
