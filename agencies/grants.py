"""What the role under which the program runs may do in PostgreSQL (reliability f.6).

The tables belong to the role that migrates.  The program gets another one, which reads and writes
rows but owns nothing: it can neither drop a trigger nor empty a table, and of the book it may only
add events and note that one was announced.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# Table: the columns that may still be changed once a row is written.  No row is deleted.
WRITTEN_ONCE = {
    "agencies_event": ("announced_at",),
    "agencies_checkpoint": ("acknowledged_at", "acknowledged_by"),
    "agencies_importbatch": (),
    "filings_caseentry": (),
    "filings_correction": (),
    "filings_offlinearrival": (),
}
# Never changed either, but deleted with a compile that nobody sealed; the triggers keep the sealed.
NEVER_CHANGED = ("reports_factpiece", "reports_keptpiece")
# Changed as their work goes on, a seal until it is sealed, and never deleted.
NEVER_DELETED = (
    *("reports_seal", "filings_result", "filings_alert", "filings_supervisioncase"),
    *("officers_breakglass", "officers_glassnotice", "officers_nomination"),
)


class NoRoles(RuntimeError):
    """The database has no roles: SQLite knows none."""

    code = "no_roles"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the cluster, and its password if it shall be able to sign in."""

    name: str
    password: str = ""


def grant(connection: BaseDatabaseWrapper, role: Role) -> None:
    """Make the role if it is not there, and give it what the program needs and no more.

    Doing it twice changes nothing.  Raises NoRoles.
    """
    if connection.vendor != "postgresql":
        raise NoRoles(connection.vendor)
    name = sql.Identifier(role.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
        if role.password:
            word = sql.Literal(role.password)
            cursor.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, word))
        for statement in _statements(name):
            cursor.execute(statement)


def _statements(name: sql.Identifier) -> list[sql.Composed]:
    made = [
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ]
    found = [sql.SQL(one).format(name) for one in made]
    for table, columns in WRITTEN_ONCE.items():
        place = sql.Identifier(table)
        found.append(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(place, name))
        for column in columns:
            words = sql.SQL("GRANT UPDATE ({}) ON {} TO {}")
            found.append(words.format(sql.Identifier(column), place, name))
    once = [("UPDATE", NEVER_CHANGED), ("DELETE", NEVER_DELETED)]
    for right, tables in once:
        for table in tables:
            words = sql.SQL(f"REVOKE {right} ON {{}} FROM {{}}")
            found.append(words.format(sql.Identifier(table), name))
    return found
