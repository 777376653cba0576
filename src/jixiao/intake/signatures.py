"""What a file is by its first bytes, for the formats nobody here reads.

A refusal is only useful when it names what the file is and how to get one that can be read, so
each kind brings its own way out in Chinese.
"""

import re

from msgspec import Struct


class Kind(Struct, frozen=True, kw_only=True):
    """A foreign format: problem code, Chinese name, way out, and its usual suffixes."""

    code: str
    label: str
    advice: str
    media_type: str
    suffixes: tuple[str, ...] = ()


def _refused(
    label: str, advice: str, media_type: str, suffixes: tuple[str, ...] = (), code: str = "INT002"
) -> Kind:
    return Kind(code=code, label=label, advice=advice, media_type=media_type, suffixes=suffixes)


_SCAN_ADVICE = (
    '照片和扫描件需要文字识别，请安装文字识别组件后再读（pip install "jixiao[ocr]"），'
    "或向提供者索取电子原件"
)
_UNPACK_ADVICE = "请解压后再读其中的文件"


_OTHER_IMAGE_ADVICE = (
    "请另存为 PNG 或 JPEG 图片，安装 jixiao[ocr]（文字识别组件）后再读，或向提供者索取电子原件"
)


def _image(label: str, media_type: str, *suffixes: str, advice: str = _SCAN_ADVICE) -> Kind:
    return _refused(label, advice, media_type, suffixes, code="INT015")


_PNG = _image("PNG 图片", "image/png", ".png")
_JPEG = _image("JPEG 图片", "image/jpeg", ".jpg", ".jpeg", ".jpe")
_GIF = _image("GIF 图片", "image/gif", ".gif", advice=_OTHER_IMAGE_ADVICE)
_BMP = _image("BMP 图片", "image/bmp", ".bmp")
_TIFF = _image("TIFF 图片", "image/tiff", ".tif", ".tiff")
_WEBP = _image("WebP 图片", "image/webp", ".webp")
_HEIC = _image("HEIC 图片", "image/heic", ".heic", ".heif", advice=_OTHER_IMAGE_ADVICE)
_OLD_OFFICE = _refused(
    "OLE 复合文件，但不是 Word 文档或电子表格",
    "请用生成它的软件打开，另存为 .docx 或 .xlsx 后再读",
    "application/x-ole-storage",
)
_OLD_SLIDES = _refused(
    "旧版演示文稿",
    "请把其中的表格另存为 .docx 或 .xlsx 后再读",
    "application/vnd.ms-powerpoint",
    (".ppt", ".pps", ".dps"),
)
_PROTECTED = _refused(
    "有密码保护的 Office 文件",
    "请用 Word、Excel 或 WPS 打开并取消密码，另存为 .docx 或 .xlsx 后再读",
    "application/x-ole-storage",
    code="INT004",
)
_INSTALLER = _refused("安装程序", "这不是文档，请核对文件", "application/x-msi", (".msi", ".msp"))
_MAIL = _refused(
    "Outlook 邮件",
    "请打开邮件，把其中的附件另存后再读",
    "application/vnd.ms-outlook",
    (".msg",),
)
_SLIDES = _refused(
    "演示文稿",
    "请把其中的表格另存为 .docx 或 .xlsx 后再读",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    (".pptx",),
)
_OPEN_DOCUMENT = _refused(
    "OpenDocument 文件",
    "请另存为 .docx 或 .xlsx 后再读",
    "application/vnd.oasis.opendocument",
    (".odp", ".odg"),
)
_ZIP = _refused("压缩包", _UNPACK_ADVICE, "application/zip", (".zip",))
_WEB_ARCHIVE = _refused(
    "网页归档文件",
    "请用浏览器或 WPS 打开，另存为 .html 或 .docx 后再读",
    "multipart/related",
    (".mht", ".mhtml"),
)
_OFFICE_XML = _refused(
    "XML 格式的 Office 文件",
    "请用 WPS 或 Word、Excel 打开，另存为 .docx 或 .xlsx 后再读",
    "application/xml",
)
_PROGRAM = _refused(
    "可执行程序", "这不是文档，请核对文件", "application/octet-stream", (".exe", ".dll")
)
_SQLITE = _refused(
    "数据库文件", "请导出为 .xlsx 或 .csv 后再读", "application/vnd.sqlite3", (".db", ".sqlite")
)
_SPREADSHEET_BINARY = _refused(
    "二进制工作簿",
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    (".xlsb",),
)


def _archive(label: str, media_type: str, *suffixes: str) -> Kind:
    return _refused(label, _UNPACK_ADVICE, media_type, suffixes)


_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"\xff\xd8\xff", _JPEG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"MIME-Version:", _WEB_ARCHIVE),
    (b"Rar!\x1a\x07", _archive("RAR 压缩包", "application/vnd.rar", ".rar")),
    (b"7z\xbc\xaf\x27\x1c", _archive("7z 压缩包", "application/x-7z-compressed", ".7z")),
    (b"\x1f\x8b\x08", _archive("GZIP 压缩包", "application/gzip", ".gz", ".tgz")),
    (b"BZh", _archive("BZIP2 压缩包", "application/x-bzip2", ".bz2")),
    (b"\xfd7zXZ\x00", _archive("XZ 压缩包", "application/x-xz", ".xz")),
    (b"\x7fELF", _PROGRAM),
    (b"SQLite format 3\x00", _SQLITE),
)
#: Signatures of two letters also begin ordinary texts, so the bytes after them are looked at.
_WEAK: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL), _BMP),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _WEBP),
    (re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL), _HEIC),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*<\?xml.{0,400}?"
            rb"<(?:\?mso-application|Workbook|w:wordDocument|pkg:package)\b",
            re.DOTALL,
        ),
        _OFFICE_XML,
    ),
    (re.compile(rb"MZ.{2,}?PE\x00\x00", re.DOTALL), _PROGRAM),
)
#: Names in the directory of a compound file that tell what it is; an installer has its own tables.
_COMPOUND: tuple[tuple[bytes, Kind], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), _PROTECTED),
    ("PowerPoint Document".encode("utf-16-le"), _OLD_SLIDES),
    ("__properties_version1.0".encode("utf-16-le"), _MAIL),
    (b"\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46", _INSTALLER),
)
_HEAD = 4096
#: A part that only this kind of package has, looked for in the list of contents at the end.
_PACKAGES: tuple[tuple[bytes, Kind], ...] = (
    (b"ppt/presentation.xml", _SLIDES),
    (b"xl/workbook.bin", _SPREADSHEET_BINARY),
    (b"mimetypeapplication/vnd.oasis.opendocument", _OPEN_DOCUMENT),
)


def foreign_kind(content: bytes) -> Kind | None:
    """The format of a file that no reader reads, or None when its bytes do not tell."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return _compound_kind(content) if kind is _OLD_OFFICE else kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for part, kind in _PACKAGES if part in content), _ZIP)
    head = content[:_HEAD]
    return next((kind for pattern, kind in _WEAK if pattern.match(head)), None)


def _compound_kind(content: bytes) -> Kind:
    return next((kind for mark, kind in _COMPOUND if mark in content), _OLD_OFFICE)


def kind_by_suffix(suffix: str) -> Kind | None:
    """The foreign format a suffix promises, whatever the bytes are."""
    kinds = [kind for _, kind in (*_SIGNATURES, *_PACKAGES, *_COMPOUND)] + [
        kind for _, kind in _WEAK
    ]
    return next((kind for kind in (*kinds, _ZIP) if suffix in kind.suffixes), None)
