"""What holds of every row that is in force from one day to another."""

from django.db.models import F, Q

ENDS_LATER = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
"""The condition that a row ends after it begins, or not at all."""
