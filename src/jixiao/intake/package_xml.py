"""XML parts of office packages as trees, without entities, networks or unbounded depth.

Apart from `packages.py` because the parser is slow to import and most files are not office files.
"""

from lxml import etree

from jixiao.intake.packages import Package, PackageFault, part_beside

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

#: Strict files say the same things under other names.
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}


def read_tree(package: Package, name: str, limit: int) -> Element:
    """The root element of a part that fits into memory."""
    content = package.read(name, limit)
    if STRICT in content:
        for strict, transitional in TRANSITIONAL.items():
            content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise malformed(package, name, error) from error
    _refuse_entities(package, name, root)
    return root


def relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """By id: the last word of the type, and the part; targets outside are left out."""
    folder, _, leaf = part.rpartition("/")
    name = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    if name not in package:
        return {}
    found = {}
    for entry in read_tree(package, name, 16 * 1024 * 1024):
        target = entry.get("Target")
        if target is None or entry.get("TargetMode") == "External":
            continue
        kind = (entry.get("Type") or "").rpartition("/")[2]
        found[entry.get("Id") or ""] = (kind, part_beside(part, target))
    return found


def main_part(package: Package) -> str:
    """The part the package names as its document, else the usual one."""
    if package.kind.main_part in package:
        return package.kind.main_part
    for kind, part in relationships(package, "").values():
        if kind == "officeDocument":
            return part
    return package.kind.main_part


def malformed(package: Package, name: str, error: Exception) -> PackageFault:
    message = str(error)
    if "Excessive depth" in message:
        return package.damaged(f"部件 {name} 嵌套层数过多")
    if "amplification" in message or "entity reference loop" in message:
        return package.with_entities(name)
    position = getattr(error, "position", None)
    where = f"第 {position[0]} 行第 {position[1]} 列" if position else ""
    return package.damaged(f"部件 {name} {where}不是合格的 XML")


def _refuse_entities(package: Package, name: str, element: Element) -> None:
    document = element.getroottree().docinfo
    if document.internalDTD is not None:
        raise package.with_entities(name)
