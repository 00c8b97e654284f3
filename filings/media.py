"""What an uploaded file is, told from its own bytes and never from its name.

Nothing is decoded: the size of a picture is read from its header, so that a small file that would
unpack into gigabytes is refused before anybody opens it.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.utils.translation import gettext as _

from filings.models import Evidence
from filings.rules import Problem

LONGEST_NAME = 120
# Separators, controls and what turns the reading direction have no place in a file's name.
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PDF = b"%PDF-"
# Start of frame: C0 to CF without the tables C4, C8 and CC.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE = frozenset({0x01, *range(0xD0, 0xD9)})


class Kind(StrEnum):
    """The forms of file that are kept as evidence, by their ending."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"


TYPES = {Kind.JPEG: "image/jpeg", Kind.PNG: "image/png", Kind.PDF: "application/pdf"}


@dataclass(frozen=True, slots=True)
class Examined:
    """What the bytes are, None for nothing we keep, and every reason to refuse them."""

    kind: Kind | None
    problems: list[Problem]


def plain_name(name: str) -> str:
    """The name a file came with, as it may be shown: cut in the middle, never at its ending."""
    bare = UNFIT.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) <= LONGEST_NAME or len(ending) > 10:
        return bare[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def examine(content: bytes) -> Examined:
    """Judge the bytes of one file."""
    if not content:
        return Examined(None, [_wrong("file_empty", _("The file is empty."))])
    if len(content) > LARGEST:
        message = _("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2}
        return Examined(None, [_wrong("file_too_large", message)])
    kind = _kind(content)
    if kind is None:
        message = _("The file is neither JPEG, PNG nor PDF, whatever its name says.")
        return Examined(None, [_wrong("file_of_unknown_kind", message)])
    return Examined(kind, _faults(kind, content))


def _wrong(code: str, message: str) -> Problem:
    return Problem("file", code, "R-SIT-3", message)


def _kind(content: bytes) -> Kind | None:
    for start, kind in ((PNG, Kind.PNG), (JPEG, Kind.JPEG), (PDF, Kind.PDF)):
        if content.startswith(start):
            return kind
    return None


def _faults(kind: Kind, content: bytes) -> list[Problem]:
    broken = [_wrong("file_broken", _("The file is damaged or cut off. Send it again."))]
    if kind == Kind.PDF:
        return [] if b"%%EOF" in content[-1024:] else broken
    size = _png_size(content) if kind == Kind.PNG else _jpeg_size(content)
    if size is None or 0 in size:
        return broken
    width, height = size
    if width * height <= MOST_PIXELS:
        return []
    message = _("The picture has %(width)s × %(height)s points; at most %(most)s are allowed.")
    values = {"width": width, "height": height, "most": MOST_PIXELS}
    return [_wrong("picture_too_large", message % values)]


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33 or b"IEND" not in content[-16:]:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in BARE:
            at += 2
        elif marker in FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width), int.from_bytes(height)
        else:
            at += 2 + max(int.from_bytes(content[at + 2 : at + 4]), 2)
    return None


def download_headers(kept: Evidence) -> dict[str, str]:
    """How the bytes of `kept` are given out: to be saved, and never shown within this site."""
    digest = b64encode(bytes.fromhex(kept.sha256)).decode()
    plain = f"{kept.sha256[:12]}.{kept.kind}"
    named = quote(kept.name, safe="")
    return {
        "Content-Type": TYPES[Kind(kept.kind)],
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Repr-Digest": f"sha-256=:{digest}:",
    }
