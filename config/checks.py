"""Is the environment complete?  Names each variable, the value found and the form expected."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

WAYS_OUT = {
    "SECRET_KEY": (
        "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(60))'"
        " and put SECRET_KEY=... into the environment or into .env"
    ),
    "WEB_PROCESSES": "Set DATABASE_URL to PostgreSQL and REDIS_URL, or leave WEB_PROCESSES at 1.",
}


def environment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One error per variable that is missing or malformed."""
    return [
        Error(
            f"{name} is {_shown(value)!r}; expected: {form}."
            if value
            else f"{name} is not set: {form}.",
            hint=WAYS_OUT.get(name, f"Set {name} in the environment or in .env (docs/settings.md)"),
            id="jianbei.E001",
        )
        for name, value, form in settings.ENVIRONMENT_PROBLEMS
    ]


def _shown(value: str) -> str:
    """The value without the password an address may carry."""
    return re.sub(r"//[^/@]*@", "//…@", value)
