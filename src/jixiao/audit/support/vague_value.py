"""In which way a target value is vague: it repeats the name, claims a degree, or is a bare word.

Works by word classes and not by a list of phrases: a value is vague when it is made of nothing
but adverbs of degree, verbs of change or keeping, words for states and empty nouns. Exactly one
of the three answers is given, so that the three rules on wording never report one cell twice.
"""

import re
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.grading import has_grading
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.support.stated_words import stated_words
from jixiao.audit.support.word_chain import word_chain
from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.support.wordy_value import is_wordy
from jixiao.audit.view import Row, once_per_row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon
from jixiao.standards.profile import Profile

_CLAUSES = pattern(r"[,;。、/!]+")
_AND_BETTER = pattern(r"(?:及|或)?以上$")
_NEGATED = pattern(r"不(?!断|同程度)|无|未|零|没有")
_LONGEST_VALUE = 60
_LONGEST_OBJECT = 14
_SHORT = 2
_LIKE = 0.8
#: With these a sentence may be about anything: 基本建成, 总体规划.
_COMMON_ADVERBS = frozenset(("较", "更", "极", "颇", "基本", "合理", "总体", "整体"))


class Vagueness(Enum):
    """The three ways, in the order in which they are decided."""

    REPEATED = "repeated"
    DEGREE = "degree"
    BARE = "bare"


class Words(Struct, frozen=True, kw_only=True, eq=False):
    """The word classes of one lexicon. `empty` words add nothing to what a name says."""

    every: frozenset[str]
    longest: int
    strong: frozenset[str]
    weak: frozenset[str]
    weak_words: Containing
    nouns: frozenset[str]
    empty: frozenset[str]
    meaningful: frozenset[str]
    degree_sentence: re.Pattern[str]
    change_start: re.Pattern[str]
    anchors: Containing

    def chain(self, text: str) -> tuple[str, ...] | None:
        """The text as vague words only, or None."""
        return word_chain(text, self.every, self.longest)


@once_per_row
def vagueness(row: Row, profile: Profile) -> Vagueness | None:
    """How the row's value is vague, None where it is not or where another rule speaks of it.

    Worked out once for the rules that ask, and from the row alone.
    Blank cells are VAL001's, names of rates VAL004's, hard-number rows MND003's, satisfaction
    SAT001's business. Under 时效 words without a date are TIM001's, unless they repeat the name.
    """
    if not is_wordy(row) or row.category is Category.SATISFACTION_RECIPIENT:
        return None
    if row.indicator.required_numeric or row.category in profile.required_numeric:
        return None
    if len(row.value) > _LONGEST_VALUE:
        return None
    value, lexicon = stated_words(row), profile.lexicon
    if not value or rate_ending(row.name, lexicon) is not None:
        return None
    if _is_defined(row, value, lexicon) or has_grading(row, value, lexicon):
        return None
    found = _judge(row.name, value, _words(profile))
    if row.category is Category.OUTPUT_TIMELINESS and found is not Vagueness.REPEATED:
        return None
    return found


def _is_defined(row: Row, value: str, lexicon: Lexicon) -> bool:
    """Whether the name makes the word a definite result."""
    if containing(lexicon.words("scaled_names")).search(row.name):
        grade = _AND_BETTER.sub("", value)
        if grade in lexicon.words("scale_results"):
            return True
    if value in lexicon.words("examined_results"):
        return containing(lexicon.words("examined_names")).search(row.name) is not None
    asks = containing(lexicon.words("yes_no_names")).search(row.name) is not None
    return asks and value in lexicon.words("yes_no_values")


def _judge(name: str, value: str, words: Words) -> Vagueness | None:
    if words.anchors.search(value) or _NEGATED.search(value):
        return None
    core = _CLAUSES.sub("", value)
    if not core:
        return None
    if _repeats(name, core, words):
        return Vagueness.REPEATED
    tokens: list[str] = []
    for clause in _CLAUSES.split(value):
        chain = words.chain(_without_name(name, clause, words)) if clause else ()
        if chain is None:
            return _in_a_sentence(value, core, words)
        tokens += chain
    return _degree_or_bare(tokens, words)


def _in_a_sentence(value: str, core: str, words: Words) -> Vagueness | None:
    """The value says more than vague words; is its verb still without a measure?"""
    if words.degree_sentence.search(value):
        return Vagueness.DEGREE
    if len(core) <= _LONGEST_OBJECT and words.change_start.match(core):
        return Vagueness.BARE
    return None


def _degree_or_bare(tokens: list[str], words: Words) -> Vagueness | None:
    meaning = [token for token in tokens if token in words.meaningful]
    if not meaning:
        return None
    if any(token in words.strong for token in tokens):
        return Vagueness.DEGREE
    combined = len(meaning) > 1 and any(token in words.weak for token in tokens)
    return Vagueness.DEGREE if combined else Vagueness.BARE


def _repeats(name: str, core: str, words: Words) -> bool:
    """The value only says once more what the name says."""
    if len(core) <= _SHORT:
        return core in words.meaningful and (name.startswith(core) or name.endswith(core))
    if core in name:
        return True
    if len(name) > _SHORT + 1 and name in core:
        rest = words.chain(core.replace(name, ""))
        return rest is not None and words.empty.issuperset(rest)
    chain = words.chain(core)
    if chain is not None:
        return _tokens_repeat(name, chain, words)
    plain = words.weak_words.sub("", core)
    return (len(plain) > _SHORT and plain in name) or _overlap(core, name) >= _LIKE


def _tokens_repeat(name: str, tokens: tuple[str, ...], words: Words) -> bool:
    """有效保障 under 保障…: what is not in the name already adds nothing."""
    if len(tokens) < 2 or any(token in words.strong for token in tokens):
        return False
    if not any(token in name for token in tokens if token not in words.nouns):
        return False
    return all(token in name or token in words.empty for token in tokens)


def _overlap(core: str, name: str) -> float:
    pairs = {core[i : i + 2] for i in range(len(core) - 1)}
    return sum(pair in name for pair in pairs) / len(pairs)


def _without_name(name: str, clause: str, words: Words) -> str:
    """The clause without the words it takes from the name: 房屋完好 under 房屋质量 is 完好."""
    if words.chain(clause) is not None:
        return clause
    for length in range(len(clause) - 1, _SHORT - 1, -1):
        if clause[:length] in name:
            return clause[length:]
    return clause


@lru_cache(maxsize=64)
def _words(profile: Profile) -> Words:
    lexicon = profile.lexicon
    strong, weak = lexicon.words("strong_degrees"), lexicon.words("weak_degrees")
    change, keeping = lexicon.words("change_verbs"), lexicon.words("keep_verbs")
    meaningful = strong | weak | change | keeping | lexicon.words("bare_states")
    nouns, joints = lexicon.words("empty_nouns"), lexicon.words("word_joints")
    every = meaningful | nouns | joints
    changing = containing(change | {"保障", "保证", "维护"}).pattern
    degree = containing((strong | weak) - _COMMON_ADVERBS).pattern
    return Words(
        every=every,
        longest=max(map(len, every), default=0),
        strong=strong,
        weak=weak,
        weak_words=containing(weak),
        nouns=nouns,
        empty=weak | keeping | nouns | joints,
        meaningful=meaningful,
        degree_sentence=pattern(f"(?:{degree})(?:的|地|得到|得)?(?:{changing})"),
        change_start=pattern(changing),
        anchors=containing(lexicon.words("checkable_anchors")),
    )
