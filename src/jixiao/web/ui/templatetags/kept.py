"""Parts of a page that are the same whenever the same things are said in them.

`{% kept a b %} … {% endkept %}` is rendered once for each language and each value of `a` and `b`,
and remembered in the process. What stands inside may depend on these and on nothing else: no day,
no person who is not named. A part whose values are new is simply rendered.

Two things in it are put in anew each time: the token of a form, and what `{% fresh c %}` names, a
value of the page itself (not of a loop) that is another for every person or every look.
"""

import re
from collections.abc import Hashable
from secrets import token_hex

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, render_value_in_context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from msgspec import Struct

from jixiao.web.kept import Kept

register = template.Library()
_MOST = 512
#: Nobody can write this into a page: it is another in every process.
_HOLE = token_hex(16)
_HOLES = re.compile(rf"{_HOLE}-(\d*)-")
_TOKEN = f"{_HOLE}--"
_KEEPING = "_kept_holes"


class FreshNode(Node):
    """A value that is never kept."""

    def __init__(self, value: FilterExpression) -> None:
        self.value = value

    def render(self, context: Context) -> SafeString:
        holes = context.get(_KEEPING)
        if holes is None:
            return self.now(context)
        holes.append(self)
        return mark_safe(f"{_HOLE}-{len(holes) - 1}-")  # noqa: S308  our own mark

    def now(self, context: Context) -> SafeString:
        """The value as it is, escaped as everywhere."""
        text = render_value_in_context(self.value.resolve(context), context)
        return mark_safe(text)  # noqa: S308  escaped by the line before


class _Part(Struct, frozen=True):
    """What was rendered: text, or texts with holes between them (None: the token of a form)."""

    whole: SafeString
    texts: tuple[str, ...] = ()
    holes: tuple[FreshNode | None, ...] = ()

    def said(self, context: Context) -> SafeString:
        """The part with its holes filled."""
        if not self.holes:
            return self.whole
        said = [self.texts[0]]
        for hole, text in zip(self.holes, self.texts[1:], strict=True):
            said += (str(context["csrf_token"]) if hole is None else hole.now(context), text)
        return mark_safe("".join(said))  # noqa: S308  rendered, so escaped


class KeptNode(Node):
    """A part with the values it depends on."""

    #: No block of a template stands in such a part: nobody needs to look for one here.
    child_nodelists = ()

    def __init__(self, inside: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = inside
        self.values = values
        self._known: Kept[_Part] = Kept(_MOST)

    def render(self, context: Context) -> SafeString:
        if context.get(_KEEPING) is not None:  # a part of a part
            return self.nodelist.render(context)
        said = [one.resolve(context) for one in self.values]
        # 1 is not True on a page, nor is what is safe the same as what has to be escaped.
        question: Hashable = (
            context.get("language") or get_language(),
            "csrf_token" in context,
            *said,
            *map(type, said),
        )
        return self._known.of(question, lambda: self._rendered(context)).said(context)

    def _rendered(self, context: Context) -> _Part:
        holes: list[FreshNode] = []
        token = {"csrf_token": _TOKEN} if "csrf_token" in context else {}
        with context.push(**{_KEEPING: holes}, **token):
            text = self.nodelist.render(context)
        texts = _HOLES.split(text)
        return _Part(
            text,
            tuple(texts[::2]),
            tuple(holes[int(number)] if number else None for number in texts[1::2]),
        )


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept … %}`."""
    values = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(inside, values)


@register.tag
def fresh(parser: Parser, token: Token) -> FreshNode:
    """`{% fresh value %}`."""
    (value,) = token.split_contents()[1:]
    return FreshNode(parser.compile_filter(value))
