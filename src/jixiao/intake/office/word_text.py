"""The text of one Word paragraph as it is shown: what was deleted, hidden or computed from is not.

Most paragraphs are plain runs, read by one flat pass. As soon as something unusual turns up
(tracked changes, fields, text boxes, symbols …) the paragraph is read again by the walk, which
knows about nesting.
"""

from msgspec import Struct, field

from jixiao.intake.office import word_names as word
from jixiao.intake.office.symbols import has_private, in_font, symbol
from jixiao.intake.package_xml import Element

_FLAT = {word.TEXT: None, word.BREAK: "\n", word.RETURN: "\n", word.HYPHEN: "-"}
UNUSUAL = (
    word.DELETED,
    word.MOVED_FROM,
    word.ALTERNATE,
    word.TEXT_BOX,
    word.FIELD_CHARACTER,
    word.VANISH,
    word.RUBY_TEXT,
    word.PLACEHOLDER,
    word.SYMBOL,
    word.MATH_TEXT,
    word.TAB,
    word.POSITION_TAB,
)
_LOOKED_AT = (*_FLAT, *UNUSUAL)
_OFF = {"0", "false", "off"}


class Paragraph(Struct):
    """What a paragraph shows; text boxes anchored in it; whether its end mark was deleted."""

    text: str
    boxes: tuple[Element, ...] = ()
    runs_on: bool = False


class _Walk(Struct):
    """Texts gathered so far. `fields` tells, outermost first, whether its result has begun."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)

    def add(self, text: str) -> None:
        if all(self.fields):
            self.parts.append(text)


def read_paragraph(paragraph: Element) -> Paragraph:
    parts: list[str] = []
    for element in paragraph.iter(*_LOOKED_AT):
        tag = element.tag
        if tag == word.TEXT:
            text = element.text
            if text:
                if has_private(text):
                    return _walked(paragraph)
                parts.append(text)
        elif (fixed := _FLAT.get(tag)) is not None:
            parts.append(fixed)
        else:
            return _walked(paragraph)
    return Paragraph("".join(parts))


def is_on(element: Element | None) -> bool:
    """A switch: present without a value, or with one that does not say no."""
    return element is not None and (element.get(word.VALUE) or "").lower() not in _OFF


def _walked(paragraph: Element) -> Paragraph:
    walk = _Walk()
    _visit_children(paragraph, walk)
    mark = paragraph.find(f"{word.PARAGRAPH_PROPERTIES}/{word.RUN_PROPERTIES}/{word.DELETED}")
    return Paragraph("".join(walk.parts), tuple(walk.boxes), runs_on=mark is not None)


def _visit_children(element: Element, walk: _Walk) -> None:
    for child in element:
        _visit(child, walk)


def _visit(element: Element, walk: _Walk) -> None:
    tag = element.tag
    if tag == word.RUN:
        _visit_run(element, walk)
    elif tag in (word.DELETED, word.MOVED_FROM, word.PARAGRAPH_PROPERTIES, word.RUBY_TEXT):
        return
    elif tag == word.ALTERNATE:
        _visit_alternate(element, walk)
    elif tag == word.TEXT_BOX:
        walk.boxes.append(element)
    elif tag == word.CONTENT_CONTROL:
        if not is_on(element.find(f"{word.CONTROL_PROPERTIES}/{word.PLACEHOLDER}")):
            _visit_children(element, walk)
    elif tag == word.MATH_TEXT:
        walk.add(element.text or "")
    else:
        _visit_children(element, walk)


def _visit_run(run: Element, walk: _Walk) -> None:
    properties = run.find(word.RUN_PROPERTIES)
    font = ""
    if properties is not None:
        if is_on(properties.find(word.VANISH)):
            return
        font = _symbol_font(properties.find(word.RUN_FONTS))
    for child in run:
        tag = child.tag
        if tag == word.TEXT:
            walk.add(in_font(child.text or "", font))
        elif tag in (word.TAB, word.POSITION_TAB):
            walk.add("\t")
        elif tag == word.SYMBOL:
            walk.add(symbol(child.get(word.FONT) or "", child.get(word.CHARACTER) or ""))
        elif tag == word.FIELD_CHARACTER:
            _visit_field(child, walk)
        elif (fixed := _FLAT.get(tag)) is not None:
            walk.add(fixed)
        elif tag != word.RUN_PROPERTIES:
            _visit(child, walk)


def _symbol_font(fonts: Element | None) -> str:
    if fonts is None:
        return ""
    return next((name for slot in word.FONT_SLOTS if (name := fonts.get(slot))), "")


def _visit_field(mark: Element, walk: _Walk) -> None:
    """Between begin and separate stands the instruction, after it the result people see."""
    kind = mark.get(word.FIELD_CHARACTER_TYPE)
    if kind == "begin":
        if (box := mark.find(f".//{word.CHECK_BOX}")) is not None:
            ticked = box.find(word.CHECKED)
            ticked = box.find(word.DEFAULT) if ticked is None else ticked
            walk.add("☑" if is_on(ticked) else "☐")
        walk.fields.append(False)
    elif kind == "separate" and walk.fields:
        walk.fields[-1] = True
    elif kind == "end" and walk.fields:
        walk.fields.pop()


def _visit_alternate(element: Element, walk: _Walk) -> None:
    """One drawing in several dialects: the first one that holds text is enough."""
    for branch in element.iterchildren(word.CHOICE, word.FALLBACK):
        if next(branch.iter(word.TEXT, word.SYMBOL), None) is not None:
            _visit_children(branch, walk)
            return
