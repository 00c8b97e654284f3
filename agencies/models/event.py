"""What happened: one append-only, hash-chained book per agency and one for the system."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.querysets import EventQuerySet


class Chain(models.Model):
    """The head of one book.  `key` is the agency's code, or `system`; `head` the last hash."""

    key = models.CharField(max_length=20, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """One change: who, in which role, when, what and why (reliability f.6).

    Everything is recorded as text, so that deleting an account or an agency cannot reach it.
    `payload` is the canonical JSON that `hash` covers together with `previous`.
    """

    chain = models.CharField(max_length=20)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("actor"), max_length=150)
    role = models.CharField(_("role"), max_length=20, blank=True)
    verb = models.CharField(_("verb"), max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    reason = models.TextField(_("reason"), blank=True)
    payload = models.TextField()
    announced_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_event_per_place_in_a_chain"),
        ]
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="event_of_object")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.verb}"
