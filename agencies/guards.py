"""How the database itself keeps the book append-only, whoever asks (reliability f.6).

Triggers stop accidents and application bugs; against an administrator of the database there are the
hash chain and checkpoints kept elsewhere.  Only `announced_at` may change after writing.
"""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "agencies_event"
SEALED = (
    "chain, seq, previous, hash, at, actor, role, verb, object_type, object_id, reason, payload"
)
REFUSAL = "events are never changed or deleted"

SQLITE = {
    "event_not_updated": f"""
        CREATE TRIGGER event_not_updated BEFORE UPDATE OF {SEALED} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "event_not_deleted": f"""
        CREATE TRIGGER event_not_deleted BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION event_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
POSTGRESQL = {
    "event_not_updated": f"""
        CREATE TRIGGER event_not_updated BEFORE UPDATE OF {SEALED} ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION event_refuses()""",
    "event_not_deleted": f"""
        CREATE TRIGGER event_not_deleted BEFORE DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION event_refuses()""",
    "event_not_truncated": f"""
        CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION event_refuses()""",
}


@dataclass(frozen=True)
class Guards:
    """Triggers by which a database refuses: per vendor, each by its name, with its table."""

    table: str
    functions: tuple[str, ...]
    sqlite: dict[str, str]
    postgresql: dict[str, str]

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Set the triggers."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for function in self.functions:
                    cursor.execute(function)
            for statement in self._on(connection).values():
                cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take the triggers away, as a migration that is undone does."""
        on_table = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for name in self._on(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")

    def missing(self, connection: BaseDatabaseWrapper) -> set[str]:
        """Which triggers are not there."""
        return set(self._on(connection)) - triggers(connection)

    def _on(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        return self.postgresql if connection.vendor == "postgresql" else self.sqlite


def triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers of the database."""
    known = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        rows: list[Any] = cursor.fetchall()
    return {name for (name,) in rows}


EVENTS = Guards(TABLE, (FUNCTION,), SQLITE, POSTGRESQL)
install = EVENTS.install
remove = EVENTS.remove
missing = EVENTS.missing
