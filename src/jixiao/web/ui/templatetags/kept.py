"""Parts of a page that are the same whenever the same things are said in them.

`{% kept a b %} … {% endkept %}` is rendered once for each language and each value of `a` and `b`,
and remembered in the process. What stands inside may depend on these and on nothing else: no
token, no day, no person who is not named. A part whose values are new is simply rendered.
"""

from collections.abc import Hashable

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jixiao.web.kept import Kept

register = template.Library()
_MOST = 64


class KeptNode(Node):
    """A part with the values it depends on."""

    #: No block of a template stands in such a part: nobody needs to look for one here.
    child_nodelists = ()

    def __init__(self, inside: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = inside
        self.values = values
        self._known: Kept[SafeString] = Kept(_MOST)
        self._same: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = context.get("language") or get_language()
        if not self.values:
            known = self._same.get(language)
            if known is None:
                known = self._same[language] = self._rendered(context)
            return known
        said = [one.resolve(context) for one in self.values]
        # 1 is not True on a page, nor is what is safe the same as what has to be escaped.
        question: Hashable = (language, *said, *map(type, said))
        return self._known.of(question, lambda: self._rendered(context))

    def _rendered(self, context: Context) -> SafeString:
        return mark_safe(self.nodelist.render(context))  # noqa: S308  rendered, so escaped


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept … %}`."""
    values = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(inside, values)
