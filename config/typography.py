"""How is a Chinese sentence pointed?  By GB/T 15834: full-width marks, no spaces around figures.

Marks inside Latin text, numbers, addresses and quoted code stay as they are.
"""

import re

_HAN = "\u3400-\u9fff"
_PLACE = re.compile(r"%\(\w+\)[sdrf]|%s|%d")
_FULL = str.maketrans(",;:!?", "，；：！？")
_MARK = re.compile(rf"(?<=[{_HAN}）”》\ue000-\uf8ff])[,;:!?] ?(?![\w/.])|[,;:!?](?=[{_HAN}“《])")
_AFTER_HAN = re.compile(
    rf"(?<=[{_HAN}）”》])[,;:!?] ?(?=[\w\ue000-\uf8ff])"
    r"|(?<=[\ue000-\uf8ff])[,;:](?=[A-Za-z])|(?<=[A-Za-z]):(?=[\ue000-\uf8ff])"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(
    rf"(?<=[{_HAN}，。；：、）”》]) (?=[0-9\ue000-\uf8ff{_HAN}“《（])"
    rf"|(?<![A-Za-z]-[0-9])(?<=[0-9\ue000-\uf8ff]) (?=[{_HAN}“《（])"
)


def pointed(text: str) -> str:
    """The sentence with its Chinese parts pointed as Chinese is; other text unchanged."""
    if not re.search(f"[{_HAN}]", text):
        return text
    held = _PLACE.findall(text)
    places = iter(range(len(held)))
    bare = _PLACE.sub(lambda _: chr(0xE000 + next(places)), text)
    bare = _AFTER_HAN.sub(_full, _MARK.sub(_full, bare))
    bare = _GAP.sub("", _BRACKETS.sub(_bracketed, bare))
    return re.sub(r"[\ue000-\uf8ff]", lambda one: held[ord(one.group()) - 0xE000], bare)


def _full(mark: re.Match[str]) -> str:
    return mark.group().strip().translate(_FULL)


def _bracketed(found: re.Match[str]) -> str:
    inside = found.group(1)
    before = found.string[: found.start()].rstrip()[-1:]
    chinese = re.search(f"[{_HAN}]", inside) or re.match(rf"[{_HAN}”》\ue000-\uf8ff]", before)
    return f"（{inside}）" if chinese else found.group()
