"""A user name that cannot be taken for another one (reliability U14)."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def unmistakable(name: str) -> None:
    """Raise ValidationError for a name in full-width signs or in letters of two scripts."""
    plain = unicodedata.normalize("NFKC", name)
    if plain != name:
        message = _("Write the user name in plain signs: %(plain)s.")
        raise ValidationError(message % {"plain": plain}, "user_name_not_plain")
    scripts = {unicodedata.name(one, "?").split()[0] for one in name if one.isalpha()}
    if len(scripts) > 1:
        message = _("The user name mixes letters of several scripts: %(scripts)s. Use one.")
        told = {"scripts": ", ".join(sorted(scripts))}
        raise ValidationError(message % told, "user_name_of_two_scripts")
