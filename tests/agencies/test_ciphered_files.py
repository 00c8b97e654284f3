"""A kept file opens whole or not at all, and nothing of it lies readable in the store."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from agencies import ciphered_files
from agencies.ciphering import CannotDecipher

NUMBER = b"110101199003070011"
PIECES = [NUMBER * 10, b"second", b"third"]
HEAD = len(ciphered_files.HEAD) + ciphered_files.NAME


def raw(place):
    return default_storage.open(place).read()


def parts(place):
    """The head and the pieces as they lie in the store."""
    rest, found = raw(place)[HEAD:], []
    while rest:
        size = 1 + ciphered_files.SIZE + 12 + int.from_bytes(rest[1:5])
        found.append(rest[:size])
        rest = rest[size:]
    return raw(place)[:HEAD], found


def opened(head, found):
    return b"".join(
        ciphered_files.read(default_storage.save("x", ContentFile(head + b"".join(found))))
    )


@pytest.fixture
def kept():
    return ciphered_files.keep("imports/kept", PIECES)


@pytest.mark.parametrize("content", [[], [b""], [b"x"], PIECES])
def test_what_was_kept_is_read_again(content):
    place = ciphered_files.keep("imports/kept", iter(content))
    assert b"".join(ciphered_files.read(place)) == b"".join(content)


def test_nothing_of_it_lies_readable(kept):
    assert NUMBER not in raw(kept)
    assert b"second" not in raw(kept)


def test_it_opens_under_an_older_key(kept, settings):
    settings.FIELD_KEYS = ("new" * 20, settings.SECRET_KEY)
    assert b"".join(ciphered_files.read(kept)) == b"".join(PIECES)
    settings.FIELD_KEYS = ("new" * 20,)
    with pytest.raises(CannotDecipher):
        list(ciphered_files.read(kept))


class TestAPieceThat:
    def test_is_missing_moved_or_changed_opens_nothing(self, kept):
        head, found = parts(kept)
        assert opened(head, found) == b"".join(PIECES)
        changed = [found[0][:-1] + bytes([found[0][-1] ^ 1]), *found[1:]]
        unended = [*found[:-2], b"\x01" + found[-2][1:]]
        for wrong in (found[:-1], found[1:], [found[1], found[0], found[2]], changed, unended):
            with pytest.raises(CannotDecipher):
                opened(head, wrong)

    def test_is_no_piece_opens_nothing(self):
        for content in (b"", b"a,b\r\n", ciphered_files.HEAD + b"12345678"):
            with pytest.raises(CannotDecipher):
                opened(content, [])
