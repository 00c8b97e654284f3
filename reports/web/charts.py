"""How long is each bar?  Whole per-mille of the longest, for SVG drawn without any script."""

from dataclasses import dataclass, field

SCALE = 1000


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as people write it, and where it leads."""

    shown: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table or one column of a year: what it is called, how much, what beside."""

    code: str
    label: str
    count: int | None
    length: int
    share: str
    cells: list[Cell] = field(default_factory=list)
    inner: int = 0

    @property
    def shown(self) -> str:
        """The first number as people write it."""
        return self.cells[0].shown

    @property
    def link(self) -> str | None:
        """Where the first number leads."""
        return self.cells[0].link

    @property
    def top(self) -> int:
        """Where an upright bar begins, seen from above."""
        return SCALE - self.length

    @property
    def inner_top(self) -> int:
        """Where the part of an upright bar that its second number counts begins."""
        return SCALE - self.inner


def lengths(counts: list[int]) -> list[int]:
    """The length of each bar; what is not nothing is never invisible."""
    longest = max(counts, default=0)
    if not longest:
        return [0] * len(counts)
    return [max(4, count * SCALE // longest) if count else 0 for count in counts]


def share(count: int, whole: int) -> str:
    """The part of the whole as a percentage with one place; empty where there is no whole."""
    return f"{count * 100 / whole:.1f}%" if whole else ""
