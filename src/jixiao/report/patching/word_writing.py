"""New texts written into the bytes of a Word part: as they stand, or as tracked changes."""

from msgspec import Struct, field

from jixiao.intake.office import word_names as word
from jixiao.intake.package_xml import Element as Node
from jixiao.report.patch import CannotPatch
from jixiao.report.patching.word_revisions import Child, Marks, ParsedRun, revised, text_elements
from jixiao.report.patching.xml_spans import (
    Edit,
    Element,
    edited,
    find_elements,
    name_with_prefix,
    with_text,
)

_NOT_COPIED = (word.DELETED, word.INSERTED, word.MOVED_FROM)


class Texts(Struct):
    """What is to be written: new texts of text elements, and texts for blank paragraphs."""

    changed: dict[Node, str] = field(default_factory=dict)
    filled: dict[Node, str] = field(default_factory=dict)


def written(part: bytes, root: Node, texts: Texts, marks: Marks | None) -> bytes:
    """The part with the new texts in it; tracked where there are marks to track with."""
    looks = {paragraph: _look(paragraph) for paragraph in texts.filled}
    runs = {} if marks is None else _runs_with(texts)
    wanted = {*texts.changed, *looks, *(look for look in looks.values() if look is not None)}
    for run in runs:
        wanted |= {run, *run.iterchildren("*"), *run.iterancestors(word.INSERTED)}
    numbers = {node: at for at, node in enumerate(root.iter("*")) if node in wanted}
    by_number = _numbered(part, set(numbers.values()))
    found = {node: by_number[number] for node, number in numbers.items()}
    edits = [_filling(part, found, paragraph, texts, marks) for paragraph in texts.filled]
    if marks is None:
        edits += [_changing(part, found[node], node, text) for node, text in texts.changed.items()]
    else:
        edits += [revised(_parsed(part, found, run, runs[run]), marks) for run in runs]
    return edited(part, edits)


def _runs_with(texts: Texts) -> dict[Node, dict[Node, str]]:
    """The new texts by the run they stand in."""
    runs: dict[Node, dict[Node, str]] = {}
    for node, text in texts.changed.items():
        run = node.getparent()
        if run is None or run.tag != word.RUN:
            raise CannotPatch("文件内部的写法特殊，不能写成修订；请用 Word 或 WPS 另存后再改")
        runs.setdefault(run, {})[node] = text
    return runs


def _parsed(
    part: bytes, found: dict[Node, Element], run: Node, changed: dict[Node, str]
) -> ParsedRun:
    parent = run.getparent()
    inserted = parent is not None and parent.tag == word.INSERTED
    look = run.find(word.RUN_PROPERTIES)
    return ParsedRun(
        part=part,
        element=found[run],
        look=None if look is None else found[look],
        children=[
            Child(found[node], (node.text or "", changed[node]) if node in changed else None)
            for node in run.iterchildren("*")
            if node is not look
        ],
        insertion=found[parent] if inserted and parent is not None else None,
    )


def _changing(part: bytes, element: Element, node: Node, text: str) -> Edit:
    if text.count("\n") > (node.text or "").count("\n"):
        return Edit(element.start, element.end, text_elements(element.name, text))
    return with_text(part, element, text)


def _filling(
    part: bytes, found: dict[Node, Element], paragraph: Node, texts: Texts, marks: Marks | None
) -> Edit:
    """A new run at the end of a blank paragraph."""
    look, element = _look(paragraph), found[paragraph]
    kept = b"" if look is None else found[look].whole(part)
    tag = part[element.start : element.opened]
    run, words = name_with_prefix(tag, "r"), name_with_prefix(tag, "t")
    inner = kept + text_elements(words, texts.filled[paragraph])
    new = f"<{run}>".encode() + inner + f"</{run}>".encode()
    if marks is not None:
        new = marks.around("ins", tag, new)
    if not tag.endswith(b"/>"):
        return Edit(element.closing, element.closing, new)
    opened = tag[:-2].rstrip() + b">"
    return Edit(element.start, element.end, opened + new + f"</{element.name}>".encode())


def _look(paragraph: Node) -> Node | None:
    """The formatting of an empty paragraph, which its first run is to have as well."""
    look = paragraph.find(f"{word.PARAGRAPH_PROPERTIES}/{word.RUN_PROPERTIES}")
    if look is None or any(look.find(tag) is not None for tag in _NOT_COPIED):
        return None
    return look


def _numbered(part: bytes, wanted: set[int]) -> dict[int, Element]:
    """Elements by their number in reading order, as a walk over the tree counts them."""
    reached = -1

    def pick(_name: str, _attributes: dict[str, str]) -> int | None:
        nonlocal reached
        reached += 1
        return reached if reached in wanted else None

    return find_elements(part, pick)
