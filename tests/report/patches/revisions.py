"""What a document with tracked changes is after a person has accepted, or rejected, all of them.

Works on the XML alone, without the reader and the patcher, so that it can judge both.
"""

import io
import zipfile

from lxml import etree

from tests.support.office_files import WORD

W = f"{{{WORD}}}"
PART = "word/document.xml"


def root_of(content: bytes):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(PART))


def accepted(content: bytes):
    """Deletions are gone, insertions are text."""
    return _settled(root_of(content), gone=f"{W}del", stays=f"{W}ins")


def rejected(content: bytes):
    """Insertions are gone, deletions are text again."""
    return _settled(root_of(content), gone=f"{W}ins", stays=f"{W}del")


def _settled(root, gone: str, stays: str):
    for element in [one for one in root.iter(gone) if _is_text(one)]:
        element.getparent().remove(element)
    for element in [one for one in root.iter(stays) if _is_text(one)]:
        parent = element.getparent()
        at = parent.index(element)
        parent[at : at + 1] = list(element)
    for element in root.iter(f"{W}delText"):
        element.tag = f"{W}t"
    return root


def _is_text(element) -> bool:
    """The mark of a row or of a paragraph is a property, not a stretch of text."""
    return element.getparent().tag not in (f"{W}rPr", f"{W}trPr")


def looks_of(root) -> list[list[tuple[str, str]]]:
    """Per paragraph the texts with their formatting; neighbours that look alike are one."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        stretches: list[tuple[str, str]] = []
        for run in paragraph.iter(f"{W}r"):
            look = run.find(f"{W}rPr")
            shown = "" if look is None else _without_numbers(look)
            for child in run:
                text = child.text or "" if child.tag == f"{W}t" else f"<{child.tag}>"
                if child is look or not text:
                    continue
                if stretches and stretches[-1][0] == shown:
                    text = stretches.pop()[1] + text
                stretches.append((shown, text))
        found.append(stretches)
    return found


def texts_of(root) -> list[str]:
    """Per paragraph its text."""
    return ["".join(text for _, text in paragraph) for paragraph in looks_of(root)]


def numbers_of(content: bytes) -> list[str]:
    """Every `w:id` of the main part."""
    return [one.get(f"{W}id") for one in root_of(content).iter("*") if one.get(f"{W}id")]


def _without_numbers(look) -> str:
    copy = etree.fromstring(etree.tostring(look, with_tail=False))
    for one in copy.iter("*"):
        one.attrib.pop(f"{W}id", None)
    return etree.tostring(copy, method="c14n", exclusive=True).decode()
