"""Names of the WordprocessingML elements and attributes the reader looks at."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY, PARAGRAPH, TABLE, ROW, CELL = f"{_W}body", f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
CELL_PROPERTIES, ROW_PROPERTIES = f"{_W}tcPr", f"{_W}trPr"
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = f"{_W}pPr", f"{_W}rPr"
GRID_SPAN, VERTICAL_MERGE, HORIZONTAL_MERGE = f"{_W}gridSpan", f"{_W}vMerge", f"{_W}hMerge"
GRID_BEFORE, GRID_AFTER = f"{_W}gridBefore", f"{_W}gridAfter"
REPEATED, CELL_RULES, TOP, BOTTOM = (
    f"{_W}tblHeader",
    f"{_W}tcBorders",
    f"{_W}top",
    f"{_W}bottom",
)
VALUE, FONT, CHARACTER, FIELD_CHARACTER_TYPE = (
    f"{_W}val",
    f"{_W}font",
    f"{_W}char",
    f"{_W}fldCharType",
)

RUN, TEXT, MATH_TEXT, TAB, BREAK, RETURN = (
    f"{_W}r",
    f"{_W}t",
    f"{_MATH}t",
    f"{_W}tab",
    f"{_W}br",
    f"{_W}cr",
)
TAB_STOPS, POSITION_TAB, HYPHEN = f"{_W}tabs", f"{_W}ptab", f"{_W}noBreakHyphen"
SYMBOL, RUN_FONTS, VANISH = f"{_W}sym", f"{_W}rFonts", f"{_W}vanish"
FONT_SLOTS = tuple(f"{_W}{slot}" for slot in ("ascii", "hAnsi", "eastAsia", "cs"))

DELETED, INSERTED, MOVED_FROM = f"{_W}del", f"{_W}ins", f"{_W}moveFrom"
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
TEXT_BOX = f"{_W}txbxContent"
FIELD_CHARACTER, CHECK_BOX = f"{_W}fldChar", f"{_W}checkBox"
CHECKED, DEFAULT = f"{_W}checked", f"{_W}default"
SIMPLE_FIELD = f"{_W}fldSimple"
RUBY_TEXT = f"{_W}rt"
CONTENT_CONTROL, CONTROL_PROPERTIES = f"{_W}sdt", f"{_W}sdtPr"
PLACEHOLDER = f"{_W}showingPlcHdr"

#: Elements that only wrap others, at any level: their children stand in their place.
WRAPPERS = frozenset(
    f"{_W}{name}"
    for name in (
        "sdtContent",
        "customXml",
        "smartTag",
        "ins",
        "moveTo",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
    )
)
