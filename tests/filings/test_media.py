"""A file is what its bytes say, whatever its name; what unpacks into too much is refused."""

import pytest

from filings.media import LARGEST, examine
from tests.factories import png


def jpeg(width=640, height=480, before=b""):
    size = height.to_bytes(2) + width.to_bytes(2)
    frame = b"\xff\xc2\x00\x11\x08" + size + b"\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + before + frame + b"\xff\xd9"


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "png"),
        (jpeg(), "jpg"),
        (jpeg(before=b"\xff\xff\xff\xdb\x00\x04\x00\x00"), "jpg"),
        (PDF, "pdf"),
        (png(filling=bytes(LARGEST - len(png()))), "png"),
    ],
)
def test_keeps(content, kind):
    examined = examine(content)
    assert (examined.kind, examined.problems) == (kind, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (png(filling=bytes(LARGEST)), "file_too_large"),
        (b"GIF89a" + bytes(99), "file_of_unknown_kind"),
        (b"<svg onload='alert(1)'/>", "file_of_unknown_kind"),
        (b"MZ" + bytes(99), "file_of_unknown_kind"),
        (b" " + PDF, "file_of_unknown_kind"),
        (png(50_000, 50_000), "picture_too_large"),
        (png(2**31 - 1, 2**31 - 1), "picture_too_large"),
        (jpeg(65_535, 65_535), "picture_too_large"),
        (png(0, 480), "file_broken"),
        (png()[:40], "file_broken"),
        (png()[:12], "file_broken"),
        (jpeg()[:20], "file_broken"),
        (jpeg(0, 0), "file_broken"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 9, "file_broken"),
        (PDF[:-6], "file_broken"),
    ],
)
def test_refuses(content, code):
    assert [one.code for one in examine(content).problems] == [code]
