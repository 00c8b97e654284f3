"""What was handed to another party, so that even a rewritten book is noticed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Checkpoint(models.Model):
    """A signed statement of where every chain stood (reliability f.6).

    `heads` is canonical JSON: chain key to length and last hash.  `note` is the signed text of
    origin, number of events and root, as C2SP checkpoints are written.  A receiver outside confirms
    that it keeps the file; the first receipt stands.
    """

    at = models.DateTimeField(_("at"))
    size = models.PositiveBigIntegerField(_("events"))
    heads = models.TextField()
    note = models.TextField()
    acknowledged_at = models.DateTimeField(_("receipt"), null=True, blank=True)
    acknowledged_by = models.CharField(_("received by"), max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.size} {self.at:%Y-%m-%d %H:%M}"
