"""What stands above a filing's table: whose it is, how far it has come, where to go from here.

Drawn as a string: it says something else for every filing, so nothing of it can be kept, and in a
template its dozen words and addresses cost more than the table that was drawn before.
"""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from jixiao.lifecycle.stage import State
from jixiao.web.filings.models import Filing
from jixiao.web.filings.numbering import number_of
from jixiao.web.ui.sentences import chinese, said_in_html
from jixiao.web.ui.templatetags.address import address

_FILES = (("Word", "docx"), ("Excel", "xlsx"), ("PDF", "pdf"))


class _Words(Struct, frozen=True, kw_only=True):
    unnamed: str
    year: str
    number: str
    version: str
    who_can: str
    printed: str
    compare: str
    review: str
    download: str
    to_review: str
    key: str
    due: str
    decide: str
    back: str


@lru_cache(maxsize=8)
def _words_in(_language: str | None) -> _Words:
    return _Words(
        unnamed=escape(_("（未填项目名称）")),
        year=escape(_("%(year)s 年度")),
        number=escape(_("编号")),
        version=escape(_("第 %(number)s 版")),
        who_can=escape(_("谁现在能办")),
        printed=escape(_("打印版")),
        compare=escape(_("版本对照")),
        review=escape(_("审核页")),
        download=escape(_("下载")),
        to_review=escape(_("审核") + _("：")),
        key=escape(_("重点")),
        due=escape(f"{_('应于')} {{}} {_('前办结')}"),
        decide=escape(_("去办理")),
        back=escape(_("回到这张表")),
    )


def head_of(filing: Filing, state: State, *, editable: bool) -> SafeString:
    """Of the page of a filing: the name of the project, and the line below it."""
    words = _words_in(get_language())
    links = [("filing-print", words.printed), ("filing-compare", words.compare)]
    links += [] if editable else [("filing-review", words.review)]
    files = (
        f'<a href="{address("filing-official", filing.pk, to)}">{label}</a>' for label, to in _FILES
    )
    state_now = f'<b class="state">{said_in_html(state.label)}</b>'
    parts = (
        *_known(filing, words),
        state_now,
        _link("who-can", words.who_can, filing),
        words.version % {"number": filing.number},
        *(_link(place, label, filing) for place, label in links),
        f"{words.download} {' '.join(files)}",
    )
    return mark_safe(  # noqa: S308  escaped in the parts
        f'<header class="filing-head"><h1 id="project" lang="zh-CN">{_name(filing, words)}</h1>\n'
        f"<p>{' · '.join(parts)}</p></header>\n"
    )


def review_head_of(filing: Filing, state: State, *, decides: bool) -> SafeString:
    """Of the page of its review; `decides` is whether the reader has the next step."""
    words = _words_in(get_language())
    key = f' <span class="tag key">{words.key}</span>' if filing.is_key else ""
    due = [] if filing.due_on is None else [words.due.format(filing.due_on.isoformat())]
    parts = (
        *_known(filing, words),
        said_in_html(state.label),
        words.version % {"number": filing.number},
        *due,
    )
    on = f'<a class="to-decision" href="#decision">{words.decide}</a>' if decides else ""
    back = _link("filing", words.back, filing), _link("filing-compare", words.compare, filing)
    return mark_safe(  # noqa: S308  escaped in the parts
        f'<div class="title-line"><h1>{words.to_review}{_name(filing, words)}{key}</h1>\n'
        f'<p class="hint">{" · ".join(parts)}</p>\n<p class="does">{on}{" ".join(back)}</p></div>\n'
    )


def _name(filing: Filing, words: _Words) -> str:
    return chinese(filing.project_name) if filing.project_name else words.unnamed


def _known(filing: Filing, words: _Words) -> tuple[str, str, str]:
    return (
        chinese(filing.agency.name),
        words.year % {"year": filing.budget_year},
        f'{words.number} <b class="reference">{escape(number_of(filing))}</b>',
    )


def _link(place: str, label: str, filing: Filing) -> str:
    return f'<a href="{address(place, filing.pk)}">{label}</a>'
