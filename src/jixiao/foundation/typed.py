"""From plain text trees (strict YAML, TOML) to typed values, with every mistake at once.

msgspec stops at the first mistake; a person mending a file wants the whole list. Leaves are
still converted by msgspec. Faults are worded in English for our own data files and in Chinese
for what users write.
"""

import types
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from jixiao.foundation.errors import StandardsError

T = TypeVar("T")

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_MISSING = object()
_CHINESE_KINDS = {
    str: "文字",
    int: "整数",
    Decimal: "数",
    date: "日期（如 2026-12-31）",
    bool: "是否值（true 或 false）",
}


class Faults:
    """What does not fit, collected in the language of the reader."""

    def __init__(self, *, chinese: bool = False) -> None:
        self.found: list[str] = []
        self._chinese = chinese

    def note(self, path: str, english: str, chinese: str) -> None:
        if self._chinese:
            self.found.append(f"“{path}”{chinese}" if path else chinese)
        else:
            self.found.append(f"{path}: {english}" if path else english)


def build(kind: type[T], tree: object, name: str) -> T:
    """`tree` as a `kind`; a StandardsError lists everything that does not fit."""
    faults = Faults()
    value = collect(kind, tree, "", faults)
    if faults.found:
        raise StandardsError("\n".join(f"{name}: {fault}" for fault in faults.found))
    return value  # type: ignore[no-any-return]  # `collect` walks types mypy cannot follow


def collect(kind: Any, tree: object, path: str, faults: Faults) -> Any:
    """The same, noting faults instead of raising; with any, the value is not to be used."""
    if kind is str and isinstance(tree, str):
        return tree  # nearly all leaves: everything is text before it is typed
    origin = get_origin(kind)
    if kind is Any:
        return tree
    if origin in (Union, types.UnionType):
        return _optional(kind, tree, path, faults)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(kind, tree, path, faults)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind), tree, path, faults)
    if origin in (tuple, list, frozenset, Sequence):
        return _sequence(kind, tree, path, faults)
    return _leaf(kind, tree, path, faults)


def _optional(kind: Any, tree: object, path: str, faults: Faults) -> Any:
    others = [part for part in get_args(kind) if part is not type(None)]
    if tree is None and len(others) < len(get_args(kind)):
        return None
    if len(others) == 1:
        return collect(others[0], tree, path, faults)
    return _leaf(kind, tree, path, faults)


def _struct(kind: type[Struct], tree: object, path: str, faults: Faults) -> Any:
    if not isinstance(tree, Mapping):
        # An empty YAML value stands for a mapping without entries.
        if tree != "":
            faults.note(path, "must be a mapping", "应当是一组设置")
            return None
        tree = {}
    fields = _fields(kind)
    known = ", ".join(fields) or "-"
    for key in tree:
        if key not in fields:
            below = _below(path, str(key))
            faults.note(below, f"unknown (known here: {known})", f"不认识，可以写的有：{known}")
    values: dict[str, Any] = {}
    before = len(faults.found)
    for key, field in fields.items():
        written = tree.get(key, _MISSING)
        if written is not _MISSING:
            values[field.name] = collect(field.type, written, _below(path, key), faults)
        elif field.required:
            faults.note(_below(path, key), "missing", "没有写")
    return None if len(faults.found) > before else kind(**values)


@cache
def _fields(kind: type[Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields by the names used in files; asking msgspec costs more than all the rest."""
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def _mapping(args: tuple[Any, ...], tree: object, path: str, faults: Faults) -> Any:
    if tree == "":
        return {}
    if not isinstance(tree, Mapping):
        faults.note(path, "must be a mapping", "应当是一组设置")
        return {}
    key_kind, value_kind = args
    return {
        _leaf(key_kind, key, path, faults): collect(
            value_kind, value, _below(path, str(key)), faults
        )
        for key, value in tree.items()
    }


def _sequence(kind: Any, tree: object, path: str, faults: Faults) -> Any:
    if tree == "":
        tree = []
    if not isinstance(tree, list | tuple | frozenset | set):
        faults.note(path, "must be a list", "应当是一个列表")
        return ()
    origin, args = get_origin(kind), get_args(kind)
    fixed = origin is tuple and not (len(args) == 2 and args[1] is ...)
    if fixed and len(args) != len(tree):
        faults.note(path, f"must have {len(args)} entries", f"应当有 {len(args)} 项")
        return ()
    kinds = args if fixed else (args[0],) * len(tree)
    found = [
        collect(one, value, f"{path}[{i}]", faults)
        for i, (one, value) in enumerate(zip(kinds, tree, strict=True))
    ]
    if origin is frozenset:
        return frozenset(value for value in found if value is not None)
    return tuple(found) if origin is tuple else found


def _leaf(kind: Any, tree: object, path: str, faults: Faults) -> Any:
    if kind is str and isinstance(tree, str):
        return tree
    if kind is bool and isinstance(tree, str):
        if tree in _YES_NO:
            return _YES_NO[tree]
        faults.note(path, f"must be yes or no, not “{tree}”", f"应为 yes 或 no，而不是“{tree}”")
        return False
    try:
        return msgspec.convert(tree, kind, strict=False)
    except msgspec.ValidationError as fault:
        reason = str(fault).partition(" - at ")[0]
        faults.note(path, f"{reason}, not “{tree}”", f"应为{_chinese(kind)}，而不是“{tree}”")
        return None


def _chinese(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"{'、'.join(str(one.value) for one in kind)}之一"
    return _CHINESE_KINDS.get(kind, "另一种内容")


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
