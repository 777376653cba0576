"""Single objects, pages and packages of OFD, for tests that draw their own.

Lengths are millimetres from the top left corner, as OFD writes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from tests.support.office_files import package

NAMESPACE = "http://www.ofdspec.org/2016"
PAGE = (210.0, 297.0)
Box = tuple[float, float, float, float]


def text(x: float, y: float, words: str, size: float = 4.0, extra: str = "") -> str:
    """A line of text whose base line begins at x and y."""
    steps = " ".join(short(size * width_of(sign)) for sign in words[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return text_object(
        (x, y - size, length(words) * size, size * 1.2),
        f'<ofd:TextCode X="0" Y="{short(size)}"{delta}>{escape(words)}</ofd:TextCode>',
        size,
        extra,
    )


def text_object(boundary: Box, inner: str, size: float, extra: str = "") -> str:
    return (
        f'<ofd:TextObject ID="1" Boundary="{numbers(boundary)}" Font="2" Size="{short(size)}"'
        f' {extra}><ofd:FillColor Value="0 0 0"/>{inner}</ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line in a boundary of its own."""
    width, height = x1 - x0, y1 - y0
    return path((x0, y0, width, height), f"M 0 0 L {short(width)} {short(height)}")


def path(boundary: Box, data: str, extra: str = 'LineWidth="0.2"') -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="{numbers(boundary)}" {extra}>'
        f'<ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def image(boundary: Box, resource: int = 9) -> str:
    matrix = f"{boundary[2]} 0 0 {boundary[3]} 0 0"
    return (
        f'<ofd:ImageObject ID="1" Boundary="{numbers(boundary)}" CTM="{matrix}"'
        f' ResourceID="{resource}"/>'
    )


def two_by_two(left: float = 30, top: float = 30, letters: str = "ABCD") -> str:
    """Four cells of 30 by 8 with a letter each, ruled by single lines."""
    lines = [line(left, top + y, left + 60, top + y) for y in (0, 8, 16)]
    lines += [line(left + x, top, left + x, top + 16) for x in (0, 30, 60)]
    places = ((2, 5.5), (32, 5.5), (2, 13.5), (32, 13.5))
    words = [text(left + x, top + y, w) for (x, y), w in zip(places, letters, strict=True)]
    return "".join([*lines, *words])


# Packages around pages


def page_xml(content: str, head: str = "", layer: str = 'Type="Body"') -> str:
    return _xml(
        "Page", f'{head}<ofd:Content><ofd:Layer ID="1" {layer}>{content}</ofd:Layer></ofd:Content>'
    )


def ofd_around(
    pages: Sequence[str],
    *,
    templates: Mapping[int, str] | None = None,
    graphics: Mapping[int, str] | None = None,
    size: tuple[float, float] = PAGE,
    extra: Mapping[str, str | bytes | None] | None = None,
) -> bytes:
    """A package of these page parts; `extra` adds or replaces parts, None takes one away."""
    return package(ofd_parts(pages, templates or {}, graphics or {}, size, extra or {}))


def ofd_parts(
    pages: Sequence[str],
    templates: Mapping[int, str],
    graphics: Mapping[int, str],
    size: tuple[float, float],
    extra: Mapping[str, str | bytes | None],
) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes | None] = {
        "OFD.xml": entrance(),
        "Doc_0/Document.xml": document_xml(len(pages), tuple(templates), size),
        "Doc_0/PublicRes.xml": _xml(
            "Res",
            '<ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>',
            ' BaseLoc="Res"',
        ),
        "Doc_0/DocumentRes.xml": _resources(graphics),
    }
    parts |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
    parts |= {f"Doc_0/Tpls/Tpl_{n}/Content.xml": page for n, page in templates.items()}
    return {name: part for name, part in (parts | dict(extra)).items() if part is not None}


def entrance(*roots: str, versions: str = "") -> str:
    """OFD.xml with a body for each document."""
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>{n:032x}</ofd:DocID>"
        "<ofd:CreationDate>2022-03-01</ofd:CreationDate></ofd:DocInfo>"
        f"<ofd:DocRoot>{root}</ofd:DocRoot>{versions}</ofd:DocBody>"
        for n, root in enumerate(roots or ("Doc_0/Document.xml",))
    )
    return _xml("OFD", bodies, ' Version="1.0" DocType="OFD"')


def document_xml(
    pages: int | Sequence[str],
    templates: Sequence[int] = (),
    size: tuple[float, float] = PAGE,
) -> str:
    """Document.xml; pages are counted or given by their locations."""
    if isinstance(pages, int):
        pages = [f"Pages/Page_{number}/Content.xml" for number in range(pages)]
    listed = "".join(
        f'<ofd:Page ID="{100 + number}" BaseLoc="{place}"/>' for number, place in enumerate(pages)
    )
    shared = "".join(
        f'<ofd:TemplatePage ID="{number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>'
        for number in templates
    )
    return _xml(
        "Document",
        "<ofd:CommonData><ofd:MaxUnitID>9000</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{shared}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>",
    )


def _resources(graphics: Mapping[int, str]) -> str:
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}" Width="210" Height="297"><ofd:Content>{content}'
        "</ofd:Content></ofd:CompositeGraphicUnit>"
        for number, content in graphics.items()
    )
    return _xml(
        "Res",
        '<ofd:MultiMedias><ofd:MultiMedia ID="9" Type="Image" Format="PNG"><ofd:MediaFile>a.png'
        f"</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
        f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>",
        ' BaseLoc="Res"',
    )


def _xml(root: str, inner: str, attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ofd:{root} xmlns:ofd="{NAMESPACE}"{attributes}>{inner}</ofd:{root}>'
    )


def width_of(sign: str) -> float:
    """As in 宋体: Chinese signs take a whole square, letters and figures half of one."""
    return 0.5 if ord(sign) < 0x100 else 1.0


def length(words: str) -> float:
    return sum(map(width_of, words))


def numbers(values: Iterable[float]) -> str:
    return " ".join(map(short, values))


def short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
