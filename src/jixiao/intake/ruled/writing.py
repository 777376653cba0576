"""Whether a page is written at all, or a picture of writing, or written in signs nobody knows."""

#: Fewer characters than this on a page full of picture: a page number or a stamp, not a text.
_FEW_CHARACTERS = 30
_PICTURE_SHARE = 0.4
#: Letters drawn as outlines: so many paths without text are a page of writing.
_MANY_PATHS = 300
_GARBLED_SHARE = 0.2


def is_pictured(pictures: float, page: float) -> bool:
    """Whether pictures of this area fill a page of that area."""
    return pictures >= _PICTURE_SHARE * page


def is_scanned(written: int, paths: int, *, pictured: bool) -> bool:
    """Whether what is to be read is a picture, or drawn, and not text."""
    drawn = not written and paths > _MANY_PATHS
    return written < _FEW_CHARACTERS and (pictured or drawn)


def is_garbled(written: int, private: int) -> bool:
    """Whether so many characters are of a font's own that the text says nothing."""
    return written > 0 and private > _GARBLED_SHARE * written
