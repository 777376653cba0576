"""What every reader declares and owes.

A reader SHALL turn bytes into a `SourceDocument`, SHALL keep text exactly as it stands (outer
blanks of a cell may go, inner ones and line breaks stay), SHALL give every row its place, and
SHALL NOT raise for anything a file may contain: foreign exceptions are mapped to problems where
they enter. A reader knows nothing of forms; readers never import one another.
"""

from collections.abc import Callable

from msgspec import Struct

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.problem import Problem

#: Told after each page: how many are done, and of how many.
PagesDone = Callable[[int, int], None]
PagedReading = Callable[[SourceFile, PagesDone | None], SourceDocument]


class Reader(Struct, frozen=True, kw_only=True):
    """One file format.

    `bid` looks at name and bytes and answers how sure it is that the file is its own, from 0
    (no) to 100 (signature and structure agree). Content outweighs the name. The highest bidder
    reads the file. `read_paged` is for formats whose pages take their time: it does the same and
    says how far it is.
    """

    code: str
    label: str
    suffixes: tuple[str, ...]
    media_type: str
    bid: Callable[[SourceFile], int]
    read: Callable[[SourceFile], SourceDocument]
    read_paged: PagedReading | None = None

    def read_saying(self, source: SourceFile, pages_done: PagesDone | None) -> SourceDocument:
        """Read the file, telling of its pages where anybody listens and the format has pages."""
        if pages_done is None or self.read_paged is None:
            return self.read(source)
        return self.read_paged(source, pages_done)


def refusal(source: SourceFile, media_type: str, code: str, message: str) -> SourceDocument:
    """A document that could not be opened, with the one reason."""
    problem = Problem(code=code, message=message, file=source.name)
    return SourceDocument(
        file=source.name, media_type=media_type, problems=(problem,), unreadable=True
    )
