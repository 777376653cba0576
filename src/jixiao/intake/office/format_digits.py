"""Digits laid out over the placeholders of a number format section.

Placeholders may be apart: `0!.0,"万元"` is how Chinese offices show 元 as 万元 with one decimal,
its point being a literal between two places of a whole number.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from jixiao.intake.office.format_tokens import Kind, Section, Token

#: Wide enough for any double written out.
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
_BLANK = {"0": "0", "#": "", "?": " "}


def shown_digits(number: Decimal, section: Section) -> str:
    """The (never negative) number in the layout of the section."""
    tokens = list(section.tokens)
    for _ in range(sum(kind is Kind.PERCENT for kind, _ in tokens)):
        number = _EXACT.scaleb(number, 2)
    if (slash := _fraction_bar(tokens)) is not None:
        return _shown_fraction(number, tokens, slash)
    tokens, grouped, thousands = _without_commas(tokens)
    number = _EXACT.scaleb(number, -3 * thousands)
    if any(kind is Kind.EXPONENT for kind, _ in tokens):
        return _shown_scientific(number, tokens)
    return _laid_out(number, tokens, grouped=grouped)


def _laid_out(number: Decimal, tokens: list[Token], *, grouped: bool) -> str:
    point = next((at for at, (kind, _) in enumerate(tokens) if kind is Kind.POINT), len(tokens))
    places = sum(kind is Kind.DIGIT for kind, _ in tokens[point:])
    rounded = _EXACT.quantize(number, Decimal(1).scaleb(-places))
    whole, _, decimals = f"{rounded:f}".partition(".")
    return _whole_part(whole.lstrip("0"), tokens[:point], grouped=grouped) + _decimal_part(
        decimals, tokens[point:]
    )


def _whole_part(digits: str, tokens: list[Token], *, grouped: bool) -> str:
    """From the right: each place takes a digit, the leftmost one takes all that remain."""
    remaining = sum(kind is Kind.DIGIT for kind, _ in tokens)
    shown: list[str] = []
    count = 0
    for kind, text in reversed(tokens):
        if kind is not Kind.DIGIT:
            shown.append(text[::-1])
            continue
        remaining -= 1
        taken = digits if remaining == 0 and digits else digits[-1:] or _BLANK[text]
        digits = digits[: -len(taken)] if digits else ""
        for digit in reversed(taken):
            if grouped and count and count % 3 == 0 and digit.isdigit():
                shown.append(",")
            shown.append(digit)
            count += 1
    return "".join(shown)[::-1]


def _decimal_part(decimals: str, tokens: list[Token]) -> str:
    significant = len(decimals.rstrip("0"))
    shown, position = [], 0
    for kind, text in tokens:
        if kind is Kind.DIGIT:
            shown.append(decimals[position] if position < significant else _BLANK[text])
            position += 1
        else:
            shown.append(text)
    return "".join(shown)


def _without_commas(tokens: list[Token]) -> tuple[list[Token], bool, int]:
    """Commas between places group thousands; behind the last place each divides by 1,000."""
    point = next((at for at, (kind, _) in enumerate(tokens) if kind is Kind.POINT), len(tokens))
    whole = [at for at in range(point) if tokens[at][0] is Kind.DIGIT]
    grouped, thousands, behind_place = False, 0, False
    kept: list[Token] = []
    for at, (kind, text) in enumerate(tokens):
        if kind is not Kind.COMMA:
            kept.append((kind, text))
            behind_place = kind is Kind.DIGIT
        elif whole and whole[0] < at < whole[-1]:
            grouped = True
        elif behind_place:
            thousands += 1
        else:
            kept.append((kind, text))
    return kept, grouped, thousands


def _shown_scientific(number: Decimal, tokens: list[Token]) -> str:
    """`0.00E+00`; several whole places make the exponent a multiple of their count."""
    mark = next(at for at, (kind, _) in enumerate(tokens) if kind is Kind.EXPONENT)
    mantissa_tokens, exponent_tokens = tokens[:mark], tokens[mark + 1 :]
    sign = tokens[mark][1][1]
    point = next((at for at, (k, _) in enumerate(mantissa_tokens) if k is Kind.POINT), mark)
    step = max(sum(kind is Kind.DIGIT for kind, _ in mantissa_tokens[:point]), 1)
    places = sum(kind is Kind.DIGIT for kind, _ in mantissa_tokens[point:])
    exponent = number.adjusted() // step * step if number else 0
    mantissa = _EXACT.quantize(_EXACT.scaleb(number, -exponent), Decimal(1).scaleb(-places))
    if mantissa >= 10**step:
        exponent += step
        mantissa = _EXACT.scaleb(mantissa, -step)
    shown_sign = "-" if exponent < 0 else "+" if sign == "+" else ""
    power = _laid_out(Decimal(abs(exponent)), exponent_tokens, grouped=False)
    return f"{_laid_out(mantissa, mantissa_tokens, grouped=False)}E{shown_sign}{power}"


def _fraction_bar(tokens: list[Token]) -> int | None:
    """Where a slash stands between a place and a place or a fixed denominator."""
    for at, (kind, _) in enumerate(tokens):
        if kind is Kind.SLASH and 0 < at < len(tokens) - 1:
            before, (after, text) = tokens[at - 1][0], tokens[at + 1]
            fixed = after is Kind.LITERAL and text.isdecimal() and text.isascii()
            if before is Kind.DIGIT and (after is Kind.DIGIT or fixed):
                return at
    return None


def _shown_fraction(number: Decimal, tokens: list[Token], slash: int) -> str:
    start = _start_of_run(tokens, slash)
    end, fixed = _denominator(tokens, slash)
    has_whole = any(kind is Kind.DIGIT for kind, _ in tokens[:start])
    exact = Fraction(number)
    part = exact - int(exact) if has_whole else exact
    if fixed:
        part = Fraction(int(part * fixed + Fraction(1, 2)), 1) / fixed
        top, bottom = int(part * fixed), fixed
    else:
        part = part.limit_denominator(10 ** min(end - slash - 1, 6) - 1)
        top, bottom = part.numerator, part.denominator
    before = Decimal(int(exact))
    if has_whole and top == bottom:
        before, top = before + 1, 0
    shown = f"{top}/{bottom}" if top or not has_whole else ""
    whole = _laid_out(before, tokens[:start], grouped=False) if has_whole else ""
    rest = "".join(text for _, text in tokens[end:])
    return (whole if shown else whole.strip() or "0") + shown + rest


def _start_of_run(tokens: list[Token], slash: int) -> int:
    start = slash
    while start > 0 and tokens[start - 1][0] is Kind.DIGIT:
        start -= 1
    return start


def _denominator(tokens: list[Token], slash: int) -> tuple[int, int]:
    """Where the denominator ends, and its number where the format fixes one."""
    end, fixed = slash + 1, ""
    while end < len(tokens):
        kind, text = tokens[end]
        if kind is Kind.LITERAL and text.isdecimal() and text.isascii():
            fixed += text
        elif kind is not Kind.DIGIT:
            break
        elif fixed:
            fixed += "0"
        end += 1
    return end, int(fixed or 0)
