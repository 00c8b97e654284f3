"""How the figures of a year are drawn: lengths, places and shades, and whole pictures in SVG.

Everything is reckoned here and drawn by the server; pages and downloads need no script.  Lengths
are whole per-mille of the picture's width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SCALE = 1000
SHADES = 5
# The least that is still seen.
SLIVER = 4
_FONT = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
_INK, _SOFT, _BAR, _OFF = "#17212b", "#4b5866", "#3d84a3", "#b96a4b"
_FILLS = ("#eaeef2", "#cfe3ec", "#a5cbdc", "#74adc6", "#3d84a3", "#0c4a66")


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: where it begins, how long it is, and whether it takes away."""

    start: int
    length: int
    falls: bool


def waterfall(counts: Sequence[int]) -> list[Step]:
    """From everything down to what is left: the sum, each part taken away, and the last one.

    The last count is what remains, so `counts` yield one step more than there are of them.
    """
    whole = sum(counts)
    if not whole:
        return [Step(0, 0, falls) for falls in (False, *[True] * (len(counts) - 1), False)]
    *parts, rest = counts
    steps = [Step(0, SCALE, falls=False)]
    for left, count in zip(accumulate(parts, lambda a, b: a + b), parts, strict=True):
        start = (whole - left) * SCALE // whole
        size = max(SLIVER, count * SCALE // whole) if count else 0
        steps.append(Step(min(start, SCALE - size), size, falls=True))
    return [*steps, Step(0, _long(rest, whole), falls=False)]


def shade(count: int | None, most: int) -> int:
    """The shade of a tile, from 1 for little to 5 for the most; 0 where nothing was done."""
    if not count or not most:
        return 0
    return max(1, -(-count * SHADES // most))


@dataclass(frozen=True, slots=True)
class Swing:
    """A bar that leaves a middle line to the right for more and to the left for less."""

    start: int
    length: int
    falls: bool


def swings(changes: Sequence[int | float]) -> list[Swing]:
    """The bars of differences, the greatest as long as half the picture."""
    most = max((abs(one) for one in changes), default=0)
    half = SCALE // 2
    found = []
    for one in changes:
        size = max(SLIVER, int(abs(one) * half / most)) if one else 0
        found.append(Swing(half - size if one < 0 else half, size, falls=one < 0))
    return found


def _long(count: int, whole: int) -> int:
    return max(SLIVER, count * SCALE // whole) if count else 0


def waterfall_svg(title: str, rows: Sequence[tuple[str, int]]) -> SafeString:
    """The waterfall as a picture of its own; `rows` are names with counts, the sum first."""
    steps = waterfall([count for _name, count in rows[1:]])
    lines = [
        (
            _text(8, y + 16, name),
            _rect(260 + step.start * 340 // SCALE, y + 4, step.length * 340 // SCALE, 16, step),
            _text(690, y + 16, f"{count:,}", anchor="end"),
        )
        for y, (name, count), step in zip(range(48, 10_000, 26), rows, steps, strict=False)
    ]
    return _picture(title, 700, 60 + 26 * len(lines), lines)


def tiles_svg(title: str, rows: Sequence[tuple[str, int | None]], across: int = 5) -> SafeString:
    """The tiles of the regions as a picture of its own: name, count, and a shade for how many."""
    most = max((count or 0 for _name, count in rows), default=0)
    lines = []
    for place, (name, count) in enumerate(rows):
        x, y = 8 + place % across * 138, 48 + place // across * 76
        step = shade(count, most)
        ink = "#ffffff" if step >= 4 else _INK
        lines.append(
            (
                format_html(
                    '<rect x="{}" y="{}" width="130" height="68" rx="4" fill="{}"/>',
                    x,
                    y,
                    _FILLS[step],
                ),
                _text(x + 8, y + 26, name[:10], fill=ink, size=14 if len(name) < 9 else 11),
                _text(x + 10, y + 52, "—" if count is None else f"{count:,}", fill=ink, size=18),
            )
        )
    return _picture(title, 700, 60 + 76 * -(-len(rows) // across), lines)


def columns_svg(title: str, rows: Sequence[tuple[str, int, int]]) -> SafeString:
    """Months as columns: all that was filed, and the statutory part of it in front."""
    most = max((whole for _name, whole, _part in rows), default=0) or 1
    lines = []
    for place, (name, whole, part) in enumerate(rows):
        x = 12 + place * 56
        lines.append(
            (
                _column(x, whole * 200 // most, _FILLS[2]),
                _column(x, part * 200 // most, _BAR),
                _text(x + 24, 266, name, anchor="middle", fill=_SOFT),
                _text(x + 24, 242 - whole * 200 // most, f"{whole:,}", anchor="middle", size=12),
            )
        )
    return _picture(title, 700, 280, lines)


def _column(x: int, height: int, fill: str) -> SafeString:
    drawn = '<rect x="{}" y="{}" width="48" height="{}" fill="{}"/>'
    return format_html(drawn, x, 248 - height, height, fill)


def _rect(x: int, y: int, width: int, height: int, step: Step) -> SafeString:
    drawn = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
    return format_html(drawn, x, y, width, height, _OFF if step.falls else _BAR)


def _text(
    x: int, y: int, said: str, *, anchor: str = "start", fill: str = _INK, size: int = 14
) -> SafeString:
    drawn = '<text x="{}" y="{}" text-anchor="{}" fill="{}" font-size="{}">{}</text>'
    return format_html(drawn, x, y, anchor, fill, size, said)


def _picture(title: str, width: int, height: int, lines: Sequence[tuple]) -> SafeString:
    body = format_html_join("", "{}", ((part,) for line in lines for part in line))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"'
        ' role="img" aria-label="{2}" font-family="{3}"><title>{2}</title>'
        '<rect width="{0}" height="{1}" fill="#ffffff"/>{4}{5}</svg>',
        width,
        height,
        title,
        _FONT,
        _text(8, 28, title, size=18),
        body,
    )
