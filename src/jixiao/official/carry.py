"""A form of one stage as the blank form of a later one (目标表 → 监控表)."""

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.standards.layout import Layout


class Refusal(Struct, frozen=True):
    """Why a form cannot be written on a layout, in words for the person who asked."""

    message: str


def carry(form: Form, layout: Layout) -> Form | Refusal:
    """The form as that of the layout's kind."""
    return Refusal(f"“{form.kind.value}”不能写成版式“{layout.title}”")
