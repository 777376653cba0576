"""What a writer of official documents declares, and where writers are found.

A writer sees an annex and nothing else: no files, no environment, no clock. Adding a file format
means adding one file to `writers`.
"""

from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

from jixiao.foundation.registry import Registry
from jixiao.official.sheet import Annex


class Writer(Struct, frozen=True, kw_only=True):
    """One file format. `label` is what an official reads, `suffix` begins with a dot.

    The same annex gives the same bytes. A missing optional library raises MissingExtra. `write`
    may return remarks in Chinese: what stands in the file otherwise than in the annex.
    """

    code: str
    label: str
    media_type: str
    suffix: str
    write: Callable[[Annex, BinaryIO], tuple[str, ...] | None]


WRITERS: Registry[Writer] = Registry("jixiao.official.writers", "WRITER", "文件格式")
