"""The theme of a workbook: colours and fonts that Excel offers beside those of the cells.

No cell refers to it, but Excel writes one into every file, and validators ask for it.
"""

from jixiao.official.office_package import DECLARATION
from jixiao.official.workbook.styles import LATIN, SONG

_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SYSTEM = {"dk1": ("windowText", "000000"), "lt1": ("window", "FFFFFF")}
_COLOURS = {
    "dk2": "333333",
    "lt2": "F2F2F2",
    "accent1": "2F5D8C",
    "accent2": "B5452F",
    "accent3": "7A8C3A",
    "accent4": "6B4E8A",
    "accent5": "2E8B9A",
    "accent6": "C9822B",
    "hlink": "0000FF",
    "folHlink": "800080",
}
_PLAIN = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_WIDTHS = (6350, 12700, 19050)


def theme_part() -> str:
    """xl/theme/theme1.xml"""
    system = "".join(
        f'<a:{name}><a:sysClr val="{kind}" lastClr="{shown}"/></a:{name}>'
        for name, (kind, shown) in _SYSTEM.items()
    )
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{shown}"/></a:{name}>' for name, shown in _COLOURS.items()
    )
    font = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{SONG}"/><a:cs typeface=""/>'
    lines = "".join(f'<a:ln w="{width}">{_PLAIN}</a:ln>' for width in _WIDTHS)
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * len(_WIDTHS)
    fills = _PLAIN * len(_WIDTHS)
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_NAMESPACE}" name="jixiao"><a:themeElements>'
        f'<a:clrScheme name="jixiao">{system}{colours}</a:clrScheme>'
        f'<a:fontScheme name="jixiao"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="jixiao"><a:fillStyleLst>{fills}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
