"""Is a password long, varied and new enough?  Django's validators in our words, and our own."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from officers.models import Account

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class UnlikeTheName(UserAttributeSimilarityValidator):
    """Neither the name nor the user name, nor nearly."""

    def get_help_text(self) -> str:
        return _("The password must not resemble the name or the user name.")


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_help_text(self) -> str:
        return _("The password has at least %(least)d characters.") % {"least": self.min_length}


class Uncommon(CommonPasswordValidator):
    """None of the twenty thousand that are tried first."""

    def get_help_text(self) -> str:
        return _("Passwords that many people use are refused.")


class MixedCharacters:
    """At least so many of: small letters, capitals, digits, anything else."""

    def __init__(self, classes: int) -> None:
        self.classes = classes

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError when fewer kinds of characters are used."""
        kinds = {
            "small" if c.islower() else "capital" if c.isupper() else "digit" if c.isdigit() else ""
            for c in password
        }
        if len(kinds) < self.classes:
            raise ValidationError(self.get_help_text(), "password_not_mixed")

    def get_help_text(self) -> str:
        return _(
            "Use at least %(classes)d of these: small letters, capitals, digits, other characters."
        ) % {"classes": self.classes}


class NotUsedBefore:
    """Not one of the last passwords of the account, the present one included."""

    def __init__(self, last: int) -> None:
        self.last = last

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError when the account had the password lately."""
        known = [user.password, *user.former_passwords][: self.last] if user else []
        if any(one and check_password(password, one) for one in known):
            raise ValidationError(self.get_help_text(), "password_used_before")

    def get_help_text(self) -> str:
        return _("Do not use your last %(last)d passwords again.") % {"last": self.last}


def one_time_password() -> str:
    """A password to hand over: four groups of letters and digits that cannot be misread."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _g in range(4))


def is_due(account: Account, at: datetime) -> bool:
    """Whether the account has to change its password before anything else."""
    if account.must_change_password:
        return True
    oldest = settings.PASSWORD_MAX_AGE_DAYS
    since = account.password_set_at
    return bool(oldest and since and at - since >= timedelta(days=oldest))
