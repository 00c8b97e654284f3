"""The right to rate a visit, once: apart from the code, and without a way back to the visit.

A right is a secret that only the device of the enterprise holds.  The visit keeps one digest of it
and so knows that the right was given; the rating keeps another and so cannot be made twice.  Who
reads both tables, but not the secret, cannot tell which rating is of which visit.
"""

import hashlib
import re
import secrets

from django.utils.crypto import constant_time_compare

FORM = re.compile(r"[A-Za-z0-9_-]{32}")
GIVEN, DOUBTED, SPENT = "given", "given.doubtful", "spent"


def fresh() -> str:
    """A new right of 192 bits, which counts for nothing until it is given."""
    return secrets.token_urlsafe(24)


def well_formed(secret: str) -> bool:
    """Whether `secret` can be a right at all."""
    return FORM.fullmatch(secret) is not None


def given(secret: str, *, doubtful: bool) -> str:
    """What the visit keeps of the right; a doubtful giving looks like any other."""
    return _digest(DOUBTED if doubtful else GIVEN, secret)


def spent(secret: str) -> str:
    """What the rating keeps of the right."""
    return _digest(SPENT, secret)


def doubt(kept: str, secret: str) -> bool | None:
    """Whether the right was given to a doubtful device; None when it is not the visit's right."""
    for doubtful in (False, True):
        if kept and constant_time_compare(kept, given(secret, doubtful=doubtful)):
            return doubtful
    return None


def _digest(purpose: str, secret: str) -> str:
    return hashlib.sha256(f"jianbei.right.{purpose}.v1\n{secret}".encode()).hexdigest()
