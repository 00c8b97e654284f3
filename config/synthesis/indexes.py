"""The indexes and foreign keys of an empty table, put aside while its rows stream in.

Building an index over finished rows, and checking a foreign key by one join, costs a small part of
doing either row by row.  All of it happens in the transaction of the load: whoever looks sees the
table before or after, and a failed load leaves it as it was.
"""

INDEXES = """
SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY 1
"""
CONSTRAINTS = """
SELECT quote_ident(conname), pg_get_constraintdef(oid), contype = 'f'
FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('f', 'u')
  AND NOT EXISTS (
    SELECT FROM pg_constraint other WHERE other.conindid = pg_constraint.conindid
    AND other.contype = 'f' AND pg_constraint.contype = 'u'
  )
ORDER BY 1
"""


class Indexes:
    """The definitions of one table's indexes, unique and foreign keys; the primary key stays."""

    def __init__(self, cursor, table: str):
        self.table = f'"{table}"'
        cursor.execute(INDEXES, [self.table])
        self.indexes = cursor.fetchall()
        cursor.execute(CONSTRAINTS, [self.table])
        found = cursor.fetchall()
        self.unique = [(name, definition) for name, definition, foreign in found if not foreign]
        self.foreign = [(name, definition) for name, definition, foreign in found if foreign]

    def drop(self, cursor) -> None:
        """Take everything away that slows a row down."""
        for name, _ in self.foreign + self.unique:
            cursor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT {name}")
        for name, _ in self.indexes:
            cursor.execute(f"DROP INDEX {name}")

    def rebuild(self, cursor) -> None:
        """Build the indexes and unique keys as they were."""
        for name, definition in self.unique:
            cursor.execute(f"ALTER TABLE {self.table} ADD CONSTRAINT {name} {definition}")
        for _, definition in self.indexes:
            cursor.execute(definition)

    def refer(self, cursor) -> None:
        """Check and restore the foreign keys, once every table has its rows and keys."""
        for name, definition in self.foreign:
            cursor.execute(f"ALTER TABLE {self.table} ADD CONSTRAINT {name} {definition}")
