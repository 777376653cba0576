"""What the pictures of symbol fonts mean as characters.

Word's 插入符号 stores ≥, ☑ or √ as a number in a font of pictures (Symbol, Wingdings), not as the
character; read plainly, a comparison sign or a tick would be lost. The tables hold the signs such
forms use; an unknown picture yields nothing rather than a wrong sign.
"""

import re

_SYMBOL = {
    0x25: "%",
    0x2B: "+",
    0x2D: "-",
    0x3C: "<",
    0x3D: "=",
    0x3E: ">",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xD6: "√",
}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "□",
    0x72: "□",
    0x75: "◆",
    0x77: "◆",
    0x9F: "•",
    0xA7: "■",
    0xA8: "□",
    0xA1: "○",
    0xD8: "➢",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
} | {0x81 + step: chr(0x2460 + step) for step in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "□",
    0x2A: "□",
    0x30: "□",
} | {0x6A + step: chr(0x2460 + step) for step in range(10)}

FONTS: dict[str, dict[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_PRIVATE = range(0xF000, 0xF100)
_PRIVATE_SIGN = re.compile("[\uf000-\uf0ff]")


def has_private(text: str) -> bool:
    """Whether a character stands in it that only some symbol font can explain."""
    return _PRIVATE_SIGN.search(text) is not None


def symbol(font: str, code: str) -> str:
    """The character a `w:sym` shows; `code` is hexadecimal, often moved to the private area."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = FONTS.get(font.lower())
    if table is not None:
        return table.get(number & 0xFF, "")
    if number in _PRIVATE or not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    return chr(number)


def in_font(text: str, font: str) -> str:
    """Text typed in a symbol font: private-area characters become what they show."""
    table = FONTS.get(font.lower())
    if table is None:
        return text
    return "".join(
        table.get(ord(sign) & 0xFF, sign) if ord(sign) in _PRIVATE else sign for sign in text
    )
