"""What was photographed, scanned or signed on a visit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models.filing import Filing
from officers.models import Account


class Evidence(models.Model):
    """One file of a filing, kept under its own SHA-256 and never changed or taken away.

    `scanned_at` is when a scanner passed it as it was kept; none where none answered or is asked.
    What the subject sent with its report of a rectification was uploaded by no account.
    """

    class Kind(models.TextChoices):
        JPEG = "jpg", _("JPEG picture")
        PNG = "png", _("PNG picture")
        PDF = "pdf", _("PDF document")

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="evidence")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    size = models.PositiveIntegerField(_("size in bytes"))
    name = models.CharField(_("name"), max_length=120)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    scanned_at = models.DateTimeField(_("found free of malware"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="evidence"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "sha256"], name="evidence_once_per_filing"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_has_its_digest"
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=10 * 1024 * 1024),
                name="evidence_is_of_a_size_we_keep",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where the storage keeps the bytes: by content, so that equal files are kept once."""
        return f"evidence/{self.sha256[:2]}/{self.sha256}.{self.kind}"
