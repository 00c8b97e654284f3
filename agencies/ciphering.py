"""How identity and telephone numbers lie in the database: enciphered, and found by a keyed hash.

AES-256-GCM under keys made from `FIELD_KEYS` (reliability d.2, 8.1.4.8); the name of the column is
sealed in, so that a value moved to another column does not open.  What a row gives back shows only
its mask, whoever prints it; the whole value is had by asking for it.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.db import models

NONCE = 12


class CannotDecipher(Exception):
    """The value was sealed under a key that `FIELD_KEYS` no longer names, or was changed."""

    code = "cannot_decipher"


class Concealed:
    """A value that shows its mask: `str`, templates, JSON and logs get `3****************X`."""

    __slots__ = ("_column", "_sealed")

    def __init__(self, sealed: str, column: str) -> None:
        self._sealed, self._column = sealed, column

    def reveal(self) -> str:
        """The whole value, for the one place that may show it.  Raises CannotDecipher."""
        return decipher(self._sealed, self._column)

    def is_current(self) -> bool:
        """Whether it lies under the first of the keys."""
        return not self._sealed or self._sealed.startswith(f"{keys()[0][0]}.")

    def __str__(self) -> str:
        return mask(self.reveal())

    def __repr__(self) -> str:
        return f"<concealed {self._column}>"

    def __bool__(self) -> bool:
        return bool(self._sealed)


def mask(value: str) -> str:
    """The value with the middle starred: one character of each end, three and two of ten or more.

    An identity number of 18 characters keeps only its ends.
    """
    if len(value) <= 2:
        return "*" * len(value)
    first, last = (3, 2) if 10 <= len(value) < 15 else (1, 1)
    return value[:first] + "*" * (len(value) - first - last) + value[-last:]


def encipher(value: str, column: str) -> str:
    """The value sealed under the first key; empty stays empty."""
    if not value:
        return ""
    name, key = keys()[0]
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, value.encode(), column.encode())
    return f"{name}.{base64.urlsafe_b64encode(sealed).decode()}"


def decipher(sealed: str, column: str) -> str:
    """The value again.  Raises CannotDecipher."""
    if not sealed:
        return ""
    name, _dot, body = sealed.partition(".")
    key = dict(keys()).get(name)
    try:
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(key or b"").decrypt(raw[:NONCE], raw[NONCE:], column.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise CannotDecipher(column) from error


def fingerprint(value: str, column: str) -> str:
    """By what an equal value is found, under the first key; empty stays empty."""
    return _fingerprint(keys()[0][1], value, column) if value else ""


def fingerprints(value: str, column: str) -> list[str]:
    """The same under every key, while some rows still lie under an old one."""
    return [_fingerprint(key, value, column) for _name, key in keys()]


def _fingerprint(key: bytes, value: str, column: str) -> str:
    return hmac.new(key, f"find:{column}:{value}".encode(), hashlib.sha256).hexdigest()


def keys() -> tuple[tuple[str, bytes], ...]:
    """The keys of the settings, each under its name; the first one enciphers."""
    return _made(tuple(settings.FIELD_KEYS or (settings.SECRET_KEY,)))


@lru_cache(maxsize=4)
def _made(secrets: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """Each key under the name by which a sealed value says which one it needs."""
    made = []
    for secret in secrets:
        key = HKDF(SHA256(), 32, None, b"jianbei.fields").derive(secret.encode())
        made.append((hashlib.sha256(key).hexdigest()[:8], key))
    return tuple(made)


class EncipheredField(models.TextField):
    """Text that lies enciphered; a row gives it back as Concealed, and takes plain text.

    Nothing can be filtered by it but whether it is empty: two equal values lie differently.
    """

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.db_index or self.unique:
            found.append(checks.Error("An enciphered column has no index.", obj=self))
        return found

    @property
    def column_name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else Concealed(value, self.column_name)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Concealed):
            return value._sealed
        return encipher(value, self.column_name) if value else value
