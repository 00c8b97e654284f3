"""The filters people keep for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from officers.models import Account


class SavedFilter(models.Model):
    """A named query of the queue, kept by one account; its address can be shared with anybody.

    It holds what is asked, never what was found: whoever opens it sees what he may see.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="filter_name_once_per_account")
        ]

    def __str__(self) -> str:
        return self.name
