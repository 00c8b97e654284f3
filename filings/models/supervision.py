"""What a supervisor has to work: complaints, refusals and requests from the door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ciphering import EncipheredField
from agencies.models import Agency
from filings.models.filing import Filing
from filings.querysets import CaseQuerySet
from officers.models import Account


class SupervisionCase(models.Model):
    """One matter brought against an inspection, and how the supervisor answered it (E10).

    Who brought it is known only by a contact given freely; the inspecting agency never sees the
    contact, and the text only when the office released it.  `reference` is what the person keeps
    to read the answer.  A bad rating names its inspection only when its author wished it; its
    grounds are the tags of the rating.
    """

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        REFUSAL = "refusal", _("Lawful refusal")
        RECUSAL = "recusal", _("Request for recusal")
        BAD_RATING = "bad_rating", _("Bad rating")

    class Office(models.TextChoices):
        JUSTICE = "justice", _("Justice bureau")
        ENVIRONMENT = "environment", _("Soft-environment office")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        PARTLY = "partly", _("Upheld in part")
        UNFOUNDED = "unfounded", _("Not upheld")
        UNCLEAR = "unclear", _("Could not be established")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    office = models.CharField(_("office"), max_length=12, choices=Office.choices)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases")
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, blank=True, related_name="cases")
    grounds = models.JSONField(_("grounds"), default=list)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    contact = EncipheredField(_("contact"), blank=True, default="")
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("answer due before"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="cases_answered"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome="", answer="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(answer="")
                ),
                name="answered_case_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(kind="bad_rating", level__isnull=False)
                | (~Q(kind="bad_rating") & Q(level=None, filing__isnull=False)),
                name="only_a_bad_rating_may_name_no_filing",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opened_at"], name="case_of_agency")]

    def __str__(self) -> str:
        return self.reference


class CaseEntry(models.Model):
    """One step in the work on a case: by whom, when, in which words; each is done once.

    The agency writes the reply, what was mended and its appeal, the office all else.
    """

    class Kind(models.TextChoices):
        TAKEN = "taken", _("taken up")
        CALLED = "called", _("called back")
        ASKED = "asked", _("put to the agency")
        REPLIED = "replied", _("the agency replied")
        MENDED = "mended", _("the agency reported what it mended")
        HANDED = "handed", _("handed to the other office")
        RELEASED = "released", _("shown to the agency in the author's words")
        APPEALED = "appealed", _("the agency appealed")
        REVIEWED = "reviewed", _("the appeal was decided")

    case = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="case_entries")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="case_step_is_done_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["taken", "released"]) | ~Q(text=""),
                name="case_entry_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
