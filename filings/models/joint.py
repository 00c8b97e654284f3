"""What an agency answered when it could make a visit together with another filing (R-DUP-4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.filing import Filing
from officers.models import Account


class JointAnswer(models.Model):
    """What is said for one filing to going together with another; the last word counts.

    A visit is shared once both sides have said yes.  The reason of a refusal stays with the side
    that gave it.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="joint_answers")
    other = models.ForeignKey(Filing, models.CASCADE, related_name="joint_answers_about")
    joins = models.BooleanField(_("goes together"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = models.ForeignKey(Account, models.PROTECT, related_name="joint_answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "other"], name="one_answer_per_offer"),
            models.CheckConstraint(
                condition=~Q(filing=F("other")), name="joint_answer_is_about_another"
            ),
            models.CheckConstraint(
                condition=Q(joins=True) | ~Q(reason=""), name="declined_offer_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.other_id}: {self.joins}"
