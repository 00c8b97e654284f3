"""With which key this installation signs, and what holds: Ed25519, raw bytes in base 64."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Signer:
    """One key for one `purpose`, derived from SECRET_KEY: nothing signed for one fits another."""

    purpose: bytes

    def _private_key(self) -> Ed25519PrivateKey:
        seed = hashlib.sha256(self.purpose + settings.SECRET_KEY.encode()).digest()
        return Ed25519PrivateKey.from_private_bytes(seed)

    def public_key(self) -> str:
        """The key that checks what is signed here."""
        raw = self._private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    def sign(self, text: str) -> str:
        """The signature under exactly this text."""
        return base64.b64encode(self._private_key().sign(text.encode())).decode()


def holds(signature: str, text: str, key: str) -> bool:
    """Whether the holder of `key` signed exactly this text; malformed base 64 does not hold."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
        public.verify(base64.b64decode(signature, validate=True), text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True
