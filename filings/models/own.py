"""How an enterprise is reached, and how it comes in to read what is its own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ciphering import EncipheredField
from filings.models.subject import Subject


class Contact(models.Model):
    """Where one reaches a subject; known to the clerks who keep it and shown to nobody in full.

    Address and number lie enciphered and are found by their keyed hash only.

    `since` is the day from which it stands: a contact entered after a filing makes the rating of
    its visit doubtful.
    """

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="contact")
    email = EncipheredField(_("e-mail"), blank=True, default="")
    email_found_by = models.CharField(max_length=64, blank=True)
    phone = EncipheredField(_("phone"), blank=True, default="")
    phone_found_by = models.CharField(max_length=64, blank=True)
    since = models.DateField(_("since"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="contact_reaches_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject_id)

    def in_part(self) -> str:
        """Enough to know it by, too little to use it."""
        name, _at, host = self.email.reveal().partition("@")
        shown = [f"{name[:1]}***@{host}" if host else "", str(self.phone)]
        return " · ".join(filter(None, shown))


class OwnEntry(models.Model):
    """One try to come in: asked for, and opened when the code that was sent is typed.

    Written for enterprises that are not known too, so that both take the same work.  Ticket, code
    and key are kept as digests.
    """

    ticket_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    key_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, related_name="entries")
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
