"""The overall goal cut into clauses, and what each clause is: figure, background, slogan or object.

A clause is a slogan when little is left of it after taking away verbs of change, abstract nouns
and joints: nothing in it could be looked at or counted at the end of the year.
"""

import re
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.view import FormView, once_per_form
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.profile import Profile

_ENDS = pattern(r"[,;。!?:]")
#: Years, document numbers, dates of meetings and numbering are digits, but no targets.
_NO_TARGET = pattern(
    r"(?:19|20)\d\d(?:[-~至到]{1,2}(?:19|20)\d\d)?(?:年度?|学年|(?=全年))"
    r"|[一-鿿]{0,4}\((?:19|20)\d\d\)\d{0,6}号?(?:文件?)?|第?\d{1,6}号"
    r"|^(?:目标|任务|项目)?\d{1,3}(?:[.、:]|$)|^\(\d{1,3}\)|第\d{1,3}[届次]"
)
_COUNTED = "个|次|人|处|户|件|场|批|所|台|套|条|项|座|家|名|期"
_FIGURE = pattern(rf"\d|百分之|[一二两三四五六七八九十百]{{1,6}}(?:{_COUNTED})(?!项)")
_ORDINAL = pattern(
    r"^(?:一是|二是|三是|四是|五是|[一二三四五六七八九十]+[、.]|\(.{1,2}\)|目标\d?|主要是?)"
)
#: Of a slogan no more than this share is left when its empty words are taken away.
_LEFT_OF_A_SLOGAN = 0.4
#: So many characters in a row that are no empty word name something.
_A_NAME = 3


class ClauseKind(Enum):
    """What one clause of a goal is."""

    FIGURE = "figure"
    BACKGROUND = "background"
    SLOGAN = "slogan"
    OBJECT = "object"


class Clause(Struct, frozen=True):
    """One clause, folded, and what it is."""

    text: str
    kind: ClauseKind


class _Words(Struct, frozen=True, eq=False):
    listed: re.Pattern[str]
    empty: Containing
    background: Containing
    concrete: Containing


@once_per_form
def goal_clauses(view: FormView, profile: Profile) -> tuple[Clause, ...]:
    """Cut the goal into its clauses in order; numbering and blank pieces are left out.

    Kept for the form at hand, because several rules ask for the same clauses.
    """
    return _clauses(view.goal, _own_names(view), _words(profile))


@lru_cache(maxsize=256)
def _clauses(goal: str, own: str, words: _Words) -> tuple[Clause, ...]:
    pieces = (
        _ORDINAL.sub("", piece) for part in _ENDS.split(goal) for piece in words.listed.split(part)
    )
    return tuple(Clause(piece, _kind(piece, words, own)) for piece in pieces if piece)


def _own_names(view: FormView) -> str:
    """That a unit names itself makes no clause concrete."""
    header = view.form.header
    parties = (header.implementing_unit, header.supervising_department)
    return "\n".join(fold(party.raw) for party in parties if party is not None)


def _kind(text: str, words: _Words, own: str) -> ClauseKind:
    if words.background.search(text):
        return ClauseKind.BACKGROUND
    stripped = _NO_TARGET.sub("", text)
    if _FIGURE.search(stripped):
        return ClauseKind.FIGURE
    if words.concrete.search(stripped):
        return ClauseKind.OBJECT
    left = [part for part in words.empty.split(stripped) if part and part not in own]
    if any(len(part) >= _A_NAME for part in left):
        return ClauseKind.OBJECT
    most = len(stripped) * _LEFT_OF_A_SLOGAN
    return ClauseKind.SLOGAN if sum(map(len, left)) <= most else ClauseKind.OBJECT


@lru_cache(maxsize=64)
def _words(profile: Profile) -> _Words:
    lexicon = profile.lexicon
    verbs = lexicon.words("change_verbs") | lexicon.words("keep_verbs")
    empty = verbs | lexicon.words("strong_degrees") | lexicon.words("weak_degrees")
    empty |= lexicon.words("abstract_nouns") | lexicon.words("slogan_words")
    # 、 parts clauses only where a verb follows; otherwise it parts the members of a list.
    starts = containing(verbs).pattern
    return _Words(
        pattern(f"、(?={starts})"),
        containing(empty),
        containing(lexicon.words("background_words")),
        containing(lexicon.words("promised_work") | lexicon.words("promised_things")),
    )
