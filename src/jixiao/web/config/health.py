"""Whether the process lives, and whether it can serve: for whatever watches it."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(_request: HttpRequest) -> JsonResponse:
    """The database answers and its tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return JsonResponse({"status": "no_database", "detail": type(error).__name__}, status=503)
    if pending:
        return JsonResponse({"status": "migrations_pending", "count": len(pending)}, status=503)
    return JsonResponse({"status": "ok"})
