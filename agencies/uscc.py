"""Whether a unified social credit code is well formed (GB 32100-2015, domain E2)."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
DEPARTMENTS = "123456789ANY"


def fault(code: str) -> str:
    """What is wrong with an 18-character code or 15-digit legacy number; empty when nothing is.

    The answers are `length`, `department`, `character`, `check`.  A legacy registration number
    (15 digits) is accepted as such: it has no check character of this standard.
    """
    if len(code) == 15 and code.isascii() and code.isdigit():
        return ""
    if len(code) != 18:
        return "length"
    if code[0] not in DEPARTMENTS:
        return "department"
    if any(character not in ALPHABET for character in code):
        return "character"
    return "" if code[17] == check_character(code[:17]) else "check"


def check_character(body: str) -> str:
    """The eighteenth character of a code whose first seventeen are `body`."""
    total = sum(
        ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]
