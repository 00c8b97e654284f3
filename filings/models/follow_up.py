"""What becomes of a result: correction, rectification and transfer, each kept for ever."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.result import Result
from officers.models import Account


class Correction(models.Model):
    """A recorded result changed afterwards: what it said before and after, and why."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="corrections")
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    reason = models.CharField(_("reason"), max_length=300)
    corrected_at = models.DateTimeField(_("corrected"))
    corrected_by = models.ForeignKey(Account, models.PROTECT, related_name="corrections")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="correction_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Rectification(models.Model):
    """One round of rectification: what the subject reported, and what the re-check found.

    `reported_by` is the officer who noted the report; none when the subject sent it itself.
    """

    result = models.ForeignKey(Result, models.PROTECT, related_name="rectifications")
    due_on = models.DateField(_("rectify by"))
    report = models.TextField(_("report"))
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="rectifications_entered"
    )
    rechecked_at = models.DateTimeField(_("re-checked"), null=True, blank=True)
    rechecked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="rechecks"
    )
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result"],
                condition=Q(rechecked_at=None),
                name="one_open_rectification_per_result",
            ),
            models.CheckConstraint(
                condition=Q(rechecked_at=None, rechecked_by=None, passed=None)
                | Q(
                    rechecked_at__gte=F("reported_at"),
                    rechecked_by__isnull=False,
                    passed__isnull=False,
                ),
                name="recheck_says_whether_it_passed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.due_on}"


class Transfer(models.Model):
    """A matter handed or copied to another body, and that body's receipt (R-FUP-2)."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="transfers")
    receiver = models.CharField(_("receiving body"), max_length=200)
    matter = models.TextField(_("matter"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="transfers")
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(receiver=""), name="transfer_names_its_receiver"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by="")
                | (Q(received_at__gte=F("sent_at")) & ~Q(received_by="")),
                name="receipt_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.receiver
