"""A file that somebody brought, on its way into a register."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.imports.faults import told
from agencies.models import ImportBatch, Job
from filings.querysets import UploadQuerySet


class Upload(models.Model):
    """A file with what its last trial or taking in found; `job` is the work on it.

    The counts and `faults` are of a trial that changed nothing until `batch` says that the rows
    were taken in.  `refusal` says why the file could not be read at all.  Both are kept as
    sentences that every reader is told in his or her language.
    """

    class Stage(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        WRITING = "writing", _("Being taken in")
        WRITTEN = "written", _("Taken in")
        UNREADABLE = "unreadable", _("Cannot be read")
        BROKEN = "broken", _("Broken off")

    kind = models.CharField(_("register"), max_length=20)
    name = models.CharField(_("file"), max_length=120)
    place = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    rules = models.TextField(_("map"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads"
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    job = models.OneToOneField(Job, models.PROTECT, related_name="upload")
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    present = models.PositiveIntegerField(_("already present"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    faults = models.JSONField(default=list, blank=True)
    refusal = models.JSONField(default=str, blank=True)
    refused_place = models.CharField(max_length=100, blank=True)
    batch = models.OneToOneField(
        ImportBatch, models.PROTECT, null=True, blank=True, related_name="upload"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows_read=models.F("accepted") + models.F("present") + models.F("refused")
                ),
                name="upload_accounts_for_every_row",
            ),
        ]
        indexes = [models.Index(fields=["uploaded_by", "-id"], name="upload_of_account")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("imports:one", args=[self.pk])

    @property
    def told_faults(self) -> list[dict[str, Any]]:
        """Every reason for which a row is refused, in the reader's language."""
        return [one | {name: told(one[name]) for name in ("rule", "mend")} for one in self.faults]

    @property
    def told_refusal(self) -> str:
        """Why the file could not be read at all, in the reader's language."""
        return told(self.refusal)

    @property
    def stage(self) -> "Upload.Stage":
        """Where the file stands on its way."""
        if self.job.state in (Job.State.QUEUED, Job.State.RUNNING):
            writes = self.job.params.get("write")
            return self.Stage.WRITING if writes else self.Stage.CHECKING
        if self.batch_id:
            return self.Stage.WRITTEN
        if self.job.state != Job.State.DONE:
            return self.Stage.BROKEN
        return self.Stage.UNREADABLE if self.refusal else self.Stage.CHECKED
