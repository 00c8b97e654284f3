"""The filing behind a code, read whole only when something of it has changed.

Every scan asks the database one prepared question, whose answer is all that a page at the door
shows.  While it is the same as last time, what was read then is used again.  Nothing is remembered
of codes that are not found, and nothing at all answers when the database does not.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from filings.models import Filing

MOST = 2048
Row = tuple[Any, ...]
Asked = Callable[[str, datetime], QuerySet[Filing]]
_MARK, _DIGEST = datetime(1901, 2, 3, tzinfo=UTC), "0" * 64
_kept: OrderedDict[str, tuple[list[Row], Filing]] = OrderedDict()
_lock = threading.Lock()


def recall(digest: str, since: datetime, asked: Asked, columns: Row) -> Filing | None:
    """The filing with the code's `digest`, as `asked` reads it; to be read and never changed.

    `asked(digest, since)` says which filings answer, `columns` everything that is shown of one.
    """
    rows = _rows(digest, since, asked, columns)
    if not rows:
        return None
    with _lock:
        kept = _kept.get(digest)
        if kept is not None and kept[0] == rows:
            _kept.move_to_end(digest)
            return kept[1]
    found = asked(digest, since).first()
    if found is None:
        return None
    with _lock:
        # What changed between the two questions is read again at the next scan.
        _kept[digest] = (rows, found)
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Read everything anew."""
    with _lock:
        _kept.clear()


def _rows(digest: str, since: datetime, asked: Asked, columns: Row) -> list[Row]:
    sql, params = _question(asked, columns, connection.vendor)
    moment = connection.ops.adapt_datetimefield_value(since)
    given = {_DIGEST: digest, _adapted(): moment}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(one, one) for one in params])
        return cursor.fetchall()


@cache
def _question(asked: Asked, columns: Row, _vendor: str) -> tuple[str, Row]:
    """The one statement and its values, with marks where those of a scan stand."""
    rows = asked(_DIGEST, _MARK).select_related(None).prefetch_related(None)
    return rows.order_by("members__pk").values_list(*columns).query.sql_with_params()


def _adapted() -> Any:
    return connection.ops.adapt_datetimefield_value(_MARK)
