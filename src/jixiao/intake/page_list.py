"""Pages named in a sentence."""

from collections.abc import Iterable


def page_list(pages: Iterable[int]) -> str:
    """2-3、5 for pages 2, 3 and 5."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return "、".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)
