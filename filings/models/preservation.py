"""Evidence registered in advance and kept as it is until it is decided on (domain D3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filings.models.filing import Filing
from officers.models import Account


class Preservation(models.Model):
    """What was registered at the subject, where it is kept, and what was decided on it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="preservations")
    things = models.TextField(_("what is registered"))
    kept_at = models.CharField(_("where it is kept"), max_length=200)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(Account, models.PROTECT, related_name="preservations")
    decision = models.TextField(_("decision"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="preservations_decided"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(things="") & ~Q(kept_at=""), name="preservation_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (
                    Q(decided_at__gte=F("registered_at"), decided_by__isnull=False)
                    & ~Q(decision="")
                ),
                name="decision_on_evidence_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.things[:80]
