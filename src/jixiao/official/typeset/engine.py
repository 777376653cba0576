"""The typesetter, kept alive: fonts are found once, one program draws every annex.

Data reach the program as JSON and are only ever drawn as text, so nothing anybody writes can be
taken for a command. The program reads no file and no system font and knows no date.

The typesetter runs threads of its own. A process that forks must not have used it before.
"""

import threading
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import json

from jixiao.foundation.errors import MissingExtra
from jixiao.official.sheet import Annex
from jixiao.official.typeset.fonts import EXTRA, font_folder
from jixiao.official.typeset.pages import drawn

if TYPE_CHECKING:
    from typst import Compiler

_ONE_AT_A_TIME = threading.Lock()
#: typst 0.15 fails over its own tags where rows that repeat are moved to the next page whole; such
#: a document is made without tags.
_PANIC = "PanicException"


def pdf_of(annex: Annex) -> bytes:
    """Typeset an annex."""
    typesetter, program = compiler(), _program()
    inputs = {"annex": json.encode(drawn(annex)).decode()}
    with _ONE_AT_A_TIME:
        try:
            made = typesetter.compile(program, format="pdf", sys_inputs=inputs)
        except BaseException as error:  # a panic of foreign code has no other base class
            if type(error).__name__ != _PANIC:
                raise
            made = typesetter.compile(program, format="pdf", sys_inputs=inputs, pdf_tags=False)
    assert isinstance(made, bytes)
    return made


@cache
def compiler() -> "Compiler":
    """Return the typesetter of this process with its fonts."""
    try:
        import typst  # noqa: PLC0415 - an optional part, and a large one
    except ImportError:
        raise MissingExtra(EXTRA) from None
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_folder()],
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _program() -> bytes:
    return files(__package__).joinpath("annex.typ").read_bytes()
