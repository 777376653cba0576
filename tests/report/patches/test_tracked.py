"""Corrections as tracked changes: accepted they are made, rejected they never were."""

import random
from datetime import date
from xml.sax.saxutils import escape

import pytest

from jixiao.intake.document import SourceFile
from jixiao.report.patch import PATCHES, Revision
from tests.report.patches.places import change, holds, members, places_of, reasons
from tests.report.patches.revisions import (
    PART,
    accepted,
    looks_of,
    numbers_of,
    rejected,
    root_of,
    texts_of,
)
from tests.report.patches.test_docx import LAYOUTS, _cell, _one, _run, _table, _words
from tests.support.office_files import WORD, docx_around

TRACK = PATCHES["docx"].track
BY = Revision(day=date(2022, 6, 30))
FIRST = {"table": 1, "row": 1, "column": 1}
SIGNED = ' w:author="jixiao" w:date="2022-06-30T00:00:00Z"'
THEIRS = ' w:author="某人" w:date="2022-01-01T00:00:00Z"'


def _control(properties: str, inner: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


REFUSED = {
    "another text": (_one(_run("80%")), change("90%", "≥90%", **FIRST), "已经不是这样"),
    "in a field": (
        _one(f'<w:fldSimple w:instr="DATE">{_run("90%")}</w:fldSimple>'),
        change("90%", "80%", **FIRST),
        "域",
    ),
    "in the result of a field": (
        _one(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("90")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + _run("%")
        ),
        change("90%", "80%", **FIRST),
        "域",
    ),
    "a symbol": (_one(_run("\uf0b390%")), change("≥90%", "90%", **FIRST), "符号字体"),
    "over a line break": (
        _one("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"),
        change("甲\n乙", "甲乙", **FIRST),
        "换行",
    ),
    "a value kept elsewhere": (
        _one(_control('<w:dataBinding w:xpath="/a"/>', _run("90%"))),
        change("90%", "≥90%", **FIRST),
        "没有可以改写",
    ),
    "locked around the table": (
        docx_around(_control('<w:lock w:val="sdtContentLocked"/>', _table(_words("90%")))),
        change("90%", "≥90%", **FIRST),
        "锁定",
    ),
    "a prompt": (
        docx_around(
            _table(
                _words("甲")
                + _cell(f"<w:p>{_control('<w:showingPlcHdr/>', _run('单击此处'))}</w:p>")
            )
        ),
        change("", "90%", table=1, row=1, column=2),
        "提示文字",
    ),
    "a link inside another's insertion": (
        _one(f'<w:ins w:id="7"{THEIRS}><w:hyperlink>{_run("90%")}</w:hyperlink></w:ins>'),
        change("90%", "≥90%", **FIRST),
        "没有可以改写",
    ),
    "no prefix for attributes": (
        docx_around(
            "",
            {
                PART: f'<document xmlns="{WORD}"><body><tbl><tr><tc><p><r><t>9</t></r></p></tc>'
                "</tr></tbl></body></document>"
            },
        ),
        change("9", "8", **FIRST),
        "不能写成修订",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_and_without_a_touch(name):
    content, wanted, why = REFUSED[name]
    patched = TRACK(content, (wanted,), BY)
    assert patched.done == ()
    assert why in reasons(patched)[0]
    assert patched.content == content


def test_only_the_signs_that_differ_are_tracked():
    content = _one(_run("约 (90%)以上", "<w:b/>"))
    patched = TRACK(content, (change("约 (90%)以上", "约（90%)以上", **FIRST),), BY)
    look = "<w:rPr><w:b/></w:rPr>"
    assert members(patched.content)[PART].decode() == members(content)[PART].decode().replace(
        _run("约 (90%)以上", "<w:b/>"),
        f"<w:r>{look}<w:t>约</w:t></w:r>"
        f'<w:del w:id="1"{SIGNED}><w:r>{look}<w:delText xml:space="preserve"> (</w:delText></w:r>'
        f'</w:del><w:ins w:id="2"{SIGNED}><w:r>{look}<w:t>（</w:t></w:r></w:ins>'
        f"<w:r>{look}<w:t>90%)以上</w:t></w:r>",
    )


def test_without_a_day_none_is_written():
    patched = TRACK(_one(_run("9")), (change("9", "8", **FIRST),), Revision(author="甲&乙"))
    assert '<w:ins w:id="2" w:author="甲&amp;乙"><w:r>' in members(patched.content)[PART].decode()


def test_a_blank_is_filled_by_an_insertion_with_its_lines():
    blank = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>"
    content = docx_around(_table(_words("甲") + _cell(blank)))
    wanted = change("", "一、办公\n二、会议", table=1, row=1, column=2)
    patched = TRACK(content, (wanted,), BY)
    assert (
        f'<w:ins w:id="1"{SIGNED}><w:r><w:rPr><w:b/></w:rPr><w:t>一、办公</w:t><w:br/>'
        "<w:t>二、会议</w:t></w:r></w:ins></w:p>"
    ) in members(patched.content)[PART].decode()
    assert holds("a.docx", content, patched.content, wanted)


def test_an_insertion_of_another_is_parted_not_joined():
    content = _one(f'<w:ins w:id="7"{THEIRS}>{_run("约90%")}</w:ins>')
    patched = TRACK(content, (change("约90%", "约≥90%", **FIRST),), BY)
    written = members(patched.content)[PART].decode()
    assert f'</w:ins><w:ins w:id="1"{SIGNED}>' in written
    assert f'</w:ins><w:ins w:id="2"{THEIRS}>' in written
    assert all(one.getparent().tag != one.tag for one in root_of(patched.content).iter(INS))


INS = f"{{{WORD}}}ins"
CASES = {
    "several runs": (
        _run("≧", "<w:b/>") + _run(" &gt;", "<w:i/>") + _run("90%", "<w:u/>"),
        ("≧ >90%", "≥90%"),
    ),
    "in a link": (f"<w:hyperlink>{_run('见(附件)')}</w:hyperlink>", ("见(附件)", "见（附件）")),
    "in a control": (_control("<w:text/>", _run("(一)")), ("(一)", "（一）")),
    "in a smart tag": (f"<w:smartTag>{_run('(一)')}</w:smartTag>", ("(一)", "（一）")),
    "beside a deletion": (
        _run("90")
        + f'<w:del w:id="3"{THEIRS}><w:r><w:delText>5</w:delText></w:r></w:del>'
        + _run("%"),
        ("90%", "≥90%"),
    ),
    "in an insertion": (f'<w:ins w:id="1"{THEIRS}>{_run("90%")}</w:ins>', ("90%", "≥95%")),
    "between a deletion and an insertion": (
        (
            f'<w:del w:id="3"{THEIRS}><w:r><w:delText>8</w:delText></w:r></w:del>'
            f'<w:ins w:id="4"{THEIRS}>{_run("9")}</w:ins>{_run("0% 左右")}'
        ),
        ("90% 左右", "≥90%左右"),
    ),
    "beside a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("90")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + _run(" % 以上"),
        ("90 % 以上", "90%以上"),
    ),
    "hidden text between": (
        _run("9") + _run("藏", "<w:vanish/>") + _run("0 %"),
        ("90 %", "90%"),
    ),
    "a break in the run": (
        '<w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t>甲(</w:t><w:br/><w:t>乙)</w:t><w:tab/></w:r>',
        ("甲(\n乙)", "甲（\n乙）"),
    ),
    "formatting tracked before": (
        _run("(一)", f'<w:b/><w:rPrChange w:id="5"{THEIRS}><w:rPr/></w:rPrChange>'),
        ("(一)", "（一）"),
    ),
    "a bookmark has the number": (
        f'<w:bookmarkStart w:id="1" w:name="a"/>{_run("(一)")}<w:bookmarkEnd w:id="1"/>',
        ("(一)", "（一）"),
    ),
    "a line more": (_run("一、办公"), ("一、办公", "一、办公\n二、会议")),
    "all of it goes": (_run("90%", "<w:b/>"), ("90%", "")),
    "to be escaped": (_run("a&amp;b"), ("a&b", "a<&b")),
}


@pytest.mark.parametrize("name", CASES)
def test_accepted_it_is_made_and_rejected_it_never_was(name):
    inner, (old, new) = CASES[name]
    content = docx_around(_table(_cell(f"<w:p>{inner}</w:p>") + _words("右")))
    wanted = change(old, new, safe=False, **FIRST)
    patched = TRACK(content, (wanted,), BY)
    assert reasons(patched) == []
    assert holds("a.docx", content, patched.content, wanted)
    _stands_the_test(content, patched.content)
    shown = texts_of(accepted(patched.content))[0].replace(f"<{{{WORD}}}br>", "\n")
    if "field" not in name and "hidden" not in name:
        assert shown.removesuffix(f"<{{{WORD}}}tab>") == new


def _stands_the_test(before: bytes, after: bytes) -> None:
    """Rejected it is as before, formatting included; nothing else in the package has changed."""
    assert looks_of(rejected(after)) == looks_of(rejected(before))
    ours = [number for number in numbers_of(after) if number not in numbers_of(before)]
    assert ours
    assert len(ours) == len(set(ours))
    first, second = members(before), members(after)
    assert [part for part in first if first[part] != second[part]] == [PART]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_place_the_reader_tells_can_be_tracked(name):
    content = LAYOUTS[name]
    changes = tuple(
        change(
            at.quote, f"{at.quote}改", table=at.table, row=at.row, column=at.column, line=at.line
        )
        for at in places_of(SourceFile(name="a.docx", content=content))
    )
    patched = TRACK(content, changes, BY)
    assert reasons(patched) == []
    assert holds("a.docx", content, patched.content, *changes)
    _stands_the_test(content, patched.content)


def test_a_second_change_stands_on_the_first_without_losing_the_original():
    content = _one(_run("约 90 %"))
    once = TRACK(content, (change("约 90 %", "约90%", **FIRST),), BY).content
    wanted = change("约90%", "≥95%", **FIRST)
    twice = TRACK(once, (wanted,), BY)
    assert reasons(twice) == []
    assert holds("a.docx", once, twice.content, wanted)
    assert texts_of(rejected(twice.content)) == ["约 90 %"]
    assert len(numbers_of(twice.content)) == len(set(numbers_of(twice.content)))


SIGNS = "甲乙9 0%≥(（，,&<\u3000元"
LOOKS = ("", "<w:b/>", '<w:sz w:val="21"/>')


def _paragraph(chance: random.Random) -> tuple[str, str]:
    """Runs at random, some wrapped or inserted or beside a deletion, and the text they show."""
    parts, shown = "", ""
    for _ in range(chance.randint(1, 5)):
        text = "".join(chance.choices(SIGNS, k=chance.randint(1, 6)))
        run = _run(escape(text), chance.choice(LOOKS))
        number = chance.randint(1, 90)
        gone = f"<w:r><w:delText>{escape(text)}</w:delText></w:r>"
        kind = chance.randrange(6)
        parts += {
            0: f'<w:ins w:id="{number}"{THEIRS}>{run}</w:ins>',
            1: f'<w:del w:id="{number}"{THEIRS}>{gone}</w:del>{run}',
            2: f"<w:hyperlink>{run}</w:hyperlink>",
            3: _control("", run),
        }.get(kind, run)
        shown += text
    return parts, shown


def _edited(text: str, chance: random.Random) -> str:
    signs = list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(signs) + 1)
        signs[at : at + chance.randint(0, 2)] = chance.choices(SIGNS, k=chance.randint(0, 2))
    return "".join(signs)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_changes_accepting_makes_it_and_rejecting_undoes_it(seed):
    chance = random.Random(seed)
    old = new = parts = ""
    while not old or old == new:
        parts, shown = _paragraph(chance)
        old, new = shown.strip(), _edited(shown, chance).strip()
    content = docx_around(_table(_cell(f"<w:p>{parts}</w:p>") + _words("右")))
    wanted = change(old, new, safe=False, **FIRST)
    patched = TRACK(content, (wanted,), BY)
    assert reasons(patched) == []
    assert holds("a.docx", content, patched.content, wanted)
    assert texts_of(accepted(patched.content))[0].strip() == new
    _stands_the_test(content, patched.content)
