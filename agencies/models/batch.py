"""Where bulk rows came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One file taken in: how many rows were read, accepted, already present and refused."""

    kind = models.CharField(_("kind"), max_length=20)
    file_name = models.CharField(_("file"), max_length=255)
    file_digest = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=60, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"))
    accepted = models.PositiveIntegerField(_("accepted"))
    present = models.PositiveIntegerField(_("already present"))
    refused = models.PositiveIntegerField(_("refused"))
    at = models.DateTimeField(_("at"))
    by = models.CharField(_("by"), max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows_read=models.F("accepted") + models.F("present") + models.F("refused")
                ),
                name="import_accounts_for_every_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
