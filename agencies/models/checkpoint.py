"""What was handed to another party, so that even a rewritten book is noticed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Checkpoint(models.Model):
    """A signed statement of where every chain stood (reliability f.6).

    `heads` is canonical JSON: chain key to length and last hash.  `note` is the signed text of
    origin, number of events and root, as C2SP checkpoints are written.
    """

    at = models.DateTimeField(_("at"))
    size = models.PositiveBigIntegerField(_("events"))
    heads = models.TextField()
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.size} {self.at:%Y-%m-%d %H:%M}"
