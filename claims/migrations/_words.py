"""Makes and drops full-text indexes over one column of our own folded words, on both databases.

An index is (table without its prefix, column). On SQLite it is an FTS5 table `claims_TABLE_words`
over the rows of the table itself, kept in step by three triggers; on PostgreSQL a generated
tsvector column `COLUMN_words` with a GIN index. The words are split at what is no letter or digit
and compared as they are: all folding was done by `claims.languages`. `claims.models.words` asks it.

A migration that remakes such a table on SQLite drops its triggers: end it with `create` again.
"""


def create(schema_editor, indexes):
    with schema_editor.connection.cursor() as cursor:
        for table, column in indexes:
            statements = (
                _postgresql(table, column)
                if schema_editor.connection.vendor == "postgresql"
                else _sqlite(table, column)
            )
            for statement in statements:
                cursor.execute(statement)


def drop(schema_editor, indexes):
    with schema_editor.connection.cursor() as cursor:
        for table, column in indexes:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE claims_{table} DROP COLUMN {column}_words")
                continue
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{event}")
            cursor.execute(f"DROP TABLE claims_{table}_words")


def _postgresql(table, column):
    return (
        f"ALTER TABLE claims_{table} ADD COLUMN {column}_words tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED",
        f"CREATE INDEX {table}_words ON claims_{table} USING gin ({column}_words)",
    )


def _sqlite(table, column):
    words = f"claims_{table}_words"
    gone = f"INSERT INTO {words} ({words}, rowid, {column}) VALUES ('delete', OLD.id, OLD.{column});"
    come = f"INSERT INTO {words} (rowid, {column}) VALUES (NEW.id, NEW.{column});"
    on = f"ON claims_{table} FOR EACH ROW BEGIN"
    return (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5({column}, "
        f"content='claims_{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
        f"INSERT INTO {words} ({words}) VALUES ('rebuild')",
        f"CREATE TRIGGER {table}_words_insert AFTER INSERT {on} {come} END",
        f"CREATE TRIGGER {table}_words_update AFTER UPDATE OF {column} {on} {gone} {come} END",
        f"CREATE TRIGGER {table}_words_delete AFTER DELETE {on} {gone} END",
    )
