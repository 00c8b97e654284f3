"""How a filing gets its number: `{region6}-{agency}-{year}-{serial6}-{check}` (domain E6).

The serial comes from a counter row locked in the approving transaction, so that numbers of an
agency and year follow one another without a gap and are never used twice (reliability M6).
"""

from string import ascii_uppercase, digits

from agencies.models import Agency
from agencies.uscc import ALPHABET
from filings.models import NumberCounter

SERIAL_DIGITS = 6
VALUES = {character: int(character, 36) for character in digits + ascii_uppercase}


def compose(region_code: str, agency_code: str, year: int, serial: int) -> str:
    """The number with its check character."""
    body = f"{region_code[:6]}-{agency_code}-{year}-{serial:0{SERIAL_DIGITS}d}"
    return f"{body}-{check_character(body)}"


def check_character(body: str) -> str:
    """One character that betrays any single wrong character and most swapped pairs."""
    values = [VALUES[character] for character in body.upper() if character in VALUES]
    total = sum((31 - place % 31) * value for place, value in enumerate(values, start=1))
    return ALPHABET[total % 31]


def is_well_formed(number: str) -> bool:
    """Whether the last character is the check of what stands before it."""
    body, dash, check = number.rpartition("-")
    return bool(dash) and body.isascii() and check == check_character(body)


def take(agency: Agency, year: int) -> str:
    """The next number of `agency` in `year`.  Call inside the transaction that stores it, last."""
    NumberCounter.objects.bulk_create(
        [NumberCounter(agency=agency, year=year)], ignore_conflicts=True
    )
    counter = NumberCounter.objects.select_for_update().get(agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return compose(agency.region.code, agency.code, year, counter.last)
