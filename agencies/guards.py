"""How the database itself keeps the book append-only, whoever asks (reliability f.6).

Triggers stop accidents and application bugs; against an administrator of the database there are the
hash chain and checkpoints kept elsewhere.  Only `announced_at` may change after writing.
"""

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


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the guards on the table of events."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away, as a migration that is undone does."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Which guards are not there."""
    known = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        present = {name for (name,) in cursor.fetchall()}
    return set(_triggers(connection)) - present


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
