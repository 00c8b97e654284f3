"""Which edition of the program is this?  Said by what it signs, so that anybody can look it up."""

import hashlib
from functools import cache

from django.conf import settings

VERSION = "0.1.0"
PARTS = ("agencies", "config", "filings", "officers", "reports")


@cache
def digest() -> str:
    """SHA-256 of all sources, as these words reckon it in the folder of the program:

    find agencies config filings officers reports -name '*.py' | LC_ALL=C sort | xargs sha256sum |
    sha256sum
    """
    lines = []
    for part in PARTS:
        for path in (settings.BASE_DIR / part).rglob("*.py"):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            lines.append((name, hashlib.sha256(path.read_bytes()).hexdigest()))
    text = "".join(f"{of}  {name}\n" for name, of in sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()
