"""What a form says to lists and search: the columns of a filing, derived and rebuildable."""

import hashlib
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Struct

from jixiao.audit.engine import audit
from jixiao.audit.finding import Severity
from jixiao.audit.remembered import FormMemory
from jixiao.audit.report import AuditReport
from jixiao.form.codec import encode
from jixiao.form.forms import Form
from jixiao.foundation.money import Money
from jixiao.web.filings.acceptance import Accepted, open_findings
from jixiao.web.kept import Kept
from jixiao.web.shelf import values

_LONGEST_NAME = 300


#: A page is looked at more often than it changes.
_REPORTS: Kept[AuditReport] = Kept(256)
#: What pages show; the many texts a draft passes through are not worth a file.
_SHOWN: Kept[AuditReport] = Kept(256)
_SHELF = values("reports", AuditReport)
#: Somebody who types changes one cell and leaves the others alone.
_FORMS = FormMemory(200)


class Content(Struct, frozen=True, kw_only=True):
    """A form as it is stored, with what is derived from it."""

    form: Form
    text: str
    digest: str


def stored(form: Form) -> Content:
    """The document that is kept, and its hash."""
    content = encode(form)
    return Content(form=form, text=content.decode(), digest=hashlib.sha256(content).hexdigest())


def audited(form: Form, *, profile: str, as_of: date, digest: str = "") -> AuditReport:
    """What the engine says of one form; an empty profile is chosen by evidence.

    `digest` is that of its content, where the caller has it at hand.
    """
    question = (digest or stored(form).digest, profile, as_of)
    return _REPORTS.of(
        question,
        lambda: audit((form,), profile=profile or None, as_of=as_of, memory=_FORMS),
    )


def on_show(form: Form, *, profile: str, as_of: date, digest: str = "") -> AuditReport:
    """The same for a page: what other processes have found out about this content is taken."""
    digest = digest or stored(form).digest
    question = (digest, profile, as_of)
    return _SHOWN.of(
        question,
        lambda: _SHELF.of(
            question, lambda: audited(form, profile=profile, as_of=as_of, digest=digest)
        ),
    )


def columns(
    form: Form, report: AuditReport | None, accepted: Accepted = frozenset()
) -> dict[str, Any]:
    """The values of a filing's list columns; findings that are accepted do not count."""
    name, code = form.header.project_name, form.header.project_code
    category = form.header.project_category
    named = "" if name is None else " ".join(name.raw.split())
    values: dict[str, Any] = {
        "project_name": named[:_LONGEST_NAME],
        "project_code": "" if code is None else code.raw.strip()[:40],
        "category": "" if category is None else " ".join(category.raw.split())[:40],
        "total": total_in_yuan(form),
        "indicator_count": len(form.indicators),
        "words": bigrams(_words(form)),
    }
    if report is not None:
        counts = [one.severity for one in open_findings(report.findings, accepted)]
        values["errors"] = counts.count(Severity.ERROR)
        values["warnings"] = counts.count(Severity.WARNING)
    return values


def total_in_yuan(form: Form) -> Decimal | None:
    """年度资金总额 in 元, None where it is not a number or its unit is not stated."""
    funding = form.funding
    if funding is None or funding.total is None or funding.total.value is None:
        return None
    if funding.unit is None:
        return None
    return Money.of(funding.total.value, funding.unit).yuan


def _words(form: Form) -> str:
    parts = [form.header.project_name, form.header.implementing_unit, form.narrative.goal]
    texts = [part.raw for part in parts if part is not None]
    texts += [row.name.raw for row in form.indicators]
    return " ".join(texts)


@lru_cache(maxsize=256)
def bigrams(text: str) -> str:
    """Pairs of characters, so that a two-character word is found by an index on both databases.

    The last character of a stretch also stands alone: every character begins something.
    """
    pairs: dict[str, None] = {}
    for word in stretches(text):
        pairs |= dict.fromkeys(word[at : at + 2] for at in range(len(word)))
    return " ".join(pairs)


def stretches(text: str) -> list[str]:
    """The runs of letters and digits of a text, in small letters."""
    kept = "".join(character.lower() if character.isalnum() else " " for character in text)
    return kept.split()
