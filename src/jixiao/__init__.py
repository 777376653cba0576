"""jixiao (绩效): reads, audits and tracks the performance targets of public budgets.

    from jixiao import read, audit

    reading = read("附件2.docx")
    for finding in audit(reading.forms).findings:
        print(finding.code, finding.project, finding.message)

The names are fetched at first use, so that `jixiao --help` does not pay for readers and rules;
their types stand in `__init__.pyi`.
"""

import importlib

__all__ = ["Reading", "audit", "read"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(importlib.import_module("jixiao.pipeline"), name)
    raise AttributeError(f"module 'jixiao' has no attribute {name!r}")
