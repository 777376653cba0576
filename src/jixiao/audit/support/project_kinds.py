"""Of which kind a project is by its name, where that kind has wording that cannot belong to it.

The kinds are data (`project_kinds`): for each a list of names, a list of words that take the
name out of the kind again, and a list of wording that is foreign to it.
"""

from jixiao.audit.support.word_patterns import containing
from jixiao.standards.lexicon import Lexicon


def project_kind(name: str, lexicon: Lexicon) -> str | None:
    """The id of the first kind that fits the folded project name, or None."""
    for kind in lexicon.table("project_kinds"):
        if not containing(lexicon.words(f"{kind}.names")).search(name):
            continue
        if not containing(lexicon.words(f"{kind}.except")).search(name):
            return kind
    return None
