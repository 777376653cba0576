"""Of which kind a project is by its name, where that kind has wording that cannot belong to it.

The kinds are data (`project_kinds`): for each a list of names, a list of words that take the
name out of the kind again, and a list of wording that is foreign to it.
"""

from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon


def bare_project_name(view: FormView) -> str:
    """The folded project name without the unit's own name; "" where the form names no project.

    医疗保障局_办公设备购置 buys equipment; that the office has to do with medicine says nothing.
    """
    header = view.form.header
    if header.project_name is None:
        return ""
    name = fold(header.project_name.raw)
    for party in (header.implementing_unit, header.supervising_department):
        if party is not None and party.value is not None and party.value.name:
            name = name.replace(fold(party.value.name), "")
    tail = name.rpartition("_")[2]
    return tail if len(tail) > 1 else name


def project_kind(name: str, lexicon: Lexicon) -> str | None:
    """The id of the first kind that fits the folded project name, or None."""
    for kind in lexicon.table("project_kinds"):
        if not containing(lexicon.words(f"{kind}.names")).search(name):
            continue
        if not containing(lexicon.words(f"{kind}.except")).search(name):
            return kind
    return None
