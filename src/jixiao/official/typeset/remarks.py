"""What a page shows otherwise than it is written: characters without a shape, control characters.

Each is said once, with the first sheet it stands on, so that nothing is lost in silence.
"""

from collections.abc import Iterator

from jixiao.official.sheet import Annex, Sheet
from jixiao.official.typeset.fonts import missing_from
from jixiao.official.typeset.letters import is_unprintable, printable

_SHOWN = 20


def remarks_on(annex: Annex) -> tuple[str, ...]:
    """Return remarks for an official, or nothing."""
    missing: dict[str, str] = {}
    controls = ""
    for place, texts in _texts(annex):
        joined = "\n".join(texts)
        for character in sorted(missing_from(printable(joined))):
            missing.setdefault(character, place)
        if not controls and is_unprintable(joined):
            controls = place
    found: list[str] = []
    if missing:
        found.append(_missing(missing))
    if controls:
        found.append(f"{controls}有无法打印的控制字符，已写作“\ufffd”。请在原表中删去。")
    return tuple(found)


def _missing(missing: dict[str, str]) -> str:
    listed = [f"{one}（U+{ord(one):04X}，{place}）" for one, place in missing.items()]
    more = f"等 {len(listed)} 个" if len(listed) > _SHOWN else ""
    return (
        f"PDF 所用字体缺少下列字符，页面上显示为方框："
        f"{'、'.join(listed[:_SHOWN])}{more}。需要这些字符时请改用 Word 或 Excel 格式。"
    )


def _texts(annex: Annex) -> Iterator[tuple[str, list[str]]]:
    cover = annex.cover
    yield "封面", [annex.title, *((*cover.title, *cover.lines) if cover else ())]
    for sheet in annex.all_sheets:
        yield f"“{printable(sheet.name)}”", _texts_of(sheet)


def _texts_of(sheet: Sheet) -> list[str]:
    around = [sheet.name, sheet.title, sheet.subtitle, sheet.unit_note]
    return [*around, *sheet.above, *sheet.notes, *(cell.text for cell in sheet.cells)]
