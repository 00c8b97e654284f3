"""Which requests were answered before, so that a repeated one does nothing twice."""

from django.db import models

from officers.models.account import Account


class IdempotencyKey(models.Model):
    """The key a client gave to a write, what it asked with it and what it was answered.

    Without `answered_at` the request is still being worked on, or its process died.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    begun_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.key}"
