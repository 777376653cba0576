"""An index over the pairs of characters: FTS5 with triggers on SQLite, GIN on PostgreSQL.

Sums and due dates sort blanks last on PostgreSQL too, which its plain indexes do not serve.
Whoever alters a column of filings on SQLite rebuilds the table there, and the triggers with it:
such a migration runs `create` of this one again. A test asks for the triggers.
"""

from typing import Any

from django.db import migrations

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS filings_words USING fts5("
    "words, content='filings_filing', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', detail='none')",
    "CREATE TRIGGER IF NOT EXISTS filings_words_added AFTER INSERT ON filings_filing BEGIN "
    "INSERT INTO filings_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER IF NOT EXISTS filings_words_removed AFTER DELETE ON filings_filing BEGIN "
    "INSERT INTO filings_words(filings_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "END",
    "CREATE TRIGGER IF NOT EXISTS filings_words_changed AFTER UPDATE OF words ON filings_filing "
    "WHEN old.words <> new.words BEGIN "
    "INSERT INTO filings_words(filings_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO filings_words(rowid, words) VALUES (new.id, new.words); END",
    "INSERT INTO filings_words(filings_words) VALUES ('rebuild')",
)
_POSTGRESQL = (
    "CREATE INDEX IF NOT EXISTS filings_words ON filings_filing "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    "CREATE INDEX IF NOT EXISTS filings_total_last ON filings_filing "
    "(total DESC NULLS LAST, id DESC)",
    "CREATE INDEX IF NOT EXISTS filings_due_first ON filings_filing (due_on NULLS FIRST, id)",
)
_SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS filings_words_added",
    "DROP TRIGGER IF EXISTS filings_words_removed",
    "DROP TRIGGER IF EXISTS filings_words_changed",
    "DROP TABLE IF EXISTS filings_words",
)
_POSTGRESQL_BACK = (
    "DROP INDEX IF EXISTS filings_words",
    "DROP INDEX IF EXISTS filings_total_last",
    "DROP INDEX IF EXISTS filings_due_first",
)


def create(_apps: Any, editor: Any) -> None:
    is_sqlite = editor.connection.vendor == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        editor.execute(statement)


def drop(_apps: Any, editor: Any) -> None:
    is_sqlite = editor.connection.vendor == "sqlite"
    for statement in _SQLITE_BACK if is_sqlite else _POSTGRESQL_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("filings", "0003_lists_and_counts")]
    operations = [migrations.RunPython(create, drop)]
