"""Text files in the encodings they come in, with and without true labels."""

import pytest

from jixiao.intake.encoding import REPLACEMENT, decode, head_text, looks_like_text

TEXT = "部门项目支出预算绩效目标表\n（2022 年度）\n项目名称\t政府临聘人员经费\t≥95%\n"
TRADITIONAL = (
    "部門項目支出預算績效目標表\n項目名稱\t政府臨聘人員經費\n年度總體目標\t保障單位正常運轉\n"
)

WHOLE = {
    "utf-8": (TEXT.encode(), "utf-8", TEXT),
    "utf-8 with mark": (TEXT.encode("utf-8-sig"), "utf-8", TEXT),
    "gbk": (TEXT.encode("gbk"), "gb18030", TEXT),
    "gb18030 beyond gbk": ("㐀\U00020000绩效".encode("gb18030"), "gb18030", "㐀\U00020000绩效"),
    "gb18030 with mark": (("\ufeff" + TEXT).encode("gb18030"), "gb18030", TEXT),
    "two characters of gbk": ("绩效".encode("gbk"), "gb18030", "绩效"),
    "gbk that looks like utf-8 at first": ("联通\n绩效".encode("gbk"), "gb18030", "联通\n绩效"),
    "traditional text in gbk": (TRADITIONAL.encode("gbk"), "gb18030", TRADITIONAL),
    "big5": (TRADITIONAL.encode("big5"), "big5hkscs", TRADITIONAL),
    "hz": (TEXT.replace("≥", "").encode("hz"), "hz", TEXT.replace("≥", "")),
    "utf-16 with mark": (TEXT.encode("utf-16"), "utf-16-le", TEXT),
    "utf-16-le bare": (TEXT.encode("utf-16-le"), "utf-16-le", TEXT),
    "utf-16-be bare": (TEXT.encode("utf-16-be"), "utf-16-be", TEXT),
    "utf-32 with mark": (TEXT.encode("utf-32"), "utf-32-le", TEXT),
    "plain ascii": (b"a,b\n1,2", "utf-8", "a,b\n1,2"),
    "a tilde is no hz": (b"a ~{ b", "utf-8", "a ~{ b"),
    "nothing": (b"", "utf-8", ""),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in WHOLE.items()])
def test_decoded_whole(case):
    content, encoding, text = case
    decoded = decode(content, file="x")
    assert (decoded.text, decoded.encoding, decoded.problems) == (text, encoding, ())
    assert looks_like_text(content)


LABELS = ["utf-8", "gb2312", "big5", "iso-8859-1", "x-unknown", ""]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_content_outweighs_the_label(label, encoding):
    assert decode(TEXT.encode(encoding), file="x", declared=label).text == TEXT


def test_label_decides_where_content_does_not():
    content = "預算".encode("big5")
    assert decode(content, file="x", declared="big5").text == "預算"


def test_broken_byte_is_replaced_and_named_with_its_line():
    content = TEXT.encode()
    at = content.index("临".encode())
    decoded = decode(content[:at] + b"\xff" + content[at + 1 :], file="表.txt")
    (problem,) = decoded.problems
    assert (problem.code, problem.file, problem.source.line) == ("INT011", "表.txt", 3)
    assert problem.source.quote.startswith("项目名称")
    assert decoded.text.count("\n") == TEXT.count("\n")
    assert "聘人员经费\t≥95%" in decoded.text


def test_file_cut_inside_a_character_keeps_the_rest():
    decoded = decode(TEXT.rstrip().encode("gbk")[:-4], file="x")
    assert decoded.text == TEXT.removesuffix("≥95%\n") + REPLACEMENT
    assert [problem.code for problem in decoded.problems] == ["INT011"]


def test_pieces_pasted_together_are_each_read_in_their_own_encoding():
    decoded = decode(TEXT.encode() + TEXT.encode("gbk"), file="x")
    assert (decoded.text, decoded.problems) == (TEXT * 2, ())


def test_utf16_cut_in_half_a_character():
    decoded = decode(TEXT.encode("utf-16")[:-1], file="x")
    assert decoded.text.rstrip(REPLACEMENT) == TEXT[:-1]
    assert decoded.problems[0].code == "INT011"


BINARY = {
    "compressed": bytes(range(256)) * 16,
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(64)) * 4,
    "zeros": b"\x00" * 100,
    "zeros and ones": b"\x00\x01" * 100,
}


@pytest.mark.parametrize("name", sorted(BINARY))
def test_binary_is_no_text(name):
    assert not looks_like_text(BINARY[name])


def test_stray_control_character_does_not_make_it_binary():
    assert looks_like_text(TEXT.encode() + b"\x02")


def test_head_drops_a_character_cut_at_its_end():
    assert head_text(TEXT.encode(), 4) == TEXT[:1]
