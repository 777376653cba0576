"""jixiao (绩效): reads, audits and tracks the performance targets of public budgets.

    from jixiao import read, audit

    reading = read("附件2.docx")
    for finding in audit(reading.forms).findings:
        print(finding.code, finding.project, finding.message)

The functions import what they need when called, so that `jixiao --help` does not pay for
readers and rules; their types stand in `__init__.pyi`, their words in `jixiao.pipeline`.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

__all__ = ["audit", "convert", "patch", "read"]


def read(*paths: Any) -> Any:
    """Read files, folders and .zip archives into records; see `jixiao.pipeline.read`."""
    return importlib.import_module("jixiao.pipeline").read(*paths)


def audit(forms: Any, **settings: Any) -> Any:
    """Audit forms together; see `jixiao.pipeline.audit`."""
    return importlib.import_module("jixiao.pipeline").audit(forms, **settings)


def convert(forms: Any, to: Any, **settings: Any) -> Any:
    """Write forms as official tables; see `jixiao.pipeline.convert`."""
    return importlib.import_module("jixiao.pipeline").convert(forms, to, **settings)


def patch(path: Any, texts: Any, **settings: Any) -> Any:
    """Write texts into cells of the user's own document; see `jixiao.pipeline.patch`."""
    return importlib.import_module("jixiao.pipeline").patch(path, texts, **settings)


class _Package(ModuleType):
    """Keeps `jixiao.audit` the function: importing the room of that name would replace it.

    Modules of the room are reached by `from jixiao.audit.engine import …`, which does not look
    at this attribute.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
