"""What SQLite's planner knows of the tables: nothing, unless it is told to look.

Without figures it takes every equality for a rare one: a year or a grade, which a quarter of all
filings share, is then gathered whole and sorted where a walk along the order would do. PostgreSQL
looks by itself. A bound on what is read of an index keeps this below a second at any size.
"""

from django.db import connection, transaction

_READ_AT_MOST = 100_000


def look_at_tables() -> None:
    """Let SQLite take stock. Raises OperationalError where the database is away or busy."""
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_READ_AT_MOST}")
        cursor.execute("ANALYZE")
