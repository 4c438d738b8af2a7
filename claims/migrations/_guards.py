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
