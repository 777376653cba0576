"""The sample in the other shapes plain text takes on its way through other programs.

Where the cells can still be told apart everything is read; where blanks and tabs were lost, the
forms, their heads and nearly all rows are, and nothing is read that does not stand there.
"""

import re
from importlib.resources import files

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.report.records import form_record

TEXT = files("jixiao").joinpath("sample/taole-2022.txt").read_text(encoding="utf-8")
LINES = TEXT.split("\n")

WHOLE = {
    "pipes": "\n".join(line.replace("\t", " | ") for line in LINES).encode(),
    "outer pipes": "\n".join(
        f"|{line.replace(chr(9), '|')}|" if "\t" in line else line for line in LINES
    ).encode(),
    "gb18030": TEXT.encode("gb18030"),
    "utf-16": TEXT.encode("utf-16"),
    "windows": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
}
#: The shape, and how many of the 140 rows are read as in the original.
LOSSY = {
    "one cell a line": ("\n".join(c for line in LINES for c in line.split("\t") if c.strip()), 138),
    "wide gaps": ("\n".join(re.sub("\t+", "  ", line).strip() for line in LINES), 139),
    "single blanks": ("\n".join(re.sub("\t+", " ", line).strip() for line in LINES), 138),
    "run together": ("\n".join(line.replace("\t", "") for line in LINES), 70),
}


def forms_of(content):
    result = read_file(SourceFile(name="表.txt", content=content))
    return [form_record(form) for form in result.forms]


def bare(text):
    return None if text is None else re.sub(r"\s", "", text)


def rows_of(form):
    return [(row.level2, bare(row.name), bare(row.target.raw)) for row in form.indicators]


def head_of(form):
    return (
        form.project.name,
        form.budget_year,
        form.funding.total,
        form.supervising_department.name,
        bare(form.goal),
    )


ORIGINAL = forms_of(TEXT.encode())


@pytest.mark.parametrize("shape", WHOLE)
def test_read_whole(shape):
    forms = forms_of(WHOLE[shape])
    assert list(map(head_of, ORIGINAL)) == list(map(head_of, forms))
    assert list(map(rows_of, ORIGINAL)) == list(map(rows_of, forms))


@pytest.mark.parametrize("shape", LOSSY)
def test_read_as_far_as_it_can_be_cut(shape):
    text, least = LOSSY[shape]
    forms = forms_of(text.encode())
    assert [head_of(form)[:4] for form in ORIGINAL] == [head_of(form)[:4] for form in forms]
    pairs = zip(ORIGINAL, forms, strict=True)
    assert least <= sum(len(set(rows_of(one)) & set(rows_of(other))) for one, other in pairs)


@pytest.mark.parametrize("shape", LOSSY)
def test_nothing_is_invented(shape):
    text, _ = LOSSY[shape]
    whole = bare(text)
    for form in forms_of(text.encode()):
        for _, name, value in rows_of(form):
            assert name in whole
            assert value in whole
