"""How a document is put on paper: facts, lists and tables as one A4 PDF for any printer.

What is said travels as data, never as markup, so that no name can change the page.  The file is
PDF/A-2b with its fonts inside and is the same, byte for byte, for the same content and moment.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from agencies.calendar import SHANGHAI

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """One headed part of a sheet: paragraphs, a list, an SVG picture, then a table of texts.

    In a table of `numbers` the first column names and is wide, the others stand to the right.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: str = ""
    numbers: bool = False


@dataclass(frozen=True)
class Sheet:
    """A document: its title and number, facts as pairs, parts, and an SVG picture at its head."""

    title: str
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    picture: str = ""
    caption: str = ""
    foot: str = ""
    language: str = "zh"


@cache
def _fonts() -> Any:
    import pylopdf_fonts_zh_cn
    import typst

    place = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[str(place)])


def pdf(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as PDF, dated `at`."""
    # Nine megabytes that a web worker needs for nothing but paper.
    import typst

    local = at.astimezone(SHANGHAI)
    day = {name: getattr(local, name) for name in ("year", "month", "day")}
    said = json.dumps(asdict(sheet) | {"day": day}, ensure_ascii=False)
    return typst.compile(
        (HERE / "sheet.typ").read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"sheet": said},
        pdf_standards="a-2b",
    )
