"""年度总体目标有几处与另一个项目的写法一样。
Shared clauses

检查内容
    同一单位、同一年度的两个项目，年度总体目标里是否有两处以上、每处 8 个字以上的相同字句。
为什么
    大段相同的字句往往是从别的表复制来的，本项目的指标里常常找不到与它对应的内容。
怎样修改
    逐句核对：与本项目有关的，换成本项目的对象和数字；无关的删去。
    例如“人民生活幸福感提升”在垃圾清运项目里可改为“垃圾日产日清率达到 100%”。
不适用的情形
    目标整段相同的，由另一条规则报告；单位名称和固定的政策提法；一处相同，或者许多项目都用的惯用语。
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.near_copies import grams, likeness
from jixiao.audit.support.plain_clauses import plain, plain_clauses
from jixiao.audit.support.sister_forms import lonely, project_key, sisters
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Batch, FormView
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_TRIED = 3
#: Goals this alike are copies as a whole.
_COPY = 0.8


class Params(Struct, frozen=True):
    """`fewest` passages of `shortest` signs; one in more than `most_forms` forms is idiom."""

    fewest: int = 2
    shortest: int = 8
    most_forms: int = 6


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Each form is held against those with which it shares most, and reported once."""
    yield from lonely(batch)
    size = context.params.shortest
    for group in sisters(batch):
        clauses = {
            position: _clauses(batch.forms[position], context.profile.lexicon, size)
            for position in group
        }
        runs = {
            position: frozenset[str]().union(*(grams(clause, size) for clause in texts))
            for position, texts in clauses.items()
        }
        met = _met(runs, context.params.most_forms)
        for position, partners in met.items():
            # Few runs in common cannot make two passages of their length.
            for partner, common in partners.most_common(_TRIED):
                passages = _passages(clauses[position], runs[partner], size) if common > 1 else []
                if len(passages) < context.params.fewest:
                    continue
                if not _one_text(batch, position, partner):
                    yield _reported(batch, position, partner, passages)
                    break


def _clauses(view: FormView, lexicon: Lexicon, shortest: int) -> tuple[str, ...]:
    """The goal's longer clauses; names of the unit and set political phrases are no writing."""
    header = view.form.header
    text = containing(lexicon.words("set_phrases")).sub(";", view.goal)
    for party in (header.supervising_department, header.implementing_unit):
        if party is not None and party.value is not None and party.value.name:
            text = text.replace(fold(party.value.name), ";")
    return tuple(clause for clause in plain_clauses(text) if len(clause) >= shortest)


def _met(runs: dict[int, frozenset[str]], most_forms: int) -> dict[int, Counter[int]]:
    """For each form the others with which it has runs in common, and how many."""
    owners: dict[str, list[int]] = {}
    for position, own in runs.items():
        for run in own:
            owners.setdefault(run, []).append(position)
    met: dict[int, Counter[int]] = {position: Counter() for position in runs}
    for at in owners.values():
        if 1 < len(at) <= most_forms:
            for position in at:
                met[position].update(other for other in at if other != position)
    return met


def _passages(clauses: tuple[str, ...], runs: frozenset[str], size: int) -> list[str]:
    """The longest passages of these clauses that stand in the other text too."""
    found: list[str] = []
    for clause in clauses:
        start = -1
        for at in range(len(clause) - size + 2):
            inside = at <= len(clause) - size and clause[at : at + size] in runs
            if inside and start < 0:
                start = at
            elif not inside and start >= 0:
                found.append(clause[start : at + size - 1])
                start = -1
    return list(dict.fromkeys(found))


def _one_text(batch: Batch, position: int, partner: int) -> bool:
    """One project filed twice, or a goal copied as a whole, which another rule reports."""
    one, other = batch.forms[position], batch.forms[partner]
    if project_key(one) == project_key(other):
        return True
    return likeness(grams(plain(one.goal), 2), grams(plain(other.goal), 2)) >= _COPY


def _reported(batch: Batch, position: int, partner: int, passages: list[str]) -> At:
    view, other = batch.forms[position], batch.forms[partner].project
    shown = "".join(f"“{passage}”" for passage in passages[:4])
    more = "等" if len(passages) > 4 else ""
    hit = view.hit(
        "narrative.goal",
        view.place_of(view.goal_entry),
        f"年度总体目标有 {len(passages)} 处与项目“{other}”的写法一样：{shown}{more}。",
        suggestion="请逐句核对这些内容是否属于本项目，属于的写明本项目的对象和数字，不属于的删去。",
        evidence={"passages": str(len(passages)), "project": other},
    )
    return At(form=position, what=hit)


RULE = batch_rule(
    code="DUP004",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="相关性",
    params=Params,
)
