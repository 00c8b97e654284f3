"""By which letters is a subject found?"""

from pypinyin import Style, lazy_pinyin


def search_text(name: str) -> str:
    """What a name is found by: whole and initials in pinyin, in lower case."""
    if name.isascii():
        return name.lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{''.join(lazy_pinyin(name))} {initials}".lower()[:400]
