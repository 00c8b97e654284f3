"""Did the device that holds a key sign this text?  ECDSA on P-256 with SHA-256."""

from base64 import b64decode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

HALF = 32


class BadKey(ValueError):
    """The text is no public key of the kind that is kept."""

    code = "bad_key"


def read_key(text: str) -> EllipticCurvePublicKey:
    """The key in base64 of its SubjectPublicKeyInfo.  Raises BadKey."""
    try:
        key = load_der_public_key(b64decode(text, validate=True))
    except (ValueError, NotBase64, UnsupportedAlgorithm) as error:
        raise BadKey(str(error)) from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise BadKey("not on P-256")
    return key


def signed(text: str, signature: str, public_key: str) -> bool:
    """Whether `signature`, in base64 both halves after one another, is that key's under `text`."""
    try:
        both = b64decode(signature, validate=True)
    except (ValueError, NotBase64):
        return False
    if len(both) != 2 * HALF:
        return False
    halves = int.from_bytes(both[:HALF]), int.from_bytes(both[HALF:])
    try:
        key = read_key(public_key)
        key.verify(encode_dss_signature(*halves), text.encode(), ECDSA(SHA256()))
    except (InvalidSignature, BadKey):
        return False
    return True
