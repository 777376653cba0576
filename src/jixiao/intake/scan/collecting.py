"""The scanned pages of one document, gathered as they are read: blocks pass on, troubles add up."""

from jixiao.intake.document import Block, Repair
from jixiao.intake.problem import Problem
from jixiao.intake.scan import saying
from jixiao.intake.scan.cleaning import Picture
from jixiao.intake.scan.doubts import Doubt
from jixiao.intake.scan.page import PageState, read_scan


class Scans:
    """Reads pictures page by page and keeps what has to be said at the end, not the pictures."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._unreadable: list[int] = []
        self._blank: list[int] = []
        self._poor: list[int] = []
        self._doubts: list[Doubt] = []

    def read(self, picture: Picture, number: int, scale: float | None = None) -> list[Block]:
        page = read_scan(picture, number, scale)
        if page.state is PageState.UNREADABLE:
            self._unreadable.append(number)
        elif page.state is PageState.BLANK:
            self._blank.append(number)
        if page.is_poor:
            self._poor.append(number)
        self._doubts += page.doubts
        return page.blocks

    def problems(self, *, is_empty: bool) -> list[Problem]:
        """The troubles; `is_empty` says that the whole document gave nothing."""
        if is_empty and self._blank and not self._unreadable:
            return saying.nothing_but_blank(self._file, self._blank)
        return [
            *saying.unreadable(self._file, self._unreadable),
            *saying.poor(self._file, self._poor),
            *saying.uncertain(self._file, self._doubts),
        ]

    def repairs(self) -> list[Repair]:
        return saying.blank(self._blank)
