"""Years written in Chinese numerals, as in the titles of many documents: 二〇二四年."""

from jixiao.foundation.pattern import pattern

_YEAR = pattern(r"[二2][〇○Ｏ零oO0][〇○Ｏ零一二三四五六七八九]{2}(?=年)")
_DIGITS = {
    **dict.fromkeys("〇○Ｏ零oO", "0"),
    **dict(zip("一二三四五六七八九", "123456789", strict=True)),
}


def arabic_years(text: str) -> str:
    """The text with its years in figures; for recognising only, never for the record."""
    if "年" not in text:
        return text
    return _YEAR.sub(lambda found: "".join(_DIGITS.get(c, c) for c in found[0]), text)
