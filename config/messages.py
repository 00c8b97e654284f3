"""Which sentences does the program say, and are all of them translated?

Python files are read by Babel; templates are first turned into Python-like text by Django.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from config.typography import pointed

APPS = ("config", "agencies", "officers", "filings", "reports")
LOCALE = "zh_Hans"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACE = re.compile(r"%\((\w+)\)[sdrf]")


def po_path() -> Path:
    return Path(settings.BASE_DIR) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def _sources() -> Iterator[tuple[str, io.BytesIO]]:
    """Every file that may speak, as Python text; templates by way of Django's own reader."""
    base = Path(settings.BASE_DIR)
    for app in APPS:
        for path in sorted((base / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(base)), io.BytesIO(path.read_bytes())
        for path in sorted((base / app).rglob("templates/**/*")):
            if path.suffix in (".html", ".txt"):
                text = templatize(path.read_text("utf-8"), origin=str(path))
                # What stands for markup is no Python: its indentation must not be read as such.
                flat = "\n".join(line.lstrip() for line in text.split("\n"))
                yield str(path.relative_to(base)), io.BytesIO(flat.encode())


def found() -> Catalog:
    """Every sentence in the program, without translation; places sorted, without line numbers."""
    catalog = Catalog(locale=LOCALE, project="jianbei", charset="utf-8", fuzzy=False)
    for name, source in _sources():
        for _line, message, _comments, context in extract("python", source, KEYWORDS):
            flags = {"python-format"} if _places(message) else set()
            catalog.add(message, None, [(name, 0)], flags=flags, context=context)
    return catalog


def known() -> Catalog:
    """The catalogue in the repository; empty when there is none yet."""
    try:
        with po_path().open("rb") as source:
            return read_po(source, locale=LOCALE)
    except FileNotFoundError:
        return Catalog(locale=LOCALE, fuzzy=False)


def update() -> list[str]:
    """Write the catalogue anew, keeping every translation that is still said; what is missing."""
    fresh, old = found(), known()
    for message in fresh:
        kept = old.get(message.id, message.context) if message.id else None
        if kept is not None:
            message.string = _pointed(kept.string)
    path = po_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.creation_date = fresh.revision_date = old.creation_date
    fresh.header_comment = "# What the program says, in Simplified Chinese."
    fresh.last_translator = fresh.language_team = "Jianbei"
    fresh.msgid_bugs_address = "the issues of the project"
    with path.open("wb") as out:
        write_po(out, fresh, width=100, sort_output=True, include_lineno=False)
    return [_first(message.id) for message in fresh if message.id and not _translated(message)]


def faults() -> list[str]:
    """What is wrong with the catalogue: missing, stale, fuzzy, or with other placeholders."""
    said, old = found(), known()
    wrong = []
    for message in said:
        kept = old.get(message.id, message.context)
        if not message.id:
            continue
        if kept is None or not _translated(kept):
            wrong.append(f"missing: {_first(message.id)}")
        elif kept.fuzzy:
            wrong.append(f"fuzzy: {_first(message.id)}")
        elif _places(kept.string) - _places(message.id):
            wrong.append(f"placeholders differ: {_first(message.id)}")
        elif kept.string != _pointed(kept.string):
            wrong.append(f"pointed as English: {_first(message.id)}")
    stale = [m for m in old if m.id and said.get(m.id, m.context) is None]
    return wrong + [f"stale: {_first(message.id)}" for message in stale]


def compile_catalog() -> bool:
    """Write the compiled catalogue when it is older than its source; whether it was written."""
    source, target = po_path(), po_path().with_suffix(".mo")
    if not source.exists():
        return False
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    half = target.with_suffix(f".{os.getpid()}.part")
    with half.open("wb") as out:
        write_mo(out, known())
    half.replace(target)
    return True


def _pointed(text: Any) -> Any:
    return pointed(text) if isinstance(text, str) else tuple(pointed(one) for one in text)


def _translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(strings) and all(strings)


def _first(text: Any) -> str:
    return text if isinstance(text, str) else text[0]


def _places(text: Any) -> set[str]:
    texts = [text] if isinstance(text, str) else list(text or [])
    return {name for part in texts if part for name in _PLACE.findall(part)}
