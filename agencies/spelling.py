"""By which letters is something found that is called by a Chinese name?"""

from functools import lru_cache
from typing import Any

from django.db import models

LONGEST = 400


@lru_cache(maxsize=20_000)
def search_text(name: str) -> str:
    """What a name is found by: whole and initials in pinyin, in lower case."""
    if name.isascii():
        return name.lower()[:LONGEST]
    # Its dictionaries take more memory than all of Django; who only reads never needs them.
    from pypinyin import Style, lazy_pinyin

    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{''.join(lazy_pinyin(name))} {initials}".lower()[:LONGEST]


class SpellingField(models.CharField):
    """The name of the row as it is spelt, written with every save and every bulk insert."""

    def __init__(self, **options: Any) -> None:
        options |= {"max_length": LONGEST, "blank": True, "default": "", "editable": False}
        super().__init__(**options)

    def pre_save(self, model_instance: Any, add: bool) -> str:
        spelt = search_text(model_instance.name)
        setattr(model_instance, self.attname, spelt)
        return spelt
