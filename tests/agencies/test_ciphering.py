"""Enciphered values: masked for everybody, opened under any known key, useless elsewhere."""

import json

import pytest

from agencies import ciphering

COLUMN = "officers.officer.phone"
NEW, OLD = "n" * 40, "o" * 40


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("320106196910010045", "3****************5"),
        ("32010619691001045X", "3****************X"),
        ("13812345678", "138******78"),
        ("E12345678", "E*******8"),
        ("ab", "**"),
        ("", ""),
    ],
)
def test_a_mask_keeps_the_ends_only(value, shown):
    assert ciphering.mask(value) == shown
    assert str(ciphering.Concealed(ciphering.encipher(value, COLUMN), COLUMN)) == shown


def test_equal_values_lie_differently_and_open_alike():
    one, other = (ciphering.encipher("13812345678", COLUMN) for _time in range(2))
    assert one != other
    assert {ciphering.decipher(sealed, COLUMN) for sealed in (one, other)} == {"13812345678"}


def test_a_value_opens_in_its_own_column_only():
    sealed = ciphering.encipher("13812345678", COLUMN)
    with pytest.raises(ciphering.CannotDecipher):
        ciphering.decipher(sealed, "officers.officer.identity_number")


def test_a_changed_value_does_not_open():
    sealed = ciphering.encipher("13812345678", COLUMN)
    with pytest.raises(ciphering.CannotDecipher):
        ciphering.decipher(sealed[:-6] + "AAAA" + sealed[-2:], COLUMN)


def test_an_old_key_still_opens_and_finds(settings):
    settings.FIELD_KEYS = [OLD]
    sealed, mark = ciphering.encipher("1", COLUMN), ciphering.fingerprint("1", COLUMN)
    settings.FIELD_KEYS = [NEW, OLD]
    assert ciphering.decipher(sealed, COLUMN) == "1"
    assert mark in ciphering.fingerprints("1", COLUMN)
    assert mark != ciphering.fingerprint("1", COLUMN)
    assert not ciphering.Concealed(sealed, COLUMN).is_current()
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(ciphering.CannotDecipher):
        ciphering.decipher(sealed, COLUMN)


def test_nothing_prints_the_whole_value():
    held = ciphering.Concealed(ciphering.encipher("13812345678", COLUMN), COLUMN)
    told = [repr(held), str(held), f"{held}", json.dumps({"held": held}, default=str)]
    assert not any("13812345678" in one for one in told)
