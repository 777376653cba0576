"""Find what a folder of modules declares: rules, readers, repairs, exporters, patches.

One new file is enough to add a thing of a known kind; nothing has to be told about it.
"""

import importlib
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Generic, TypeVar

from jixiao.foundation.errors import RuleDefinitionError, UnknownCode

T = TypeVar("T")


class Registry(Generic[T]):
    """All values called `attribute` in the modules below `package`, by their `code`.

    `kind` is the Chinese word for such a thing, used when somebody names an unknown one.
    Modules are imported at the first look, not before.
    """

    def __init__(self, package: str, attribute: str, kind: str) -> None:
        self._package, self._attribute, self._kind = package, attribute, kind

    def __iter__(self) -> Iterator[T]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> T:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(self._kind, code, self._near(code)) from None

    def _near(self, code: str) -> tuple[str, ...]:
        from difflib import get_close_matches  # noqa: PLC0415  only for who mistypes a code

        near = get_close_matches(code.upper(), self._by_code, n=3, cutoff=0.5)
        return tuple(near or get_close_matches(code, self._by_code, n=3, cutoff=0.5))

    @cached_property
    def _by_code(self) -> dict[str, T]:
        found: dict[str, T] = {}
        for module in _modules(self._package):
            thing = getattr(module, self._attribute, None)
            if thing is None:
                raise RuleDefinitionError(f"{module.__name__} declares no {self._attribute}")
            if thing.code in found:
                raise RuleDefinitionError(f"{module.__name__} declares {thing.code} again")
            found[thing.code] = thing
        return dict(sorted(found.items()))


def _modules(package: str) -> Iterator[ModuleType]:
    """Every module below the package, by name.

    What `pkgutil.walk_packages` does without importing `inspect`, which takes longer than all
    the rest of it. Other official data of ours is read from files too, so files there are.
    """
    for folder in importlib.import_module(package).__path__:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            stem, ending = Path(entry.name).stem, Path(entry.name).suffix
            if ending == ".py" and stem != "__init__":
                yield importlib.import_module(f"{package}.{stem}")
            elif not ending and Path(entry.path, "__init__.py").is_file():
                yield from _modules(f"{package}.{stem}")
