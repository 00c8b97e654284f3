"""How the database itself keeps a sealed year as it was sealed, whoever asks.

A sealed version, the compile it sealed and the facts behind that are neither changed nor deleted;
pieces of facts are never changed at all.
"""

from agencies.guards import Guards

REFUSAL = "what is sealed is never changed or deleted"
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION sealed_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
OF_COMPILE = f"""
    CREATE OR REPLACE FUNCTION sealed_compile_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE compile bigint := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
    BEGIN
        IF EXISTS (SELECT 1 FROM reports_seal
                   WHERE compilation_id = compile AND sealed_at IS NOT NULL) THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$"""  # noqa: S608 - constants


def _sqlite(name: str, table: str, condition: str) -> dict[str, str]:
    return {
        f"{name}_not_{word}": f"""
            CREATE TRIGGER {name}_not_{word} BEFORE {verb} ON {table} WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
        for word, verb in (("updated", "UPDATE"), ("deleted", "DELETE"))
    }


def _sealed(column: str) -> str:
    return f"""EXISTS (SELECT 1 FROM reports_seal
        WHERE compilation_id = OLD.{column} AND sealed_at IS NOT NULL)"""  # noqa: S608 - constants


def _of_compile(name: str, table: str, column: str) -> Guards:
    return Guards(
        table,
        (OF_COMPILE,),
        _sqlite(name, table, _sealed(column)),
        {
            f"{name}_not_changed": f"""
                CREATE TRIGGER {name}_not_changed BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION sealed_compile_refuses('{column}')"""
        },
    )


SEALS = Guards(
    "reports_seal",
    (FUNCTION,),
    _sqlite("seal", "reports_seal", "OLD.sealed_at IS NOT NULL"),
    {
        "seal_not_changed": """
            CREATE TRIGGER seal_not_changed BEFORE UPDATE OR DELETE ON reports_seal
            FOR EACH ROW WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION sealed_refuses()"""
    },
)
COMPILES = _of_compile("sealed_compile", "reports_compilation", "id")
KEPT = _of_compile("kept_piece", "reports_keptpiece", "compilation_id")
PIECES = Guards(
    "reports_factpiece",
    (FUNCTION,),
    {
        "piece_not_updated": f"""
            CREATE TRIGGER piece_not_updated BEFORE UPDATE ON reports_factpiece
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    },
    {
        "piece_not_updated": """
            CREATE TRIGGER piece_not_updated BEFORE UPDATE ON reports_factpiece
            FOR EACH ROW EXECUTE FUNCTION sealed_refuses()"""
    },
)
EVERY = (SEALS, COMPILES, KEPT, PIECES)
