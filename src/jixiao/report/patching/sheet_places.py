"""The bytes of single cells in the XML of a worksheet, found by row and column."""

from jixiao.intake.office.sheet_values import column_number
from jixiao.report.patching.xml_spans import Element, find_elements, leaf_of

_DIGITS = "0123456789"
Address = tuple[int, int]


def cells_at(part: bytes, wanted: set[Address]) -> dict[Address, Element]:
    """These cells, as far as they stand in the sheet; of two at one address the first."""
    walk = _Walk(wanted)
    return find_elements(part, walk.pick)


class _Walk:
    """Carries the position, since cells and rows need not say where they stand."""

    def __init__(self, wanted: set[Address]) -> None:
        self._wanted = set(wanted)
        self._row = self._column = 0

    def pick(self, name: str, attributes: dict[str, str]) -> Address | None:
        leaf = leaf_of(name)
        if leaf == "row":
            stated = attributes.get("r", "")
            self._row = int(stated) if stated.isdecimal() else self._row + 1
            self._column = 0
        elif leaf == "c":
            letters = attributes.get("r", "").rstrip(_DIGITS)
            self._column = column_number(letters) or self._column + 1
            address = (self._row, self._column)
            if address in self._wanted:
                self._wanted.discard(address)
                return address
        return None
