"""Does a text limit a time or state a rhythm, in figures or in words?

`12月底前`, `≤24小时`, `按月发放`, `汛期前` do; `及时`, `按规定时间`, `全年` do not.
"""

from jixiao.audit.support.word_patterns import containing
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon

_FIGURE_AND_UNIT = pattern(
    r"[\d一二两三四五六七八九十百半](?:个)?(?:年|月|日|天|号|周|季|旬|小时|分钟|秒|工作日|学期|次|点|时)"
)


def limits_time(text: str, lexicon: Lexicon) -> bool:
    """A date, a length, a rhythm or an event before which the work is done."""
    if _FIGURE_AND_UNIT.search(text):
        return True
    return containing(lexicon.words("limiting_words")).search(text) is not None
