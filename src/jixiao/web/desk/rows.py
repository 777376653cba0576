"""The rows of lists, drawn as strings: fifty of them in a template cost more than all the rest.

Everything that comes from people is escaped here; words are those of the page's language.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from jixiao.lifecycle.deadlines import is_overdue
from jixiao.lifecycle.journey import DRAFT, Level
from jixiao.lifecycle.stage import State
from jixiao.web.desk.context import today
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.walking import Line
from jixiao.web.ui.sentences import chinese, is_english, said_in_html
from jixiao.web.ui.templatetags.figures import yuan

_SOON_DAYS = 2
_KEY = 7_310_031


class _Words(Struct, frozen=True, kw_only=True):
    """What the rows say besides what they show."""

    unnamed: str
    key: str
    returned: str
    again: str
    errors: str
    warnings: str
    fine: str
    overdue: str
    today: str
    days: str


@lru_cache(maxsize=8)
def _words_in(_language: str | None) -> _Words:
    return _Words(
        unnamed=_("（未填项目名称）"),
        key=_("重点"),
        returned=_("退回"),
        again=_("重报"),
        errors=_("错误"),
        warnings=_("警告"),
        fine=_("无错误"),
        overdue=_("超期"),
        today=_("今天"),
        days=_("天"),
    )


def rows_now() -> "Rows":
    """What draws rows in the language of the page, on this day, by the levels of the county."""
    journey = county_journey()
    return _rows(get_language(), today(), journey.stage.states, journey.levels)


@lru_cache(maxsize=8)
def _rows(
    language: str | None, day: date, states: tuple[State, ...], levels: tuple[Level, ...]
) -> "Rows":
    return Rows(language, day, states, levels)


class Rows:
    """Draws rows; one that was drawn before is remembered by all it shows."""

    def __init__(
        self,
        language: str | None,
        day: date,
        states: tuple[State, ...],
        levels: tuple[Level, ...],
    ) -> None:
        self.words = _words_in(language)
        self.zone = get_current_timezone()
        self.today = day
        self.plain: Callable[[str], str] = _chinese if is_english() else _escaped
        self.states = _states_in(language, states)
        self.reviewed = frozenset(one.state for one in levels)
        self.page, self.review = _address("filing"), _address("filing-review")
        self.in_list = lru_cache(maxsize=2048)(self._listed)
        self.in_box = lru_cache(maxsize=2048)(self._waiting)

    def listed(self, lines: Iterable[Line]) -> SafeString:
        """The rows of the list of filings."""
        return mark_safe("".join(map(self.in_list, lines)))  # noqa: S308  escaped in the parts

    def waiting(self, lines: Iterable[Line]) -> SafeString:
        """The rows of the inbox, to be ticked."""
        return mark_safe("".join(map(self.in_box, lines)))  # noqa: S308  escaped in the parts

    def _listed(self, one: Line) -> str:
        late = is_overdue(one.due_on, self.today)
        style = ' class="overdue"' if late else ""
        due = "" if one.due_on is None else one.due_on.isoformat()
        overdue = f' <b class="error">{self.words.overdue}</b>' if late else ""
        updated = "" if one.updated_at is None else f"{one.updated_at.astimezone(self.zone)}"[:16]
        return (
            f'<tr{style}><td class="project">{self._project(one, self.page)}</td>'
            f"<td>{self.plain(one.agency_name)}</td>"
            f"<td>{one.budget_year}{f' {self.plain(one.round)}' if one.round else ''}</td>"
            f"<td>{self._state(one)}</td>"
            f'<td class="number">{yuan(one.total)}</td>'
            f'<td class="number">{one.indicator_count}</td><td>{self._counts(one)}</td>'
            f"<td>{self.plain(one.grade)}</td>"
            f'<td class="day">{due}{overdue}</td><td class="day">{updated}</td></tr>'
        )

    def _waiting(self, one: Line) -> str:
        late = one.due_on is not None and is_overdue(one.due_on, self.today)
        style = ' class="overdue"' if late else ""
        project = self._project(one, self.review if one.state in self.reviewed else self.page)
        return (
            f'<tr{style}>\n<td class="tick-column">'
            f'<input type="checkbox" lang="zh-CN" name="filing" '
            f'value="{one.pk}:{one.lock_version}" aria-label="{escape(one.project_name)}"></td>\n'
            f'<td class="project">{project}</td>\n'
            f"<td>{self.plain(one.agency_name)}</td><td>{self._state(one)}</td>\n"
            f'<td class="number">{yuan(one.total)}</td>\n<td>{self._counts(one)}</td>\n'
            f'<td class="day">{"".join(self._term(one.due_on))}</td></tr>'
        )

    def _project(self, one: Line, address: tuple[str, str]) -> str:
        name = self.plain(one.project_name) if one.project_name else self.words.unnamed
        key = f' <span class="tag key">{self.words.key}</span>' if one.is_key else ""
        return f'<a href="{address[0]}{one.pk}{address[1]}">{name}</a>{key}{self._came_back(one)}'

    def _came_back(self, one: Line) -> str:
        """For the unit that it was sent back, for the others that it was handed in again."""
        if not one.was_returned:
            return ""
        words = self.words.returned if one.state == DRAFT else self.words.again
        return f' <span class="tag warning">{words}</span>'

    def _state(self, one: Line) -> str:
        return self.states.get(one.state) or _state(one.state, escape(one.state))

    def _counts(self, one: Line) -> str:
        words, said = self.words, ""
        if one.errors:
            said += f'<span class="tag error">{words.errors} {one.errors}</span>'
        if one.warnings:
            said += f'<span class="tag warning">{words.warnings} {one.warnings}</span>'
        return said or f'<span class="tag fine">{words.fine}</span>'

    def _term(self, due: date | None) -> Iterator[str]:
        if due is None:
            return
        yield due.isoformat()
        left = (due - self.today).days
        if is_overdue(due, self.today):
            yield f' <b class="error">{self.words.overdue}</b>'
        elif 0 <= left <= _SOON_DAYS:
            told = f"{left} {self.words.days}" if left else self.words.today
            yield f' <b class="soon">{told}</b>'


def _state(code: str, label: str) -> str:
    return f'<span class="state {escape(code)}">{label}</span>'


@lru_cache(maxsize=16)
def _states_in(_language: str | None, states: tuple[State, ...]) -> dict[str, str]:
    return {one.code: _state(one.code, said_in_html(one.label)) for one in states}


#: Names of agencies and projects come again and again.
_escaped = lru_cache(maxsize=4096)(escape)


def _chinese(text: str) -> str:
    return chinese(text)


@lru_cache(maxsize=8)
def _address(name: str) -> tuple[str, str]:
    """The address of a filing's page, before and after its key."""
    before, _key, after = reverse(name, args=[_KEY]).partition(str(_KEY))
    return before, after
