"""From plain text trees (strict YAML, TOML) to typed values, with every mistake at once.

msgspec stops at the first mistake and passes over unknown keys in structs nested in unions; a
person mending a data file wants the whole list. Leaves are still converted by msgspec.
"""

import types
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from jixiao.foundation.errors import StandardsError

T = TypeVar("T")

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_MISSING = object()


def build(kind: type[T], tree: object, name: str) -> T:
    """`tree` as a `kind`; a StandardsError lists everything that does not fit."""
    mistakes: list[str] = []
    value = collect(kind, tree, "", mistakes)
    if mistakes:
        raise StandardsError("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    return value  # type: ignore[no-any-return]  # `collect` walks types mypy cannot follow


def collect(kind: Any, tree: object, path: str, mistakes: list[str]) -> Any:
    """The same, with the mistakes appended to a list; the value is then not to be used."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind, tree, path, mistakes)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(kind, tree, path, mistakes)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind), tree, path, mistakes)
    if origin in (tuple, list, frozenset, Sequence):
        return _sequence(kind, tree, path, mistakes)
    return _leaf(kind, tree, path, mistakes)


def _optional(kind: Any, tree: object, path: str, mistakes: list[str]) -> Any:
    others = [part for part in get_args(kind) if part is not type(None)]
    if tree is None and len(others) < len(get_args(kind)):
        return None
    if len(others) == 1:
        return collect(others[0], tree, path, mistakes)
    return _leaf(kind, tree, path, mistakes)


def _struct(kind: type[Struct], tree: object, path: str, mistakes: list[str]) -> Any:
    if not isinstance(tree, Mapping):
        # An empty YAML value stands for a mapping without entries.
        if tree != "":
            mistakes.append(f"{_at(path)}must be a mapping")
            return None
        tree = {}
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in tree:
        if key not in fields:
            known = ", ".join(fields) or "nothing"
            mistakes.append(f"{_at(_below(path, key))}unknown (known here: {known})")
    values: dict[str, Any] = {}
    for key, field in fields.items():
        written = tree.get(key, _MISSING)
        if written is not _MISSING:
            values[field.name] = collect(field.type, written, _below(path, key), mistakes)
        elif field.required:
            mistakes.append(f"{_at(_below(path, key))}missing")
    return None if mistakes else kind(**values)


def _mapping(args: tuple[Any, ...], tree: object, path: str, mistakes: list[str]) -> Any:
    if tree == "":
        return {}
    if not isinstance(tree, Mapping):
        mistakes.append(f"{_at(path)}must be a mapping")
        return {}
    key_kind, value_kind = args
    return {
        _leaf(key_kind, key, path, mistakes): collect(
            value_kind, value, _below(path, str(key)), mistakes
        )
        for key, value in tree.items()
    }


def _sequence(kind: Any, tree: object, path: str, mistakes: list[str]) -> Any:
    if tree == "":
        tree = []
    if not isinstance(tree, list | tuple | frozenset | set):
        mistakes.append(f"{_at(path)}must be a list")
        return ()
    origin, args = get_origin(kind), get_args(kind)
    fixed = origin is tuple and not (len(args) == 2 and args[1] is ...)
    if fixed and len(args) != len(tree):
        mistakes.append(f"{_at(path)}must have {len(args)} entries")
        return ()
    kinds = args if fixed else (args[0],) * len(tree)
    found = [
        collect(one, value, f"{path}[{i}]", mistakes)
        for i, (one, value) in enumerate(zip(kinds, tree, strict=True))
    ]
    return found if origin in (list, Sequence) else origin(found)


def _leaf(kind: Any, tree: object, path: str, mistakes: list[str]) -> Any:
    if kind is bool and isinstance(tree, str):
        if tree in _YES_NO:
            return _YES_NO[tree]
        mistakes.append(f"{_at(path)}must be yes or no, not “{tree}”")
        return False
    try:
        return msgspec.convert(tree, kind, strict=False)
    except msgspec.ValidationError as fault:
        mistakes.append(f"{_at(path)}{str(fault).partition(' - at ')[0]}, not “{tree}”")
        return None


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _at(path: str) -> str:
    return f"{path}: " if path else ""
