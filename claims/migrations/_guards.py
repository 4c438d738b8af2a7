"""Makes and drops guards: triggers that refuse a row for which a condition holds, on both databases.

A guard is (name, table without its prefix, event, refused when, message), the condition in SQL that
SQLite and PostgreSQL both read.
"""


def create(schema_editor, guards):
    with schema_editor.connection.cursor() as cursor:
        for name, table, event, refused, message in guards:
            quoted = message.replace("'", "''")
            if schema_editor.connection.vendor == "postgresql":
                row = "OLD" if event == "DELETE" else "NEW"
                cursor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                    f"IF {refused} THEN RAISE EXCEPTION '{quoted}' "
                    f"USING ERRCODE = 'check_violation'; END IF; RETURN {row}; END $guard$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON claims_{table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON claims_{table} FOR EACH ROW "
                    f"WHEN {refused} BEGIN SELECT RAISE(ABORT, '{quoted}'); END"
                )


def drop(schema_editor, guards):
    with schema_editor.connection.cursor() as cursor:
        for name, *_rest in guards:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


def lay_down(schema_editor):
    """On SQLite, before tables are remade: keeps the text of every trigger in a table and drops them,
    because a remade table loses its own, and a renamed one trips over those that name it."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("CREATE TABLE claims_guards_laid_down (name text, written text)")
        cursor.execute(
            "INSERT INTO claims_guards_laid_down "
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        cursor.execute("SELECT name FROM claims_guards_laid_down")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def take_up(schema_editor):
    """Makes again what `lay_down` dropped, in the same migration."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT written FROM claims_guards_laid_down")
        for (written,) in cursor.fetchall():
            cursor.execute(written)
        cursor.execute("DROP TABLE claims_guards_laid_down")
