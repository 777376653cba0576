"""A form onto its official table: on the layout asked for, or on the one that fits it best."""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.official.carry import Refusal, carry
from jixiao.official.compose import Composition, compose
from jixiao.standards.layout import Layout, layout_of, layouts


class Drawn(Struct, frozen=True, kw_only=True):
    """A form with the layout it was drawn on; `form` is that of the next stage where it was."""

    form: Form
    layout: Layout
    composition: Composition

    @property
    def remarks(self) -> Iterator[str]:
        """What whoever asked for the document has to know about this table."""
        yield from self.composition.notes
        for answer in self.composition.leftovers:
            text = " ".join(answer.text.split())
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            yield f"版式“{self.layout.title}”没有“{answer.label}”栏，未写出：{shown}"


_LONGEST = 40


def draw(form: Form, layout_id: str | None = None) -> Drawn | Refusal:
    """Draw one form.

    Without a layout, its own is taken, else of those of its kind the one that has a place for
    most of what the form says. A layout of another kind is that of a later stage: the target is
    carried over (目标表 → 监控表). Raises UnknownCode for a layout nobody has described.
    """
    if layout_id is not None:
        return _on(form, layout_of(layout_id))
    own = next((one for one in _drawable(form) if one.id == form.layout), None)
    if own is not None:
        return _on(form, own)
    tried = [_on(form, layout) for layout in _drawable(form)]
    fitting = [one for one in tried if isinstance(one, Drawn)]
    if not fitting:
        return Refusal(f"没有可以写出这种表（{form.kind.value}）的版式；请用 --layout 指定一个")
    return min(fitting, key=_misfit)


def _drawable(form: Form) -> Iterator[Layout]:
    return (one for one in layouts() if one.sheet is not None and one.kind == form.kind.value)


def _on(form: Form, layout: Layout) -> Drawn | Refusal:
    if layout.sheet is None:
        return Refusal(f"版式 {layout.id} 只用于识别，还没有描述怎样写出")
    carried = form if layout.kind == form.kind.value else carry(form, layout)
    if isinstance(carried, Refusal):
        return carried
    return Drawn(form=carried, layout=layout, composition=compose(carried, layout))


def _misfit(one: Drawn) -> tuple[int, int, int, str]:
    """Fewer values left over, then no county's own form, then what was checked, then by id."""
    composition = one.composition
    lost = len(composition.leftovers) + len(composition.refusals)
    return (lost, len(one.layout.parties), 0 if one.layout.verified else 1, one.layout.id)
