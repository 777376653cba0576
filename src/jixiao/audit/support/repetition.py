"""Words, list members and sentences written twice, told apart from what Chinese repeats by right.

户户, 一步一步 and 实实在在 are good Chinese; 公共服务服务对象 is two words that meet; of 部门与部门
there are two. What is left was written twice by mistake.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.near_copies import grams, likeness
from jixiao.audit.support.word_patterns import Containing
from jixiao.foundation.pattern import pattern

_HAN = "一-鿿"
_BEGINS = pattern(rf"(?:^|[^{_HAN}]|年)$")
_ALL_HAN = pattern(rf"[{_HAN}]+")
_MOST = 12
_FUNCTION_WORD = pattern(r"的的(?!确|士|话)")
_MEMBERS = pattern(r"[、/和与及]|以及")
_CLAUSE_ENDS = pattern(r"[,;。!?:()]")
_SENTENCE_ENDS = pattern(r"[,;。!?\n]")
_SIGNS = pattern(r"[^\w%]")
#: 一步一步, 逐户逐户, and 1500人每人每月: distributive by form.
_DISTRIBUTIVE = pattern(r"一|.*[逐每各]")
_LONG = 4
_SHORT = 2
_GOES_ON = pattern(rf"(?![的了和与及等并])[{_HAN}]")
#: A sentence of fewer signs recurs by chance.
_SENTENCE = 9
_NEARLY = 12
_ALIKE = 0.8
_ALIKE_PAIRS = 0.6
_INSERTED = 2
_OTHER_FACT = pattern(r"[\dA-Za-z不未非无一二两三四五六七八九十东南西北上下新旧前后内外男女]")


class Repeated(Struct, frozen=True):
    """What stands there twice, and how it should read."""

    doubled: str
    single: str


@lru_cache(maxsize=4096)
def repeats_a_pair(text: str) -> bool:
    """Whether two signs in a row recur; without that no word or member can stand there twice."""
    last = len(text) - 1
    return "的的" in text or len({text[at : at + 2] for at in range(last)}) < last


def _doubled(text: str) -> Iterator[tuple[int, str]]:
    """Runs of two to twelve characters that follow upon themselves, with their start."""
    before: dict[str, int] = {}
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        start = before.get(pair, at)
        word = text[start:at]
        if 2 <= at - start <= _MOST and text.startswith(word, at) and _ALL_HAN.fullmatch(word):
            yield start, word
        before[pair] = at


@lru_cache(maxsize=4096)
def repeated_word(text: str, heads: frozenset[str], verbs: Containing) -> Repeated | None:
    """A word written twice in a row; `heads` are words with which the second begins anew."""
    if len(set(text)) == len(text):
        return None  # no sign stands twice, so no word does: most names are done with here
    if "的的" in text and (particle := _FUNCTION_WORD.search(text)) is not None:
        return Repeated(particle[0], particle[0][0])
    for start, word in _doubled(text):
        end = start + 2 * len(word)
        if _DISTRIBUTIVE.match(word) or len(set(word)) == 1:
            continue
        if len(word) < _LONG and not _begins_a_clause(text, start):
            # 公共服务服务对象, 政协委员委员提案: two compounds may meet in their common part.
            if any(text.startswith(head, end) for head in heads):
                continue
            if len(word) == _SHORT and _GOES_ON.match(text, end) and not verbs.match(word):
                continue
        return Repeated(word + word, word)
    return None


def _begins_a_clause(text: str, start: int) -> bool:
    return _BEGINS.search(text[:start]) is not None


@lru_cache(maxsize=4096)
def repeated_member(text: str, verbs: Containing) -> Repeated | None:
    """A member that stands twice in one list: 创造力和创造力, 甲、乙、甲."""
    if len(set(text)) == len(text) or not _MEMBERS.search(text):
        return None
    if _MEMBERS.search(text) is None:
        return None
    for clause in _CLAUSE_ENDS.split(text):
        cuts = list(_MEMBERS.finditer(clause))
        if not cuts:
            continue
        starts = [0, *(cut.end() for cut in cuts)]
        ends = [*(cut.start() for cut in cuts), len(clause)]
        members = [clause[start:end] for start, end in zip(starts, ends, strict=True)]
        # The first member carries the verb of the clause, the last one what follows the list.
        members[0] = _after_verb(members[0], verbs)
        for number, member in enumerate(members[1:], 1):
            before = members[number - 1] == member
            if len(member) >= (2 if before else 3) and member in members[:number]:
                first = starts[number - 1] + (ends[number - 1] - starts[number - 1] - len(member))
                doubled = clause[first : ends[number]] if before else member
                return Repeated(doubled, member)
    return None


def _after_verb(member: str, verbs: Containing) -> str:
    rest = verbs.split(member)[-1]
    return rest.rpartition("的")[2] or rest


@lru_cache(maxsize=256)
def repeated_sentence(text: str) -> tuple[str, str] | None:
    """The first two sentences of a text that say one thing."""
    return next(repeated_sentences(text), None)


def repeated_sentences(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of sentences that say one thing: equal, or one with a few signs put in."""
    told: list[_Sentence] = []
    for part in _SENTENCE_ENDS.split(text):
        plain = _SIGNS.sub("", part)
        if len(plain) < _SENTENCE:
            continue
        new = _Sentence(part, plain, grams(plain, 2))
        earlier = next((one for one in told if _one_sentence(one, new)), None)
        if earlier is not None:
            yield earlier.written, part
        else:
            told.append(new)


class _Sentence(Struct, frozen=True):
    written: str
    plain: str
    pairs: frozenset[str]


def _one_sentence(one: _Sentence, other: _Sentence) -> bool:
    if one.plain == other.plain:
        return True
    short, long = sorted((len(one.plain), len(other.plain)))
    if short < _NEARLY or short < _ALIKE * long:
        return False
    if likeness(one.pairs, other.pairs) < _ALIKE_PAIRS:
        return False
    steps = SequenceMatcher(None, one.plain, other.plain, autojunk=False).get_opcodes()
    return all(
        tag == "equal" or _put_in(tag, one.plain[start:end] or other.plain[first:last])
        for tag, start, end, first, last in steps
    )


def _put_in(tag: str, piece: str) -> bool:
    """A few signs more on one side; a word in place of another would be another fact."""
    return tag != "replace" and len(piece) <= _INSERTED and not _OTHER_FACT.search(piece)
