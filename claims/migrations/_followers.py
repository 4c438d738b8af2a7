"""Makes and drops triggers that write after a change what follows from it, on both databases.

A follower is (name, table without its prefix, event, statements in SQL that SQLite and PostgreSQL
both read).
"""


def create(schema_editor, followers):
    with schema_editor.connection.cursor() as cursor:
        for name, table, event, statements in followers:
            written = " ".join(f"{statement};" for statement in statements)
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $follow$ BEGIN "
                    f"{written} RETURN NULL; END $follow$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON claims_{table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON claims_{table} FOR EACH ROW "
                    f"BEGIN {written} END"
                )


def drop(schema_editor, followers):
    with schema_editor.connection.cursor() as cursor:
        for name, *_rest in followers:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {name}")
