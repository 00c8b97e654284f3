"""Take one file in: every row is accepted, already present or refused, and one event says so."""

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction

from agencies import journal
from agencies.calendar import local_date
from agencies.imports import reading
from agencies.imports.ahead import ahead
from agencies.imports.binding import Binding
from agencies.imports.faults import FileRefused, shown
from agencies.imports.faults import said as _
from agencies.imports.kind import Kind, Row
from agencies.imports.mapping import Map
from agencies.imports.report import SHOWN, Account, RefusedFile, free_path
from agencies.models import ImportBatch


@dataclass(frozen=True, slots=True)
class Order:
    """Which file to take in, and how.  Without `partial` one refused row keeps all of it out.

    `within` refuses the rows that whoever imports may not bring, after their references are known.
    """

    path: Path
    rules: Map = field(default_factory=Map)
    dry_run: bool = False
    partial: bool = False
    refused: Path | None = None
    within: Callable[[list[Row]], None] | None = None
    shown: int = SHOWN


class _Undo(Exception):
    """Leave the transaction and take everything back."""


def take(
    kind: Kind,
    order: Order,
    *,
    by: journal.Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda read: None,
) -> Account:
    """Import the file and account for every row.  Raises FileRefused; then nothing was written."""
    source = reading.examine(order.path, order.rules.layout)
    found = reading.rows(source, order.rules.layout)
    header = next(found, (0, []))[1]
    binding = Binding(kind, order.rules, header)
    account = Account(kind.name, order.path, source.digest, source.encoding)
    refused = RefusedFile(order.refused or free_path(order.path), binding.names)
    run = _Run(kind, binding, account, refused, at)
    run.within, run.shown = order.within, order.shown
    try:
        with transaction.atomic():
            run.all(found, progress)
            if order.dry_run or not account.accepted or (account.refused and not order.partial):
                raise _Undo
            account.batch = _record(account, by, at)
    except _Undo:
        pass
    except DatabaseError as error:
        refused.close(keep=False)
        raise FileRefused(
            _("The database refused the rows, so nothing was written: %(why)s.") % {"why": error}
        ) from error
    except BaseException:
        refused.close(keep=False)
        raise
    else:
        account.written = True
    account.refused_path = refused.close(keep=True)
    return account


def _record(account: Account, by: journal.Actor, at: datetime) -> ImportBatch:
    counts = {
        "rows_read": account.read,
        "accepted": account.accepted,
        "present": account.present,
        "refused": account.refused,
    }
    batch = ImportBatch.objects.create(
        kind=account.kind,
        file_name=shown(account.path.name, 200),
        file_digest=account.digest,
        at=at,
        by=by.name,
        **counts,
    )
    journal.append(
        journal.SYSTEM,
        "import",
        batch,
        by=by,
        at=at,
        kind=account.kind,
        file=batch.file_name,
        digest=account.digest,
        **counts,
    )
    return batch


class _Run:
    """One file on its way through the checks, chunk by chunk."""

    def __init__(
        self, kind: Kind, binding: Binding, account: Account, refused: RefusedFile, at: datetime
    ) -> None:
        self.kind, self.binding, self.account, self.refused = kind, binding, account, refused
        self.at = at
        self.within: Callable[[list[Row]], None] | None = None
        self.shown = SHOWN
        self.seen: dict[Hashable, int] = {}
        self.repeats: list[Row] = []

    def all(self, found: Iterator[tuple[int, list[str]]], progress: Callable[[int], None]) -> None:
        """Every row of the file.  Raises FileRefused if there is none."""
        for rows in ahead(self._bound(found)):
            self._chunk(rows)
            self.account.read += len(rows)
            progress(self.account.read)
        if not self.account.read:
            raise FileRefused(
                _("%(path)s holds no rows under its header.") % {"path": self.account.path}
            )

    def _bound(self, found: Iterator[tuple[int, list[str]]]) -> Iterator[list[Row]]:
        """The rows chunk by chunk, their cells read; nothing is asked of the database for it."""
        while cells := list(itertools.islice(found, self.kind.chunk)):
            yield [self.binding.row(number, row) for number, row in cells]

    def _chunk(self, rows: list[Row]) -> None:
        fresh = list(self._unseen(row for row in rows if not row.faults))
        self.kind.check(fresh, local_date(self.at))
        if self.within is not None:
            self.within([row for row in fresh if not row.faults])
        fit = [row for row in fresh if not row.faults]
        held = self.kind.stored(fit)
        new = []
        for row in fit:
            identity = self.kind.identity(row)
            if identity in held:
                self._compare(row, held[identity])
            else:
                self.kind.accept(row)
                if not row.faults:
                    new.append(row)
        self.kind.write(new, self.at)
        self.account.accepted += sum(not row.faults for row in new)
        self._settle_repeats({self.kind.identity(row) for row in fresh if row.faults})
        self._refuse(row for row in rows if row.faults)

    def _unseen(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that name something for the first time in this file."""
        for row in rows:
            identity = self.kind.identity(row)
            first = self.seen.setdefault(identity, row.number)
            if first == row.number:
                yield row
            else:
                self.repeats.append(row)

    def _settle_repeats(self, refused: set[Hashable]) -> None:
        """Rows that name a thing again: present where the map lets the first row speak."""
        for row in self.repeats:
            identity = self.kind.identity(row)
            if self.binding.rules.repeats == "first" and identity not in refused:
                self.account.present += 1
            else:
                row.refuse(
                    self.kind.fields[0].name,
                    "repeated",
                    _("repeats row %(row)d") % {"row": self.seen[identity]},
                    _("Delete one of the two rows."),
                )
        self.repeats.clear()
        for identity in refused:
            del self.seen[identity]

    def _compare(self, row: Row, held: dict) -> None:
        different = self.kind.differences(row, held)
        if not different:
            self.account.present += 1
        for column, value in different:
            row.refuse_conflict(column, value)

    def _refuse(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.account.refused += 1
            if len(self.account.first) < self.shown:
                self.account.first.append(row)
            self.refused.add(row)
