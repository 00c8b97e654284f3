"""The code an enterprise scans: a token that proves nothing by itself but finds its filing.

The token is an HMAC of the filing's name under the server's secret, 160 bits in base 32, so it can
be drawn again for the officer's screen; the database keeps only its digest and cannot give it away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from filings.models import Filing

PURPOSE = b"jianbei.filing.code.v1"


def token(name: str) -> str:
    """The token of the filing with this name: 32 characters of A-Z and 2-7."""
    key = hashlib.sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()
    return base64.b32encode(hmac.digest(key, name.encode(), "sha256")[:20]).decode()


def digest(code_token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hex."""
    return hashlib.sha256(code_token.encode("utf-8", "surrogatepass")).hexdigest()


def emergency_name(pk: int) -> str:
    """By what an emergency is named in its code: it has no number yet when its officers arrive."""
    return f"emergency/{pk}"


def of(filing: Filing) -> str | None:
    """The token of `filing` as it stands; None without a code that still finds it."""
    names = [filing.number or "", emergency_name(filing.pk)]
    for name in filter(None, names):
        known = token(name)
        if digest(known) == filing.code_digest:
            return known
    return None
