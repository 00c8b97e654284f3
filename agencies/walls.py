"""Which rows can a question reach in PostgreSQL, even one that forgot to ask who asks?

`visible_to` is the first wall.  Row-level security is the second: the database itself holds back
what lies outside the scope that the running code declared.  Nothing declared is nothing seen.
SQLite has no such walls (docs/adr/0009-a-second-wall-in-the-database.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from django.db.backends.base.base import BaseDatabaseWrapper

POLICY = "wall"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be reached: those of `own` agencies, and in `watched` regions what was filed.

    Agencies are primary keys, as is `account`, whose uploads may be reached; regions are paths.
    `everything` is for what acts for nobody in particular: commands, jobs, the law and the public
    door.
    """

    everything: bool = False
    own: tuple[int, ...] = ()
    watched: tuple[str, ...] = ()
    account: int | None = None

    def told(self) -> str:
        """The statements that tell the database of it; SET asks nothing of a transaction."""
        said = {
            "scope": "everything" if self.everything else "",
            "own": ",".join(map(str, self.own)),
            "watched": ",".join(self.watched),
            "account": str(self.account or ""),
        }
        quoted = {name: value.replace("'", "''") for name, value in said.items()}
        return ";".join(f"SET jianbei.{name} TO '{value}'" for name, value in quoted.items())


NOTHING = Scope()
EVERYTHING = Scope(everything=True)
_declared: ContextVar[Scope] = ContextVar("walls", default=NOTHING)


def current() -> Scope:
    """The scope that the running code declared."""
    return _declared.get()


@contextmanager
def within(scope: Scope) -> Iterator[None]:
    """Declare `scope` for a block or, as a decorator, for a function."""
    before = _declared.set(scope)
    try:
        yield
    finally:
        _declared.reset(before)


opened = partial(within, EVERYTHING)
"""Declare everything, for code that decides by itself what it tells of it."""


def narrow(scope: Scope) -> None:
    """Declare `scope` until the enclosing block ends."""
    _declared.set(scope)


FUNCTIONS = {
    "wall_everything": (
        "boolean",
        "SELECT coalesce(current_setting('jianbei.scope', true) = 'everything', false)",
    ),
    "wall_own": (
        "bigint[]",
        (
            "SELECT coalesce(string_to_array(current_setting('jianbei.own', true), ','), '{}')"
            "::bigint[]"
        ),
    ),
    "wall_watched": (
        "bigint[]",
        (
            "SELECT coalesce(array_agg(agency.id), '{}') FROM agencies_agency agency"
            " JOIN agencies_region region ON region.id = agency.region_id"
            " JOIN unnest(string_to_array(current_setting('jianbei.watched', true), ','))"
            " held(path) ON starts_with(region.path, held.path)"
        ),
    ),
    "wall_account": (
        "bigint",
        "SELECT nullif(current_setting('jianbei.account', true), '')::bigint",
    ),
}
# Asked in a subselect, a function runs once for a query and not once for a row.
OWN = "ANY ((SELECT wall_own())::bigint[])"
WATCHED = "ANY ((SELECT wall_watched())::bigint[])"
ACCOUNT = "(SELECT wall_account())"


@dataclass(frozen=True, slots=True)
class Wall:
    """One table, and the condition under which a row of it can be reached."""

    table: str
    condition: str

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Set the wall, for the owner of the table too."""
        self.remove(connection)
        lawful = f"(SELECT wall_everything()) OR {self.condition}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE POLICY {POLICY} ON {self.table} USING ({lawful})")
            cursor.execute(f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY")

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take the wall away, as a migration that is undone does."""
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {self.table}")


def of_agency(table: str, column: str = "agency_id") -> Wall:
    """The rows of an agency are reached by it, and by who oversees it."""
    return Wall(table, f"{column} = {OWN} OR {column} = {WATCHED}")


def of_parent(table: str, column: str, parent: str) -> Wall:
    """A part is reached by whoever reaches the whole it belongs to, a row of `parent`."""
    whole = f"SELECT 1 FROM {parent} whole WHERE whole.id = {table}.{column}"  # noqa: S608
    return Wall(table, f"EXISTS ({whole})")


def install_functions(connection: BaseDatabaseWrapper) -> None:
    """The functions that every wall asks; their names are resolved now, for a dump has no path."""
    with connection.cursor() as cursor:
        for name, (kind, body) in FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS {kind}"
                f" LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC {body}; END"
            )


def remove_functions(connection: BaseDatabaseWrapper) -> None:
    """Take the functions away, after all walls."""
    with connection.cursor() as cursor:
        for name in FUNCTIONS:
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def install_all(connection: BaseDatabaseWrapper, walls: tuple[Wall, ...]) -> None:
    """Set the walls where the database has such."""
    if connection.vendor == "postgresql":
        for wall in walls:
            wall.install(connection)


def remove_all(connection: BaseDatabaseWrapper, walls: tuple[Wall, ...]) -> None:
    """Take the walls away, the last one first."""
    if connection.vendor == "postgresql":
        for wall in reversed(walls):
            wall.remove(connection)


def found(connection: BaseDatabaseWrapper) -> tuple[str, set[str]]:
    """The role that is signed in, if no wall holds it back; the tables whose wall stands.

    The role is an empty text where walls hold it; a wall counts that holds the owner too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT rolname FROM pg_roles WHERE rolname = current_user"
            " AND (rolsuper OR rolbypassrls)),"
            " ARRAY(SELECT c.relname::text FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE p.polname = %s AND c.relrowsecurity AND c.relforcerowsecurity)",
            [POLICY],
        )
        role, tables = cursor.fetchone()
    return role or "", set(tables)


_SEEN_CODES = (
    "ANY (ARRAY(SELECT code::text FROM agencies_agency"
    " WHERE id = ANY ((SELECT wall_own() || wall_watched())::bigint[])))"
)
WALLS = (
    Wall("agencies_event", f"chain = 'system' OR chain = {_SEEN_CODES}"),
    of_agency("agencies_plan"),
    of_parent("agencies_plan_items", "plan_id", "agencies_plan"),
)
