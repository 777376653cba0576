"""Statements whose SQL is made once: for the few that every save and every request run.

Django builds the text of a statement anew each time, which costs several times what running it
does. Here the text is kept, still made from models and their fields, so that names, converted
values and both databases are Django's business as everywhere else. Rows that lists show again and
again may be kept too, as what is made of them: a row is known by all that the database said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Generic, Self, TypeVar, overload

from django.db import connection, models
from msgspec import Struct

Row = tuple[Any, ...]
Prepare = Callable[[Any, Any], Any]
#: The type that needs no preparation, if any, and the preparation.
Prepared = tuple[type | None, Prepare]
Query = Callable[..., "models.QuerySet[Any, Any]"]
T = TypeVar("T")
_Converters = tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
_MOST_ROWS = 4096


class _Compiled(Struct, frozen=True):
    """The text, where values go in it (or constants), and what is done to a row, if anything."""

    sql: str
    places: tuple[tuple[int, Any], ...]
    convert: Callable[[Row], Any] | None


class Read(Generic[T]):
    """A query of `values_list` asked again and again with other values.

    `query` is called for each kind of database with `examples`, distinct values of the same types,
    and once more with others: what differs then is the place of a value. With `made`, rows are
    what it makes of their columns, and the same row is the same object as long as it is kept.
    """

    @overload
    def __init__(self: "Read[Row]", query: Query, *examples: object) -> None: ...

    @overload
    def __init__(self, query: Query, *examples: object, made: Callable[..., T] | None) -> None: ...

    def __init__(
        self, query: Query, *examples: object, made: Callable[..., T] | None = None
    ) -> None:
        self._query, self._examples, self._made = query, examples, made
        self._known: dict[str, _Compiled] = {}
        self._keeps_plan = False

    def planned_once(self) -> Self:
        """For what is found by its key: a plan is kept that must be right for every value."""
        self._keeps_plan = True
        return self

    def rows(self, *values: object) -> Iterator[T]:
        """What the database answers, as the fields understand it."""
        compiled = self._known.get(connection.vendor) or self._compile()
        given = [_adapted(value) for value in values]
        sent: list[Any] = [constant if at < 0 else given[at] for at, constant in compiled.places]
        with _cursor(keeps_plan=self._keeps_plan) as cursor:
            cursor.execute(compiled.sql, sent)
            found = cursor.fetchall()
        return iter(found) if compiled.convert is None else map(compiled.convert, found)

    def first(self, *values: object) -> T | None:
        """The first row, None where there is none."""
        return next(self.rows(*values), None)

    def _compile(self) -> _Compiled:
        compiler = self._query(*self._examples).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        others = self._query(*map(_another, self._examples)).query.get_compiler(
            connection=connection
        )
        examples = [_adapted(one) for one in self._examples]
        places = tuple(
            (-1, one) if _plain(one) == _plain(other) else (examples.index(one), None)
            for one, other in zip(params, others.as_sql()[1], strict=True)
        )
        assert {at for at, _ in places if at >= 0} == set(range(len(examples)))
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        found = compiler.get_converters(columns).items()
        converters = tuple((at, tuple(map(_quicker, each)), column) for at, (each, column) in found)
        compiled = _Compiled(sql, places, _conversion(converters, self._made))
        self._known[connection.vendor] = compiled
        return compiled


def update(
    model: type[models.Model], where: Mapping[str, object], values: Mapping[str, object]
) -> int:
    """Set these fields of the rows whose fields are equal to `where`; how many there were."""
    sql, prepared = _update_sql(model, tuple(values), tuple(where), connection.vendor)
    with _cursor(keeps_plan=True) as cursor:
        cursor.execute(sql, _prepared(prepared, (*values.values(), *where.values())))
        return int(cursor.rowcount)


def delete(model: type[models.Model], where: Mapping[str, object]) -> None:
    """Take away the rows whose fields are equal to `where`; nothing else is taken with them."""
    sql, prepared = _delete_sql(model, tuple(where), connection.vendor)
    with _cursor(keeps_plan=True) as cursor:
        cursor.execute(sql, _prepared(prepared, where.values()))


def insert(model: type[models.Model], values: Mapping[str, object]) -> int:
    """One new row with every field named; its key."""
    sql, prepared = _insert_sql(model, tuple(values), connection.vendor)
    with _cursor(keeps_plan=True) as cursor:
        cursor.execute(sql, _prepared(prepared, values.values()))
        if connection.features.can_return_columns_from_insert:
            return int(cursor.fetchone()[0])
        return int(cursor.lastrowid)


def _cursor(*, keeps_plan: bool) -> Any:
    """A cursor; one that keeps plans where the database has such."""
    keeping = getattr(connection, "prepared_cursor", None) if keeps_plan else None
    return connection.cursor() if keeping is None else keeping()


def _prepared(each: tuple[Prepared, ...], values: Iterable[object]) -> list[Any]:
    return [
        value if type(value) is plain else prepare(value, connection)
        for (plain, prepare), value in zip(each, values, strict=True)
    ]


@cache
def _update_sql(
    model: type[models.Model], values: tuple[str, ...], where: tuple[str, ...], _vendor: str
) -> tuple[str, tuple[Prepared, ...]]:
    names, prepared = _columns(model, (*values, *where))
    changed = ", ".join(f"{name} = %s" for name in names[: len(values)])
    asked = " AND ".join(f"{name} = %s" for name in names[len(values) :])
    table = _quoted(model._meta.db_table)
    return f"UPDATE {table} SET {changed} WHERE {asked}", prepared  # noqa: S608  names only


@cache
def _delete_sql(
    model: type[models.Model], where: tuple[str, ...], _vendor: str
) -> tuple[str, tuple[Prepared, ...]]:
    names, prepared = _columns(model, where)
    asked = " AND ".join(f"{name} = %s" for name in names)
    table = _quoted(model._meta.db_table)
    return f"DELETE FROM {table} WHERE {asked}", prepared  # noqa: S608  names only


@cache
def _insert_sql(
    model: type[models.Model], fields: tuple[str, ...], _vendor: str
) -> tuple[str, tuple[Prepared, ...]]:
    names, prepared = _columns(model, fields)
    marks = ", ".join("%s" for _ in names)
    table = _quoted(model._meta.db_table)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  names only
    if connection.features.can_return_columns_from_insert:
        sql += f" RETURNING {_quoted(model._meta.pk.column)}"
    return sql, prepared


def _columns(
    model: type[models.Model], fields: tuple[str, ...]
) -> tuple[list[str], tuple[Prepared, ...]]:
    known = {name: one for one in model._meta.concrete_fields for name in (one.name, one.attname)}
    known["pk"] = model._meta.pk
    found = [known[name] for name in fields]
    return [_quoted(one.column) for one in found], tuple(map(_preparation, found))


def _preparation(field: "models.Field[Any, Any]") -> Prepared:
    """Texts, and whole numbers in SQLite, are sent as they stand: asking the field costs more.

    PostgreSQL is told how wide a number is, or a plan is kept for every width.
    """
    asks: Any = getattr(field, "target_field", field)
    is_text = type(asks) in (models.CharField, models.TextField)
    is_number = connection.vendor == "sqlite" and isinstance(asks, models.IntegerField)
    return (str if is_text else int if is_number else None), field.get_db_prep_save


def _quoted(name: str | None) -> str:
    assert name is not None
    return connection.ops.quote_name(name)


def _plain(param: Any) -> Any:
    """A value without the wrapper of PostgreSQL's driver for JSON: two of them are never equal."""
    return getattr(param, "obj", param)


def _another(value: Any) -> Any:
    """A value of the same type that is not this one."""
    if isinstance(value, date):
        return value + timedelta(days=1)
    return f"{value}~" if isinstance(value, str) else value + 1_000_003


def _adapted(value: Any) -> Any:
    """A value as this database takes it in a query."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _quicker(convert: Callable[..., Any]) -> Callable[..., Any]:
    """Django's own way from SQLite to a moment asks the settings twice for each row.

    Times are kept in UTC here (`USE_TZ`).
    """
    is_moment = getattr(convert, "__name__", "") == "convert_datetimefield_value"
    return _moment if is_moment else convert


def _moment(value: datetime | str | None, *_: object) -> datetime | None:
    known = datetime.fromisoformat(value) if isinstance(value, str) else value
    return known if known is None or known.tzinfo else known.replace(tzinfo=UTC)


def _conversion(
    converters: _Converters, made: Callable[..., Any] | None
) -> Callable[[Row], Any] | None:
    """From a row of the database to what is wanted of it, None where that is the row itself."""

    def convert(row: Row) -> Row:
        values = list(row)
        for at, steps, column in converters:
            for step in steps:
                values[at] = step(values[at], column, connection)
        return tuple(values)

    if made is not None:
        return lru_cache(_MOST_ROWS)(lambda row: made(*convert(row)))
    return convert if converters else None
