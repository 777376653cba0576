"""The JSON Schemas of the public contract, from the records that are written.

They ship with the package, so that a program that receives the JSON can check it.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from jixiao.audit.finding import Certainty, Outcome, Severity
from jixiao.form.forms import FormKind
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import Comparator, ValueKind
from jixiao.intake.result import Status
from jixiao.report import audit_record, records

FOLDER = "src/jixiao/report/schemas"
#: Fields that are plain text in the record but take one of a few words.
WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("FormRecord", "kind"): FormKind,
    ("ValueRecord", "kind"): ValueKind,
    ("ValueRecord", "comparator"): Comparator,
    ("IndicatorRecord", "category"): Category,
    ("DocumentRecord", "status"): Status,
    ("FindingRecord", "severity"): Severity,
    ("FindingRecord", "certainty"): Certainty,
    ("OutcomeRecord", "outcome"): Outcome,
}


def pages() -> Iterator[tuple[str, str]]:
    """Both schemas with their paths."""
    for record, name in ((records.ReadRecord, "read-1"), (audit_record.AuditRecord, "audit-1")):
        yield f"{FOLDER}/{name}.schema.json", schema_text(record, name)


def schema_text(record: type[msgspec.Struct], name: str) -> str:
    encoded = msgspec.json.encode(schema(record, name))
    return msgspec.json.format(encoded, indent=1).decode() + "\n"


def schema(record: type[msgspec.Struct], name: str) -> dict[str, Any]:
    made = msgspec.json.schema(record)
    parts = made["$defs"]
    parts[record.__name__]["properties"]["schema"] = {"const": f"jixiao.{name.replace('-', '/')}"}
    for (owner, key), words in WORDS.items():
        if owner in parts:
            _restrict(parts[owner]["properties"], key, words)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"jixiao.{name.replace('-', '/')}",
        **made,
    }


def _restrict(properties: dict[str, Any], key: str, words: type[StrEnum]) -> None:
    allowed = [word.value for word in words]
    if "anyOf" in properties[key]:
        properties[key]["anyOf"] = [
            {"enum": allowed} if one == {"type": "string"} else one
            for one in properties[key]["anyOf"]
        ]
    else:
        properties[key] = {"enum": allowed}
