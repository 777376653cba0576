"""One good form in every format, and bytes that are wrong in each way files from outside are."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

from jixiao.intake.scan.installed import is_installed
from tests.story.ole_files import protected_package
from tests.support.office_files import (
    Grid,
    Sheet,
    docx_around,
    docx_of,
    package,
    xlsx_around,
    xlsx_of,
)
from tests.support.pdf_files import pdf_of
from tests.support.raw_pdf import raw_pdf, stream, two_by_two
from tests.support.zoo import grid_of
from tests.support.zoo_formats import FORMATS

TITLE = "2023年度项目支出绩效目标表"
_ROWS = """项目名称|农村公路养护|<|<
主管部门|某县交通运输局|实施单位|某县公路站
项目资金（万元）|年度资金总额|30|<
^|其中：财政拨款|30|<
^|其他资金|0|<
年度总体目标|全年养护县乡公路 30 公里，12 月 10 日前完成，验收合格率 100%，群众出行满意度 95%以上。|<|<
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|养护公路里程|≥30公里
^|质量指标|养护验收合格率|＝100%
^|时效指标|养护完成时间|2023年12月10日前
^|成本指标|每公里养护成本|≤1万元/公里
效益指标|社会效益指标|受益行政村|≥12个
满意度指标|服务对象满意度指标|沿线群众满意度|≥95%"""
GRID: Grid = grid_of([line.split("|") for line in _ROWS.split("\n")])


def text() -> str:
    """The form with tabs, as text."""
    rows = ("\t".join(row) for row in GRID.texts)
    return "\n".join([TITLE, *rows, ""])


def docx() -> bytes:
    return docx_of([TITLE, GRID, ""])


def xlsx() -> bytes:
    return xlsx_of([Sheet("目标表", GRID)])


@cache
def pdf() -> bytes:
    return pdf_of([TITLE, GRID])


def html(charset: str = "utf-8", encoding: str = "utf-8") -> bytes:
    """The form as a web page whose label may lie."""
    page = FORMATS["html"][1]([GRID]).decode()
    return page.replace('charset="utf-8"', f'charset="{charset}"').encode(encoding)


def csv() -> bytes:
    return FORMATS["csv"][1]([GRID])


def cut(content: bytes) -> bytes:
    """A download that stopped in the middle."""
    return content[: len(content) // 2]


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zipped_in_gbk(members: Mapping[str, bytes]) -> bytes:
    """As Chinese systems pack: names in GBK, and no flag that says so."""
    renamed = {
        f"{number:02}".ljust(len(name.encode("gbk")), "_"): name
        for number, name in enumerate(members)
    }
    content = zipped(dict(zip(renamed, members.values(), strict=True)))
    for plain, name in renamed.items():
        content = content.replace(plain.encode(), name.encode("gbk"))
    return content


def nested_zip(depth: int) -> bytes:
    """A text in a zip in a zip in a zip …"""
    content = zipped({"内.txt": text().encode()})
    for level in range(depth - 1):
        content = zipped({f"第{level}层.zip": content})
    return content


def bomb(megabytes: int = 80) -> bytes:
    """A zip of some kilobytes that unpacks to a thousand times as much."""
    return zipped({"表.txt": bytes(megabytes << 20)})


def nested_bomb() -> bytes:
    return zipped({f"{n}.zip": bomb(16) for n in range(3)})


def bomb_docx(megabytes: int = 16) -> bytes:
    return docx_around("<w:p/>" + " " * (megabytes << 20))


def bomb_xlsx(megabytes: int = 16) -> bytes:
    return xlsx_around({"目标表": "<sheetData/>" + " " * (megabytes << 20)})


_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "哈哈哈哈">' for n in range(10)
)
_OUTSIDE = '<!ENTITY a9 SYSTEM "file:///etc/passwd">'


def with_entities(content: bytes, part: str, *, outside: bool = False) -> bytes:
    """The package with a document type in one part, and its entity used in the text."""
    declared = f"<!DOCTYPE x [{_OUTSIDE if outside else _LAUGHS}]>"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    body = bytes(parts[part]).decode()
    head, mark, rest = body.rpartition("?>")
    rest = rest.replace("农村公路养护", "&a9;")
    parts[part] = f"{head}{mark}{declared}{rest.lstrip()}"
    return package(parts)


def with_macros(content: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return package(parts | {part: b"\xd0\xcf\x11\xe0" + bytes(600)})


def wide_xlsx(columns: int = 100_000) -> bytes:
    """A sheet that goes on to the right beyond anything a program can show."""
    letters = [_letters(column) for column in range(1, columns + 1)]
    row = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in letters)
    return xlsx_around({"目标表": f'<sheetData><row r="1">{row}</row></sheetData>'})


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def scanned_pdf() -> bytes:
    """A page that is one picture of 600 by 800 grey dots."""
    picture = stream(
        zlib.compress(bytes([230]) * (600 * 800)),
        "/Type /XObject /Subtype /Image /Width 600 /Height 800 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8 /Filter /FlateDecode",
    )
    content = "q 595 0 0 842 0 0 cm /I1 Do Q"
    return raw_pdf([content], resources="/XObject << /I1 100 0 R >>", extra={100: picture})


def locked_pdf() -> bytes:
    return raw_pdf([two_by_two()], password="secret")


def png() -> bytes:
    """A small grey picture that viewers accept."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    header = (8).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + b"\x80" * 8) * 8)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def jpg() -> bytes:
    return (
        bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
        + bytes(range(256)) * 8
        + b"\xff\xd9"
    )


def mixed_encodings() -> bytes:
    """A UTF-8 file into which somebody pasted lines of a GBK one."""
    lines = text().split("\n")
    return b"\n".join(line.encode("gb18030" if "质量指标" in line else "utf-8") for line in lines)


#: name → (bytes, code of the one problem, whether forms are read all the same)
FILES: dict[str, tuple[bytes, str | None, bool]] = {
    "截断.zip": (cut(zipped({"a.txt": text().encode() * 50})), "INT003", False),
    "截断.docx": (cut(docx()), "INT003", False),
    "截断.xlsx": (cut(xlsx()), "INT003", False),
    "截断.pdf": (cut(pdf()), "INT003", False),
    "实为PDF.xlsx": (pdf(), "INT005", True),
    "实为工作簿.docx": (xlsx(), "INT005", True),
    "实为网页.xls": (html(), "INT005", True),
    "实为逗号分隔.txt": (csv(), None, True),
    "加密.docx": (protected_package(), "INT004", False),
    "加密.xlsx": (protected_package(), "INT004", False),
    "加密.pdf": (locked_pdf(), "INT004", False),
    "含宏.docm": (with_macros(docx(), "word/vbaProject.bin"), "INT006", False),
    "含宏.xlsm": (with_macros(xlsx(), "xl/vbaProject.bin"), "INT006", False),
    "炸弹.zip": (bomb(), "INT007", False),
    "炸弹.docx": (bomb_docx(), "INT007", False),
    "炸弹.xlsx": (bomb_xlsx(), "INT007", False),
    "实体.docx": (with_entities(docx(), "word/document.xml"), "INT008", False),
    "外部实体.docx": (with_entities(docx(), "word/document.xml", outside=True), "INT008", False),
    "实体.xlsx": (with_entities(xlsx(), "xl/sharedStrings.xml"), "INT008", False),
    "外部实体.xlsx": (with_entities(xlsx(), "xl/sharedStrings.xml", outside=True), "INT008", False),
    "十万列.xlsx": (wide_xlsx(), "INT009", False),
    "扫描.pdf": (scanned_pdf(), "INT016" if is_installed() else "INT010", False),
    "标签说谎.html": (html("utf-8", "gb18030"), None, True),
    "宽字符.txt": (text().encode("utf-16"), None, True),
    "混合编码.txt": (mixed_encodings(), None, True),
    "残缺编码.txt": (text().encode().replace("沿线".encode(), b"\xe6\xb2"), "INT011", True),
    "空.docx": (b"", "INT001", False),
    "一字节.xlsx": (b"P", "INT003", False),
    "照片.png": (png(), "INT016" if is_installed() else "INT015", False),
    "照片.jpg": (jpg(), "INT003" if is_installed() else "INT015", False),
    "七层.zip": (nested_zip(7), "INT007", False),
    "中文名.zip": (zipped_in_gbk({"附件：绩效目标表.txt": text().encode("gbk")}), None, True),
}
