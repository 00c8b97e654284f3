"""How a file, a map or a single value says what is wrong with it and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import pgettext as _between


class Said(str):
    """A sentence in the language of now, which can be said again in that of another reader.

    `text` is the sentence in English and `numbers` fill it: sentences, lists of them, or values.
    """

    text: str
    numbers: dict[str, Any]

    def __new__(cls, text: str, numbers: Mapping[str, Any] | None = None) -> Said:
        filled = {name: _spoken(value) for name, value in (numbers or {}).items()}
        made = super().__new__(cls, gettext(text) % filled if filled else gettext(text))
        made.text, made.numbers = text, dict(numbers or {})
        return made

    def __mod__(self, numbers: Mapping[str, Any]) -> Said:
        return Said(self.text, numbers)

    def stored(self) -> dict[str, Any]:
        """What a table keeps of it."""
        numbers = {name: _storable(value) for name, value in self.numbers.items()}
        return {"text": self.text, "numbers": numbers}


def said(text: str) -> Said:
    """The sentence, to be filled like that of gettext."""
    return Said(text)


def stored(sentence: str) -> Any:
    """What a table keeps of a sentence; one that is no more than a text stays as it is."""
    return _storable(sentence)


def told(kept: Any) -> str:
    """What a table keeps of a sentence, in the language of who reads it now."""
    return _spoken(_read(kept))


def _spoken(value: Any) -> Any:
    return _between("between names", ", ").join(map(str, value)) if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _storable(value: Any) -> Any:
    if isinstance(value, Said):
        return value.stored()
    if _is_list(value):
        return [_storable(one) for one in value]
    if isinstance(value, Promise):
        with override("en"):
            return {"text": str(value), "numbers": {}}
    return value if isinstance(value, int) else str(value)


def _read(kept: Any) -> Any:
    if isinstance(kept, list):
        return [_read(one) for one in kept]
    if isinstance(kept, dict):
        return Said(kept["text"], {name: _read(one) for name, one in kept["numbers"].items()})
    return kept


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
