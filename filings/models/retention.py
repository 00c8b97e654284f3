"""How long things are kept, and what is disposed of once two people have agreed (c.3, row 27)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Job
from filings.querysets import DisposalQuerySet, PeriodQuerySet
from officers.models import Account


class Kept(models.TextChoices):
    """What is kept for a time only."""

    RATING_TEXT = "rating_text", _("Free text of ratings")
    DRAFT = "draft", _("Drafts nobody goes on with")
    IMPORT_FILE = "import_file", _("Files taken into a register")
    UNCONFIRMED_FILE = "unconfirmed_file", _("Files nobody confirmed")
    TOKEN = "token", _("Tokens that expired or were revoked")


class RetentionPeriod(models.Model):
    """From a day on, things of the kind are kept for so many days; the default stands in the code.

    The period of the newest day that has come holds.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=Kept.choices)
    days = models.PositiveIntegerField(_("days"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="one_period_per_kind_and_day"
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="period_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.days}"


class Disposal(models.Model):
    """Everything of one kind older than `cutoff`, once a supervisor and an auditor agree."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for agreement")
        ORDERED = "ordered", _("under way")
        DONE = "done", _("done")
        DECLINED = "declined", _("kept for now")

    kind = models.CharField(_("kind"), max_length=16, choices=Kept.choices)
    cutoff = models.DateTimeField(_("older than"))
    due = models.PositiveIntegerField(_("due"))
    proposed_by = models.CharField(_("proposed by"), max_length=60)
    proposed_at = models.DateTimeField(_("proposed"))
    supervisor = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="disposals_supervised"
    )
    auditor = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="disposals_audited"
    )
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="disposal")
    disposed = models.PositiveIntegerField(_("disposed of"), default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(done_at=None, declined_at=None),
                name="one_open_disposal_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None) | Q(auditor=None) | ~Q(supervisor=F("auditor")),
                name="two_people_agree_to_a_disposal",
            ),
            models.CheckConstraint(
                condition=Q(job=None, done_at=None, disposed=0)
                | Q(supervisor__isnull=False, auditor__isnull=False, declined_at=None),
                name="nothing_is_disposed_of_without_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def state(self) -> State:
        """How far it is."""
        if self.declined_at is not None:
            return self.State.DECLINED
        if self.done_at is not None:
            return self.State.DONE
        return self.State.ORDERED if self.job_id is not None else self.State.WAITING

    def is_open(self) -> bool:
        """Whether it still waits for somebody's word."""
        return self.job_id is None and self.declined_at is None
