import pytest

from filings import codes, numbers


def test_a_number_carries_its_check_character():
    number = numbers.compose("220202", "CYSJ", 2022, 17)
    assert number.startswith("220202-CYSJ-2022-000017-")
    assert numbers.is_well_formed(number)


@pytest.mark.parametrize("place", [0, 5, 9, 14, 20, 22])
def test_one_wrong_digit_is_noticed(place):
    number = numbers.compose("220202", "CYSJ", 2022, 17)
    other = "7" if number[place] != "7" else "3"
    assert not numbers.is_well_formed(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "-", "220202", "２２０２０２-CYSJ-2022-000017-A"])
def test_what_is_no_number_is_not_well_formed(text):
    assert not numbers.is_well_formed(text)


def test_a_token_is_drawn_again_from_the_number_and_the_secret(settings):
    number = numbers.compose("220202", "CYSJ", 2022, 17)
    first = codes.token(number)
    assert first == codes.token(number)
    assert len(first) == 32
    settings.SECRET_KEY = "another-secret"
    assert codes.token(number) != first
