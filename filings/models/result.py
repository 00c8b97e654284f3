"""What an inspection found and what followed (domain E7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import ItemVersion, LegalBasis
from filings.models.filing import Filing, FilingItem
from officers.models import Account


class Result(models.Model):
    """The one outcome of a filing: exclusive groups, not free ticks (E7).

    `complete_record` and `enforcement_followed` decide whether the inspection enters the
    statutory number of inspections (R-STA-4).  `publish_by` is the last day for publication by
    the term in force when it was recorded; imported results have none.
    """

    class Outcome(models.TextChoices):
        NO_PROBLEM = "no_problem", _("No problem found")
        CORRECTED = "corrected", _("Problem found, corrected on order")
        PENDING = "pending", _("Problem found, to be followed up")
        NO_ACTIVITY = "no_activity", _("No such business activity found")
        CLOSED_DOWN = "closed_down", _("Closed down or in liquidation")
        UNCOOPERATIVE = "uncooperative", _("Serious non-cooperation")
        GONE = "gone", _("Deregistered, revoked or moved away")

    class FollowUp(models.TextChoices):
        NONE = "none", _("None needed")
        DAILY_SUPERVISION = "daily_supervision", _("Stopped, reported to daily supervision")
        RECTIFICATION = "rectification", _("Rectification ordered")
        TRANSFERRED = "transferred", _("Clue transferred to a case-handling body")
        COPIED = "copied", _("Copied to the departments concerned")
        OTHER = "other", _("Other")

    class Channel(models.TextChoices):
        ON_THE_SPOT = "on_the_spot", _("Signed on the spot")
        UNSIGNED = "unsigned", _("On the spot, not signed")
        ELECTRONIC = "electronic", _("Electronically")
        POST = "post", _("By post")

    filing = models.OneToOneField(Filing, models.PROTECT, related_name="result")
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome.choices)
    source_outcome = models.CharField(_("outcome at the source"), max_length=100, blank=True)
    follow_up = models.CharField(
        _("follow-up"), max_length=18, choices=FollowUp.choices, default=FollowUp.NONE
    )
    summary = models.TextField(_("summary"), blank=True)
    complete_record = models.BooleanField(_("record complete"), default=True)
    enforcement_followed = models.BooleanField(_("penalty or measure followed"), default=False)
    rectify_by = models.DateField(_("rectify by"), null=True, blank=True)
    rectified_on = models.DateField(_("rectified on"), null=True, blank=True)
    finished_on = models.DateField(_("follow-up finished on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="results_recorded"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="results_confirmed"
    )
    delivered_at = models.DateTimeField(_("told to the subject"), null=True, blank=True)
    delivery_channel = models.CharField(
        _("channel of delivery"), max_length=12, choices=Channel.choices, blank=True
    )
    delivered_to = models.CharField(_("received by"), max_length=60, blank=True)
    delivery_note = models.CharField(_("note on the delivery"), max_length=300, blank=True)
    delivery_witness = models.CharField(_("witness"), max_length=60, blank=True)
    delivery_recording = models.CharField(_("recording"), max_length=120, blank=True)
    publish_by = models.DateField(_("to be published by"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    publication_withheld = models.CharField(
        _("why it is not published"), max_length=300, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="no_problem") | Q(follow_up="none"),
                name="no_problem_needs_no_follow_up",
            ),
            models.CheckConstraint(
                condition=~Q(follow_up="rectification") | Q(rectify_by__isnull=False),
                name="rectification_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(publication_withheld=""),
                name="result_is_published_or_withheld",
            ),
            models.CheckConstraint(
                condition=~Q(delivery_channel="unsigned")
                | (~Q(delivery_note="") & ~Q(delivery_witness="", delivery_recording="")),
                name="unsigned_delivery_says_why_and_is_proved",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Finding(models.Model):
    """One thing found: on one announced item, on which provision, at which point of its checklist.

    The item is the version that was announced, and `point` counts the points of its checklist
    from 1; what was found beside the checklist has none.  Imported findings may lack all three, and
    then say so (`missing`); nothing is made up for them.
    """

    class Part(models.TextChoices):
        TEXT = "text", _("what was found")
        ITEM = "item", _("the item")
        BASIS = "basis", _("the legal basis")

    Severity = ItemVersion.Severity

    result = models.ForeignKey(Result, models.CASCADE, related_name="findings")
    filing_item = models.ForeignKey(
        FilingItem, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    point = models.PositiveSmallIntegerField(_("point of the checklist"), null=True, blank=True)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices)
    text = models.CharField(_("what was found"), max_length=500, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="finding_counts_something"),
        ]

    def __str__(self) -> str:
        return self.text or self.clause

    @property
    def standard(self) -> str:
        """What the point of the checklist is measured by."""
        return self._gone_through("standard")

    @property
    def method(self) -> str:
        """How the point of the checklist is looked into, by the code of the method."""
        return self._gone_through("method")

    @property
    def method_label(self) -> str:
        """How the point of the checklist is looked into, in words."""
        known = ItemVersion.Method
        return str(known(self.method).label) if self.method in known.values else self.method

    @property
    def missing(self) -> list[Part]:
        """What a finding says by the law and this one does not."""
        said = {
            self.Part.TEXT: bool(self.text or self.clause),
            self.Part.ITEM: self.filing_item_id is not None,
            self.Part.BASIS: self.basis_id is not None,
        }
        return [part for part, there in said.items() if not there]

    def _gone_through(self, part: str) -> str:
        if self.point is None or self.filing_item is None:
            return ""
        said = self.filing_item.item_version.checklist[self.point - 1]
        return str(said.get(part, "")) if isinstance(said, dict) else ""
