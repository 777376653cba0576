"""Text objects: every way of saying where characters stand, and which ones nobody sees."""

import pytest

from jixiao.intake.ofd.texts import offsets
from tests.intake.ofd.reading import LETTERS, lines, read_page, tables
from tests.support.raw_ofd import image, text, text_object, two_by_two


@pytest.mark.parametrize(
    ("written", "wanted", "expected"),
    [
        (None, 3, []),
        ("", 3, []),
        ("1 2 3", 3, [1, 2, 3]),
        ("1 2 3 4", 3, [1, 2, 3]),
        ("g 3 4.2", 3, [4.2, 4.2, 4.2]),
        ("1 g 2 4 5", 4, [1, 4, 4, 5]),
        ("g 999999999 4", 2, [4, 4]),
        ("g -5 4 1", 2, [1]),
        ("g 2", 2, []),
        ("g", 2, []),
        ("g x 4 5", 3, [5]),
        ("1 x 3", 3, []),
        ("nan 1", 2, []),
        ("1e300", 1, []),
    ],
)
def test_offsets(written, wanted, expected):
    assert offsets(written, wanted) == expected


def shown(inner: str, boundary=(20, 20, 60, 5), size: float = 4, extra: str = "") -> list[str]:
    return lines(read_page(text_object(boundary, inner, size, extra)))


def code(words: str, attributes: str = 'X="0" Y="4"') -> str:
    return f"<ofd:TextCode {attributes}>{words}</ofd:TextCode>"


@pytest.mark.parametrize(
    ("name", "inner", "expected"),
    [
        ("offsets", code("绩效", 'X="0" Y="4" DeltaX="4"'), ["绩效"]),
        ("repeated offsets", code("绩效目标", 'X="0" Y="4" DeltaX="g 3 4"'), ["绩效目标"]),
        ("no offsets", code("绩效 95%"), ["绩效 95%"]),
        ("too few offsets", code("绩效目标", 'X="0" Y="4" DeltaX="4"'), ["绩效目标"]),
        ("offsets that are none", code("绩效", 'X="0" Y="4" DeltaX="a"'), ["绩效"]),
        ("codes one after another", code("绩") + code("效", 'X="4" Y="4"'), ["绩效"]),
        ("a code on the same line", code("绩") + code("效", 'X="4"'), ["绩效"]),
        ("two lines", code("绩效") + code("目标", 'X="0" Y="10"'), ["绩效", "目标"]),
        ("backwards", code("效绩", 'X="4" Y="4" DeltaX="-4"'), ["绩效"]),
        ("escaped", code(r"绩\6548"), ["绩效"]),
        ("indented", code("\n   绩效\n  "), ["绩效"]),
        ("a wide gap parts columns", code("绩") + code("效", 'X="40" Y="4"'), ["绩\t效"]),
        (
            "an even rhythm has no blanks",
            code("055-平罗", 'X="0" Y="4" DeltaX="g 5 3.4"'),
            ["055-平罗"],
        ),
        (
            "a wide step is a blank nobody wrote",
            code("min95", 'X="0" Y="4" DeltaX="3.4 2 3 2"'),
            ["min 95"],
        ),
        ("nothing", code(""), []),
        ("glyphs named beside", '<ofd:CGTransform CodeCount="1" GlyphCount="1"><ofd:Glyphs>7'
         "</ofd:Glyphs></ofd:CGTransform>" + code("绩效"), ["绩效"]),
    ],
)  # fmt: skip
def test_every_way_of_setting_a_line(name, inner, expected):
    assert shown(inner) == expected, name


def test_placeholders_of_glyphs_are_unknown():
    glyphs = '<ofd:CGTransform CodeCount="2" GlyphCount="2"><ofd:Glyphs>7 8</ofd:Glyphs>'
    document = read_page(text_object((20, 20, 9, 5), f"{glyphs}</ofd:CGTransform>{code('¤¤')}", 4))
    assert [problem.code for problem in document.problems] == ["INT011"]
    assert lines(document) == ["\ufffd\ufffd"]


@pytest.mark.parametrize(
    ("name", "inner", "extra"),
    [
        ("scaled", code("绩效", 'X="0" Y="40" DeltaX="40"'), 'CTM="0.1 0 0 0.1 0 0"'),
        ("moved", code("绩效", 'X="0" Y="4" DeltaX="4"'), 'CTM="1 0 0 1 5 5"'),
        ("slanted letters", code("绩效", 'X="0" Y="4" DeltaX="4"'), 'CTM="1 0 -0.2 1 0 0"'),
        ("stretched", code("绩效", 'X="0" Y="4" DeltaX="6"'), 'HScale="1.5"'),
        ("reading downwards", code("绩效"), 'ReadDirection="90" CharDirection="90"'),
        ("reading upwards", code("绩效"), 'ReadDirection="270" CharDirection="270"'),
        ("upside down", code("绩效"), 'ReadDirection="180" CharDirection="180"'),
        ("a damaged matrix", code("绩效"), 'CTM="1 0 0"'),
    ],
)
def test_matrices_and_directions(name, inner, extra):
    size = 40 if "0.1" in extra else 4
    assert shown(inner, (40, 40, 60, 50), size, extra) == ["绩效"], name


def test_a_label_on_its_side_in_a_cell():
    label = text_object((35, 31, 4, 8), code("绩效", 'X="0" Y="0" DeltaY="4"'), 4,
                        'ReadDirection="90" CharDirection="90"')  # fmt: skip
    page = two_by_two(letters=" BCD").replace("> <", "><") + label
    sound = text(20, 100, "这是一段横排的文字，页面的方向由它决定。")
    (table,) = tables(read_page(page + sound))
    assert table.texts == [["绩效", "B"], ["C", "D"]]


def test_upright_signs_set_downwards_are_lines():
    label = text_object((20, 20, 4, 20), code("绩效", 'X="0" Y="4" DeltaY="5"'), 4)
    assert lines(read_page(label)) == ["绩", "效"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("invisible", text(35, 35, "幽灵", extra='Visible="false"')),
        ("not filled", text(35, 35, "幽灵", extra='Fill="false"')),
        ("transparent", text(35, 35, "幽灵", extra='Alpha="0"')),
        ("a faint watermark", text(35, 35, "水印", 12, extra='Alpha="60"')),
        ("a slanted watermark", text(35, 35, "水印", 12, extra='CTM="0.7 -0.7 0.7 0.7 0 0"')),
        ("fake bold", text(32.1, 35.5, "A")),
        ("outside of the page", text(260, 35, "外")),
        ("damaged boundary", text(35, 35, "").replace("Boundary=", "Border=")),
    ],
)
def test_what_does_not_belong_into_cells(name, content):
    document = read_page(two_by_two() + content)
    (table,) = tables(document)
    assert (table.texts, table.spans) == (LETTERS, {}), name
    assert not lines(document)


def test_colours_say_how_transparent_text_is():
    faint = text(35, 35, "水印").replace('Value="0 0 0"', 'Value="0 0 0" Alpha="40"')
    assert tables(read_page(two_by_two() + faint))[0].texts == LETTERS


def test_nothing_but_hidden_text_is_read_all_the_same():
    layer = text(20, 20, "扫描件下面的文字层", extra='Alpha="0"')
    assert lines(read_page(layer + image((0, 0, 210, 297)))) == ["扫描件下面的文字层"]


def test_text_without_a_size_takes_its_boundary_for_one():
    page = text_object((20, 20, 8, 4), code("绩效", 'X="0" Y="4" DeltaX="4"'), 4)
    document = read_page(page.replace('Size="4"', 'size="4"'))
    assert lines(document) == ["绩效"]
    assert document.blocks[0].box == (56.7, 58.3, 79.4, 69.6)


@pytest.mark.parametrize("font", [0.5, 0.28])
def test_narrow_letters_in_objects_of_their_own_stand_together(font):
    """A boundary tells how wide the last sign is, whether the font is proportional or not."""
    widths = {"i": font, "l": font}
    page, x = "", 20.0
    for sign in "illi":
        page += text_object((x, 20, 4 * widths[sign], 5), code(sign), 4)
        x += 4 * widths[sign]
    assert lines(read_page(page)) == ["illi"]
