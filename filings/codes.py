"""The code an enterprise scans: a token that proves nothing by itself but finds its filing.

The token is an HMAC of the number under the server's secret, 160 bits in base 32, so it can be
drawn again for the officer's screen; the database keeps only its digest and cannot give it away.
"""

import base64
import hashlib
import hmac

from django.conf import settings

PURPOSE = b"jianbei.filing.code.v1"


def token(number: str) -> str:
    """The token of the filing with this number: 32 characters of A-Z and 2-7."""
    key = hashlib.sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()
    return base64.b32encode(hmac.digest(key, number.encode(), "sha256")[:20]).decode()


def digest(code_token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hex."""
    return hashlib.sha256(code_token.encode()).hexdigest()
