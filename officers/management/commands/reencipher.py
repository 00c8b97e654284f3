"""Put every enciphered number under the first of the keys, so that older keys can be taken away."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import ciphering, journal
from agencies.journal import Actor

BY = Actor("reencipher")


class Command(BaseCommand):
    help = "Encipher identity and phone numbers anew under the first key of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, names in enciphered().items():
            count = sum(_anew(row.pk, model, names) for row in model._base_manager.only("pk"))
            told = {"model": model._meta.label, "count": count}
            self.stdout.write(_("%(model)s: %(count)d rows enciphered anew.") % told)


def enciphered() -> dict[type[models.Model], list[str]]:
    """Every model with enciphered columns, and their names."""
    found = {}
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        names = [f.name for f in fields if isinstance(f, ciphering.EncipheredField)]
        if names:
            found[model] = names
    return found


@transaction.atomic
def _anew(pk: int, model: type[models.Model], names: list[str]) -> bool:
    row = model._base_manager.select_for_update().get(pk=pk)
    old = [name for name in names if not getattr(row, name).is_current()]
    for name in old:
        value = getattr(row, name).reveal()
        setattr(row, name, value)
        if hasattr(row, f"{name}_found_by"):
            setattr(row, f"{name}_found_by", ciphering.fingerprint(value, name))
    if old:
        row.save()
        journal.append(
            journal.SYSTEM, "reencipher", row, by=BY, at=timezone.now(), columns=sorted(old)
        )
    return bool(old)
