"""How a file, a map or a single value says what is wrong with it and how to mend it."""

from dataclasses import dataclass


class FileRefused(Exception):
    """The file, its map or its header cannot be used at all; nothing was read into the register."""

    code = "file_refused"


class Unfit(Exception):
    """One value breaks one rule."""

    def __init__(self, code: str, rule: str, mend: str) -> None:
        super().__init__(rule)
        self.code = code
        self.rule = rule
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason for which a row is refused."""

    field: str
    value: str
    code: str
    rule: str
    mend: str


def shown(value: object, limit: int = 60) -> str:
    """The value as it may be printed: invisible characters by their code point, cut at `limit`."""
    text = "".join(
        character if character.isprintable() else f"U+{ord(character):04X}"
        for character in str(value)[: limit + 1]
    )
    return text if len(text) <= limit else text[:limit] + "…"
