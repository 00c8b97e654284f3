"""What does the TOML map say of foreign columns, values and dates?"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agencies.imports.faults import FileRefused
from agencies.imports.faults import said as _
from agencies.imports.kind import Kind
from agencies.imports.reading import Layout

TABLES = ("file", "columns", "constants", "composed", "dates", "values")
SINGLE = ("kind", "repeats", "ignore", "numbers_as_text")


@dataclass(frozen=True)
class Map:
    """A map as written: where each of our fields comes from.

    `repeats` is `refuse`, or `first` for a file that names the same thing on many rows.
    """

    kind: str = ""
    repeats: str = "refuse"
    ignore: tuple[str, ...] = ()
    numbers_as_text: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    composed: dict[str, str] = field(default_factory=dict)
    dates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


def load(path: Path, kind: Kind) -> Map:
    """The map in `path`.  Raises FileRefused for what is no map of `kind`."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileRefused(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error
    return read(text, path, kind)


def read(text: bytes, path: Path, kind: Kind) -> Map:
    """The map that `text` is, named as `path` in what is refused.  Raises FileRefused."""
    try:
        table = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileRefused(
            _("The map %(path)s is not valid TOML in UTF-8: %(why)s.")
            % {"path": path, "why": error}
        ) from error
    _refuse_unknown(path, table, (*SINGLE, *TABLES))
    for name in TABLES:
        if not isinstance(table.get(name, {}), dict):
            raise FileRefused(
                _("The map %(path)s: %(name)s must be a table, [%(name)s].")
                % {"path": path, "name": name}
            )
    if table.get("kind", kind.name) != kind.name:
        raise FileRefused(
            _("The map %(path)s is for %(other)s, not for %(kind)s.")
            % {"path": path, "other": table["kind"], "kind": kind.name}
        )
    for name in TABLES[1:]:
        _refuse_unknown(path, table.get(name, {}), [f.name for f in kind.fields])
    return _typed(path, table)


def _typed(path: Path, table: dict[str, Any]) -> Map:
    layout = table.get("file", {})
    _refuse_unknown(path, layout, ("delimiter", "encoding", "sheet"))
    texts = {name: _texts(path, name, table.get(name, {})) for name in TABLES[1:4]}
    if table.get("repeats", "refuse") not in ("refuse", "first"):
        raise FileRefused(_('The map %(path)s: repeats is "refuse" or "first".') % {"path": path})
    if layout.get("encoding", "utf-8") not in ("utf-8", "gb18030"):
        raise FileRefused(_('The map %(path)s: encoding is "utf-8" or "gb18030".') % {"path": path})
    if len(str(layout.get("delimiter", ","))) != 1:
        raise FileRefused(_("The map %(path)s: delimiter is one character.") % {"path": path})
    return Map(
        kind=table.get("kind", ""),
        repeats=table.get("repeats", "refuse"),
        ignore=_words(path, "ignore", table.get("ignore", [])),
        numbers_as_text=_words(path, "numbers_as_text", table.get("numbers_as_text", [])),
        layout=Layout(**_texts(path, "file", layout)),
        dates={name: _words(path, name, v) for name, v in table.get("dates", {}).items()},
        values={name: _texts(path, name, v) for name, v in table.get("values", {}).items()},
        **texts,
    )


def _words(path: Path, name: str, value: Any) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise FileRefused(
            _("The map %(path)s: %(name)s must be a list of texts.") % {"path": path, "name": name}
        )
    return tuple(found)


def _texts(path: Path, name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise FileRefused(
            _("The map %(path)s: %(name)s must give texts in quotation marks.")
            % {"path": path, "name": name}
        )
    return value


def _refuse_unknown(path: Path, names: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    wrong = [name for name in names if name not in known]
    if wrong:
        raise FileRefused(
            _("The map %(path)s has the unknown name %(name)s. Possible: %(known)s.")
            % {"path": path, "name": ", ".join(wrong), "known": ", ".join(known)}
        )
