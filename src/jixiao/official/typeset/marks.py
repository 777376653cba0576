"""Numbers of findings as small drawings: a ring with digits made of strokes, no letters.

Written as ①, a mark would become part of the value for everybody who reads or copies the text of
the page, our own reader among them; and the fonts end at ⑳.
"""

#: Each digit as one stroke in a field 3 wide and 5 high.
_DIGITS = {
    "0": "M1.5 0A1.5 2.5 0 0 1 1.5 5A1.5 2.5 0 0 1 1.5 0Z",
    "1": "M.6 1L1.9 0V5",
    "2": "M.1 1.4A1.4 1.4 0 0 1 2.9 1.5C2.9 2.7 .7 3.8 0 5H3",
    "3": "M.1 .9A1.4 1.2 0 1 1 1.4 2.3A1.5 1.35 0 1 1 0 4.1",
    "4": "M2.2 5V0L0 3.5H3",
    "5": "M2.8 0H.5L.2 2.3A1.5 1.45 0 1 1 0 4.1",
    "6": "M2.4 .1C.8 .8 0 2.2 0 3.5A1.5 1.5 0 1 0 1.5 2A1.5 1.5 0 0 0 0 3.5",
    "7": "M0 0H3L1.2 5",
    "8": "M1.5 2.3A1.2 1.15 0 1 1 1.5 0A1.2 1.15 0 1 1 1.5 2.3A1.4 1.35 0 1 1 1.5 5"
    "A1.4 1.35 0 1 1 1.5 2.3Z",
    "9": "M.6 4.9C2.2 4.2 3 2.8 3 1.5A1.5 1.5 0 1 0 1.5 3A1.5 1.5 0 0 0 3 1.5",
}
_HEIGHT, _STEP = 10.0, 4.0


def drawing_of(number: int) -> str:
    """Draw a number in a ring, as an SVG picture."""
    digits = str(number)
    broad = _HEIGHT + _STEP * (len(digits) - 1)
    left = (broad - _STEP * len(digits) + 1) / 2
    paths = "".join(
        f'<path transform="translate({left + _STEP * place:g} 2.5)" d="{_DIGITS[digit]}"/>'
        for place, digit in enumerate(digits)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{broad:g}" height="{_HEIGHT:g}"'
        f' viewBox="0 0 {broad:g} {_HEIGHT:g}"><g fill="none" stroke="black" stroke-width=".65"'
        f' stroke-linecap="round" stroke-linejoin="round">{paths}'
        f'<rect x=".5" y=".5" width="{broad - 1:g}" height="9" rx="4.5"/></g></svg>'
    )
