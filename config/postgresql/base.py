"""A connection that tells PostgreSQL the declared scope before it asks anything (agencies.walls).

The scope is a setting of the session.  A rollback takes a setting back, so after each one, and on
a connection that comes new or from the pool, the scope counts as not told.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from agencies import walls


class DatabaseWrapper(base.DatabaseWrapper):
    """Every cursor finds the scope of the code that opened it in force."""

    told: walls.Scope | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        self.told = None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        self._tell(walls.current())
        return super().create_cursor(name)

    def _failed(self) -> bool:
        return self.connection.info.transaction_status == TransactionStatus.INERROR

    def _tell(self, scope: walls.Scope) -> None:
        # In a failed transaction nothing is answered until its rollback.
        if scope != self.told and not self._failed():
            # Several statements at once are sent as they are and never prepared.
            self.connection.execute(scope.told(), prepare=False)
            self.told = scope

    def _commit(self) -> None:
        if self._failed():
            self.told = None
        super()._commit()

    def _rollback(self) -> None:
        self.told = None
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self.told = None
