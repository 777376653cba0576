"""Objects of a model asked for by statements whose SQL is made once (`web.statements`).

What every page asks comes back as the objects everybody knows, with the objects they point to,
at a fifth of what a query set costs that is put together anew.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from jixiao.web.statements import Read

M = TypeVar("M", bound=Model)


class Objects(Generic[M]):
    """The objects of a query.

    `related` names what they point to, never a blank; `without` names columns that are fetched
    only when somebody asks for them.
    """

    def __init__(
        self,
        model: type[M],
        query: "Callable[..., QuerySet[M]]",
        *examples: object,
        related: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> None:
        self._model = model
        self._names = [one for one in _names(model) if one not in without]
        fields: Any = model._meta
        self._related = [(name, fields.get_field(name).related_model) for name in related]
        asked = list(self._names)
        for name, other in self._related:
            asked += [f"{name}__{column}" for column in _names(other)]
        self._read = Read(lambda *values: query(*values).values_list(*asked), *examples)

    def planned_once(self) -> Self:
        """For what is found by its key (`Read.planned_once`)."""
        self._read.planned_once()
        return self

    def ask(self, *values: object) -> list[M]:
        """All objects for these values."""
        return list(map(self._made, self._read.rows(*values)))

    def first(self, *values: object) -> M | None:
        """The first of them."""
        row = self._read.first(*values)
        return None if row is None else self._made(row)

    def _made(self, row: tuple[Any, ...]) -> M:
        end = len(self._names)
        made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[:end])
        for name, other in self._related:
            names = _names(other)
            setattr(made, name, other.from_db(DEFAULT_DB_ALIAS, names, row[end : end + len(names)]))
            end += len(names)
        return made


def _names(model: Any) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields]
