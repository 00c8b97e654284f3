"""How a file that may hold personal numbers lies in the store: enciphered in pieces.

AES-256-GCM under the keys of `FIELD_KEYS`, a megabyte at a time.  The number of each piece and
whether it is the last are sealed in, so that none can be left out, moved or cut off.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files import File
from django.core.files.storage import default_storage

from agencies.ciphering import NONCE, CannotDecipher, keys

HEAD = b"jianbei-file-1 "
PIECE = 1024 * 1024
NAME = 8
SIZE = 4


def keep(path: str, pieces: Iterable[bytes]) -> str:
    """Store the content under `path`, enciphered; the path it got."""
    with tempfile.TemporaryFile() as beside:
        for sealed in _sealed(pieces):
            beside.write(sealed)
        beside.seek(0)
        return default_storage.save(path, File(beside))


def read(path: str) -> Iterator[bytes]:
    """The content of what was kept under `path`, piece by piece.  Raises CannotDecipher."""
    with default_storage.open(path) as held:
        yield from _opened(held)


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What the file holds, a megabyte at a time."""
    while piece := file.read(PIECE):
        yield piece


def _sealed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    name, key = keys()[0]
    yield HEAD + name.encode()
    cipher, number = AESGCM(key), 0
    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            yield _one(cipher, held, number, last=False)
            number += 1
        held = piece
    yield _one(cipher, held or b"", number, last=True)


def _one(cipher: AESGCM, piece: bytes, number: int, *, last: bool) -> bytes:
    nonce = os.urandom(NONCE)
    sealed = cipher.encrypt(nonce, piece, _place(number, last=last))
    return bytes([last]) + len(sealed).to_bytes(SIZE) + nonce + sealed


def _place(number: int, *, last: bool) -> bytes:
    return f"file:{number}:{last:d}".encode()


def _opened(held: IO[bytes]) -> Iterator[bytes]:
    head = held.read(len(HEAD) + NAME)
    key = dict(keys()).get(head[len(HEAD) :].decode("ascii", "replace"))
    if not head.startswith(HEAD) or key is None:
        raise CannotDecipher("file")
    cipher, number, last = AESGCM(key), 0, False
    while not last:
        begun = held.read(1 + SIZE + NONCE)
        if len(begun) < 1 + SIZE + NONCE:
            raise CannotDecipher("file")
        last = bool(begun[0])
        sealed = held.read(int.from_bytes(begun[1 : 1 + SIZE]))
        try:
            yield cipher.decrypt(begun[1 + SIZE :], sealed, _place(number, last=last))
        except (InvalidTag, ValueError) as error:
            raise CannotDecipher("file") from error
        number += 1
