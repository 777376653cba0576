"""The parts of the workbook: elements in the order of the schema, every part known and named."""

import io
import re
import zipfile

from msgspec.structs import replace

from jixiao.official.sheet import Annex
from jixiao.official.writers.xlsx import WRITER
from tests.support.sheets import ROWS, a_sheet, an_annex

#: As ECMA-376 orders the children of a worksheet; Excel opens no other order.
ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
    *("ignoredErrors", "legacyDrawing"),
]


def parts(whole: Annex) -> dict[str, str]:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def marked_and_long() -> Annex:
    plain = a_sheet(rows=ROWS * 12)
    cells = tuple(replace(cell, marks=(1,)) for cell in plain.cells)
    whole = an_annex("甲<&>", "乙")
    return replace(whole, sheets=(replace(plain, cells=cells), *whole.sheets))


def test_elements_stand_in_the_order_of_the_schema():
    seen = set()
    for name, content in parts(marked_and_long()).items():
        if name.startswith("xl/worksheets/sheet"):
            places = {one: content.find(f"<{one}") for one in ORDER}
            found = [one for one in ORDER if places[one] >= 0]
            assert found == sorted(found, key=places.__getitem__)
            seen.update(found)
    assert seen == set(ORDER)


def test_every_part_has_its_type_and_every_relation_its_part():
    found = parts(marked_and_long())
    types = found["[Content_Types].xml"]
    for name, content in found.items():
        if name.endswith(".xml") and name != "[Content_Types].xml":
            assert f'PartName="/{name}"' in types
        if name.endswith(".rels"):
            for target in re.findall('Target="([^"]+)"', content):
                assert any(part.endswith(target.removeprefix("../")) for part in found), target
    assert 'Extension="vml"' in types
    assert sum(name.startswith("xl/comments") for name in found) == 1


def test_a_text_of_many_forms_is_held_once():
    texts = parts(an_annex("甲", "乙"))["xl/sharedStrings.xml"]
    assert texts.count("<t>清运生活垃圾</t>") == 1
