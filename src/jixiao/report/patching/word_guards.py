"""What Word would overwrite or keep a second copy of, so that a change in the text is no change.

A content control may show a value that is stored elsewhere, and shows that value again when the
document is opened; a drawing may hold its text once for new programs and once for old ones.
"""

from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_text import is_on
from jixiao.intake.package_xml import Element, read_tree, relationships
from jixiao.intake.packages import Package
from jixiao.report.patch import CannotPatch

_W = word.BODY.removesuffix("body")
_CHOSEN = tuple(f"{_W}{name}" for name in ("dataBinding", "dropDownList", "date", "docPartList"))
_CONTENT_LOCKS = ("contentLocked", "sdtContentLocked")
_MOST_BYTES = 16 * 1024 * 1024


def refuse_untraced(package: Package, part: str) -> None:
    """Refuse to change a text outright where the document admits tracked changes only."""
    for kind, settings in relationships(package, part).values():
        if kind != "settings" or settings not in package:
            continue
        protection = read_tree(package, settings, _MOST_BYTES).find(f"{_W}documentProtection")
        if protection is None or protection.get(f"{_W}edit") != "trackedChanges":
            continue
        if (protection.get(f"{_W}enforcement") or "0") not in ("0", "false", "off"):
            raise CannotPatch("文件规定只能以修订方式修改，请写成修订")


def is_guarded(control: Element) -> bool:
    """The control's text comes from elsewhere, or its author locked it."""
    properties = control.find(word.CONTROL_PROPERTIES)
    if properties is None:
        return False
    lock = properties.find(f"{_W}lock")
    locked = lock is not None and lock.get(word.VALUE) in _CONTENT_LOCKS
    return locked or any(properties.find(tag) is not None for tag in _CHOSEN)


def refuse_guarded(standing: Element) -> None:
    """Refuse a cell or line that stands as a whole in something of this kind."""
    for around in standing.iterancestors(word.CONTENT_CONTROL, word.ALTERNATE):
        if around.tag == word.ALTERNATE:
            raise CannotPatch("文本框的文字在文件里存有两份，请在 Word 中手工修改")
        if is_guarded(around):
            raise CannotPatch("内容控件已锁定或取值于别处，请在 Word 中手工修改")


def refuse_guarded_text(text: Element) -> None:
    """The same for the text element that is to change."""
    if any(is_guarded(control) for control in text.iterancestors(word.CONTENT_CONTROL)):
        raise CannotPatch("内容控件已锁定或取值于别处，请在 Word 中手工修改")


def refuse_prompts(paragraphs: list[Element]) -> None:
    """A blank that shows a prompt is filled by clicking on it; text beside it would be a second."""
    for paragraph in paragraphs:
        for prompt in paragraph.iter(word.PLACEHOLDER):
            if is_on(prompt):
                raise CannotPatch("空白处是内容控件的提示文字，请在 Word 中点击填写")
