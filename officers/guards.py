"""How the database itself keeps the administrations apart and staffed, whoever asks (I12, I13).

No account holds two offices of `roles.APART` at one time, and the last holder of an office that is
never vacant neither leaves it nor is barred.  PostgreSQL locks the rows it looks at, so that two
changes made at once see each other.  A glass, once broken, is never made to last longer.
"""

from agencies.guards import Guards
from officers.roles import APART, NEVER_VACANT

APPOINTMENTS, ACCOUNTS = "officers_appointment", "officers_account"
GLASSES = "officers_breakglass"
TOGETHER = "one person must not hold these two offices"
VACANT = "the last holder of this office stays"
AS_ASKED = "a broken glass stays as it was asked for and answered"

_BARRED = " OR ".join(
    f"NEW.role = '{one}' AND held.role = '{other}'"
    for pair in sorted(map(sorted, APART))
    for one, other in (pair, pair[::-1])
)
_CLASH = f"""EXISTS (
    SELECT 1 FROM {APPOINTMENTS} held
    WHERE held.account_id = NEW.account_id AND held.id <> NEW.id
    AND (held.valid_to IS NULL
        OR held.valid_to > NEW.valid_from AND held.valid_to > held.valid_from)
    AND (NEW.valid_to IS NULL
        OR NEW.valid_to > held.valid_from AND NEW.valid_to > NEW.valid_from)
    AND ({_BARRED}))"""  # noqa: S608
_ROLES = ", ".join(f"'{role}'" for role in sorted(NEVER_VACANT))


def _another(role: str, account: str, day: str) -> str:
    return f"""EXISTS (
    SELECT 1 FROM {APPOINTMENTS} other JOIN {ACCOUNTS} person ON person.id = other.account_id
    WHERE other.role = {role} AND other.account_id <> {account}
    AND person.is_active AND other.confirmed_at IS NOT NULL
    AND other.valid_from <= {day} AND (other.valid_to IS NULL OR other.valid_to > {day}))"""  # noqa: S608


_COUNTED = f"OLD.role IN ({_ROLES}) AND OLD.confirmed_at IS NOT NULL"
_ENDED = f"""{_COUNTED} AND (
    NEW.valid_to IS NOT NULL AND (OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to)
    OR NEW.confirmed_at IS NULL OR NEW.role <> OLD.role OR NEW.account_id <> OLD.account_id
    OR NEW.valid_from > OLD.valid_from)
    AND NOT {_another("OLD.role", "OLD.account_id", "COALESCE(NEW.valid_to, @today)")}"""
_DELETED = f"""{_COUNTED} AND (OLD.valid_to IS NULL OR OLD.valid_to > @today)
    AND NOT {_another("OLD.role", "OLD.account_id", "@today")}"""
_BARRED_LAST = f"""OLD.is_active AND NOT NEW.is_active AND EXISTS (
    SELECT 1 FROM {APPOINTMENTS} held
    WHERE held.account_id = NEW.id AND held.role IN ({_ROLES}) AND held.confirmed_at IS NOT NULL
    AND held.valid_from <= @today AND (held.valid_to IS NULL OR held.valid_to > @today)
    AND NOT {_another("held.role", "NEW.id", "@today")})"""  # noqa: S608


def _guards(table: str, refusal: str, lock: str, triggers: dict[str, tuple[str, str]]) -> Guards:
    """Triggers on one table; each is an event and the condition under which it is refused."""
    functions, sqlite, postgresql = [], {}, {}
    for name, (event, condition) in triggers.items():
        here = condition.replace("@today", "(now() AT TIME ZONE 'Asia/Shanghai')::date")
        functions.append(f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
        {lock}
        IF {here} THEN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
        END $$""")
        postgresql[name] = f"""
        CREATE TRIGGER {name} AFTER {event} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""
        there = condition.replace("@today", "date('now', '+8 hours')")
        sqlite[name] = f"""
        CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {there}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
    return Guards(table, tuple(functions), sqlite, postgresql)


_LOCK_ACCOUNT = f"PERFORM 1 FROM {ACCOUNTS} WHERE id = NEW.account_id FOR NO KEY UPDATE;"
_LOCK_OFFICES = f"PERFORM 1 FROM {APPOINTMENTS} WHERE role IN ({_ROLES}) ORDER BY id FOR UPDATE;"

OFFICES_APART = _guards(
    APPOINTMENTS,
    TOGETHER,
    _LOCK_ACCOUNT,
    {
        "offices_apart_when_given": ("INSERT", _CLASH),
        "offices_apart_when_changed": ("UPDATE", _CLASH),
    },
)
OFFICES_STAFFED = _guards(
    APPOINTMENTS,
    VACANT,
    _LOCK_OFFICES,
    {
        "last_holder_not_ended": ("UPDATE", _ENDED),
        "last_holder_not_deleted": ("DELETE", _DELETED),
    },
)
HOLDERS_ADMITTED = _guards(
    ACCOUNTS, VACANT, _LOCK_OFFICES, {"last_holder_not_barred": ("UPDATE", _BARRED_LAST)}
)
_ONCE = " OR ".join(
    f"OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column})"
    for column in ("answered_by_id", "opened_at", "refused_at", "closed_at")
)
_FIXED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("account_id", "agency_id", "reason", "minutes", "asked_at")
)
GLASS_AS_ASKED = _guards(
    GLASSES,
    AS_ASKED,
    "",
    {
        "glass_not_changed": ("UPDATE", f"{_FIXED} OR {_ONCE}"),
        "glass_not_deleted": ("DELETE", "OLD.id IS NOT NULL"),
    },
)
EVERY = (OFFICES_APART, OFFICES_STAFFED, HOLDERS_ADMITTED, GLASS_AS_ASKED)
