"""Chinese numerals that number formats ask for: `[DBNum1]` 一, `[DBNum2]` 壹, `[DBNum3]` １."""

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "兆")
_LONGEST_SPELLED = 16


def digit_by_digit(text: str, style: int) -> str:
    """Each digit as its numeral: 2022 → 二〇二二."""
    digits = _DIGITS.get(style)
    if digits is None:
        return text
    return text.translate({ord("0") + number: digit for number, digit in enumerate(digits)})


def spelled(text: str, style: int) -> str:
    """The number as it is read: 1234.5 → 一千二百三十四.五."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    if style not in _PLACES or not whole.isdecimal() or len(whole) > _LONGEST_SPELLED:
        return digit_by_digit(text, style)
    return sign + _spelled_whole(whole, style) + point + digit_by_digit(fraction, style)


def _spelled_whole(whole: str, style: int) -> str:
    zero = _DIGITS[style][0]
    groups = [whole[max(end - 4, 0) : end] for end in range(len(whole), 0, -4)]
    result = ""
    for number, group in reversed(list(enumerate(groups))):
        if not int(group):
            continue
        gap = result and (int(group) < 1000 or result.endswith(zero))
        words = _spelled_group(group, style)
        result += (zero if gap else "") + words + _GROUPS[number]
    return result or zero


def _spelled_group(group: str, style: int) -> str:
    digits, places = _DIGITS[style], _PLACES[style]
    words, zero_due = "", False
    for position, digit in enumerate(group):
        if digit == "0":
            zero_due = bool(words)
            continue
        place = places[len(group) - 1 - position]
        words += (digits[0] if zero_due else "") + digits[int(digit)] + place
        zero_due = False
    return words
