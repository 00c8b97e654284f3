"""What became of every row: the account on screen and the file of refused rows."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from agencies.imports.binding import NOTES, neutralised
from agencies.imports.faults import FileRefused
from agencies.imports.kind import Row
from agencies.models import ImportBatch

SHOWN = 20


@dataclass(slots=True)
class Account:
    """The account of one file: `read` is always `accepted` + `present` + `refused`."""

    kind: str
    path: Path
    digest: str = ""
    encoding: str = ""
    read: int = 0
    accepted: int = 0
    present: int = 0
    refused: int = 0
    written: bool = False
    refused_path: Path | None = None
    first: list[Row] = field(default_factory=list)
    batch: ImportBatch | None = None

    def lines(self) -> Iterator[str]:
        """The account as sentences."""
        yield _(
            "%(read)d rows read as %(encoding)s: %(accepted)d accepted, "
            "%(present)d already present, %(refused)d refused."
        ) % {
            "read": self.read,
            "encoding": self.encoding.upper(),
            "accepted": self.accepted,
            "present": self.present,
            "refused": self.refused,
        }
        for row in self.first:
            for fault in row.faults:
                yield _("Row %(row)d, %(field)s = “%(value)s”: %(rule)s. %(mend)s") % {
                    "row": row.number,
                    "field": fault.field,
                    "value": fault.value,
                    "rule": fault.rule,
                    "mend": fault.mend,
                }
        if self.refused > len(self.first):
            yield _("… and %(count)d more refused rows.") % {
                "count": self.refused - len(self.first)
            }
        if self.refused_path:
            yield _(
                "All refused rows with the reasons: %(path)s. Correct and import that file."
            ) % {"path": self.refused_path}


class RefusedFile:
    """The CSV of refused rows: the file's own columns, then why.  Made at the first refusal.

    It is written beside its place and moved there when complete, so a broken run leaves none.
    """

    def __init__(self, path: Path, names: list[str]) -> None:
        self.path, self._names = path, names
        self._partial = path.with_name(path.name + ".part")
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, row: Row) -> None:
        """Write one refused row; its faults stand side by side."""
        if self._file is None:
            self._open()
        notes = zip(
            *[(f.field, f.value, f.rule, f.mend) for f in row.faults],
            strict=True,
        )
        cells = [*row.raw.values(), str(row.number), *(" | ".join(note) for note in notes)]
        self._writer.writerow([neutralised(cell) for cell in cells])

    def _open(self) -> None:
        try:
            self._file = self._partial.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise FileRefused(
                _("The refused rows cannot be written to %(path)s: %(why)s. Use --refused PATH.")
                % {"path": self.path, "why": error.strerror}
            ) from error
        self._writer = csv.writer(self._file)
        self._writer.writerow([neutralised(name) for name in [*self._names, *NOTES]])

    def close(self, *, keep: bool) -> Path | None:
        """Move the file into place; its path, or None when there was nothing to keep."""
        if self._file is None:
            return None
        self._file.close()
        if not keep:
            self._partial.unlink()
            return None
        self._partial.replace(self.path)
        return self.path


def free_path(path: Path) -> Path:
    """Where the refused rows of `path` go: never over a file that somebody may be correcting."""
    wanted, number = path.with_name(f"{path.name}.refused.csv"), 2
    while wanted.exists():
        wanted = path.with_name(f"{path.name}.refused.{number}.csv")
        number += 1
    return wanted
