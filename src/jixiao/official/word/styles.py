"""The styles and fonts of a Word document: what official tables are printed in.

公文 type is 仿宋_GB2312, 黑体 and 宋体, which Word and WPS bring along; each is named with what
may stand in for it. Lines have exact heights, so that pages break alike whatever font is there.
"""

from msgspec import Struct

from jixiao.official.office_package import DECLARATION
from jixiao.official.sheet import PORTRAIT_WIDTH
from jixiao.official.word.measure import line_height, twips

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY_SIZE = 10.5

FANGSONG, HEITI, SONGTI, KAITI = "仿宋_GB2312", "黑体", "宋体", "楷体_GB2312"
LATIN = "Times New Roman"
#: What stands in for a font, its outline class and kind, as Word's own font tables name them.
_FONTS = {
    FANGSONG: ("仿宋,FangSong,FangSong_GB2312", "02010609030101010101", "modern"),
    KAITI: ("楷体,KaiTi,KaiTi_GB2312", "02010609030101010101", "modern"),
    HEITI: ("SimHei,Noto Sans CJK SC", "02010609060101010101", "modern"),
    SONGTI: ("SimSun,Noto Serif CJK SC", "02010600030101010101", "auto"),
}


class Style(Struct, frozen=True):
    """A paragraph style: `line`, `before` and `after` in points, `flow` keeps lines and tabs."""

    code: str
    name: str
    font: str = FANGSONG
    size: float = BODY_SIZE
    align: str = "left"
    line: float | None = None
    before: float = 0
    after: float = 0
    bold: bool = False
    flow: str = ""
    indent: str = ""
    outline: str = ""

    @property
    def line_points(self) -> float:
        return line_height(self.size) if self.line is None else self.line


ABOVE = Style("Above", "附件编号", HEITI, 12)
TITLE = Style(
    "Title",
    "Title",
    SONGTI,
    18,
    "center",
    28,
    after=4,
    bold=True,
    outline='<w:outlineLvl w:val="0"/>',
)
SUBTITLE = Style("Subtitle", "Subtitle", size=12, align="center", line=20, after=4)
UNIT_NOTE = Style("UnitNote", "计量单位", align="right", line=17)
NOTES = Style("TableNotes", "表注", line=17)
LABEL = Style("TableLabel", "表内标签", HEITI, align="center")
CENTRED = Style("TableCentred", "表内居中", align="center")
TEXT = Style("TableText", "表内文字")
NUMBER = Style("TableNumber", "表内数字", align="right", indent='<w:ind w:right="60"/>')
REMARK = Style("TableRemark", "表内批注", KAITI)
JOINT = Style("TableJoint", "表格衔接", size=1, line=0.05)
COVER_TITLE = Style("CoverTitle", "封面标题", SONGTI, 26, "center", 44, bold=True)
COVER_LINE = Style("CoverLine", "封面落款", size=16, align="center", line=32)
CONTENTS_TITLE = Style("TOCHeading", "TOC Heading", HEITI, 16, "center", 28, after=12)
CONTENTS_LINE = Style(
    "TOC1",
    "toc 1",
    size=12,
    line=22,
    flow=(
        '<w:keepLines/><w:tabs><w:tab w:val="right" w:leader="dot"'
        f' w:pos="{twips(PORTRAIT_WIDTH)}"/></w:tabs>'
    ),
)
FOOTER = Style("Footer", "footer", SONGTI, 14, "center", 20)

STYLES = (
    *(ABOVE, TITLE, SUBTITLE, UNIT_NOTE, NOTES, LABEL, CENTRED, TEXT, NUMBER, REMARK, JOINT),
    *(COVER_TITLE, COVER_LINE, CONTENTS_TITLE, CONTENTS_LINE, FOOTER),
)


def styles_part() -> str:
    """styles.xml: the defaults, and one style a kind of paragraph."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{FANGSONG}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'
        '<w:kern w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    own = "".join(map(_style, STYLES))
    return f"{DECLARATION}<w:styles {NAMESPACE}>{defaults}{normal}{own}</w:styles>"


def fonts_part() -> str:
    """fontTable.xml: which fonts are meant, and what may stand in for them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, (others, panose, family) in _FONTS.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:altName w:val="Liberation Serif"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f"{DECLARATION}<w:fonts {NAMESPACE}>{latin}{fonts}</w:fonts>"


def spacing(line: float, before: float = 0, after: float = 0) -> str:
    """Exact lines, in points."""
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
        f' w:line="{round(line * 20)}" w:lineRule="exact"/>'
    )


def sized(size: float) -> str:
    """A size in points as a run's property."""
    halves = round(size * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _style(style: Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.code}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        f"{style.flow}{spacing(style.line_points, style.before, style.after)}{style.indent}"
        f'<w:jc w:val="{style.align}"/><w:textAlignment w:val="center"/>{style.outline}</w:pPr>'
        f'<w:rPr><w:rFonts w:eastAsia="{style.font}"/>{bold}{sized(style.size)}</w:rPr></w:style>'
    )
