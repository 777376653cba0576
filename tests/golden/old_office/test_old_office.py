"""Old office files read as their twins in the new formats do, cell by cell and form by form."""

from pathlib import Path

import olefile
import pytest

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from tests.golden.old_office.twins import KEPT, contents, seed_document, seed_workbook
from tests.support.old_office import book_file, ciphered, converted
from tests.support.zoo import layouts
from tests.support.zoo_compare import compared, read_forms
from tests.support.zoo_formats import rendered

FOLDER = Path(__file__).parent
LARGEST = 60 * 1024
NEW = {"doc": ".docx", "xls": ".xlsx"}


def opened(name, content):
    return open_document(SourceFile(name=name, content=content))


def indicators(name, content):
    forms = read_file(SourceFile(name=name, content=content)).forms
    return [(form.header.project_name, len(form.indicators)) for form in forms]


@pytest.mark.parametrize("name", sorted(KEPT))
def test_kept_files_read_as_their_twins(name):
    content = (FOLDER / name).read_bytes()
    assert len(content) < LARGEST
    old, new = opened(name, content), opened("孪生" + NEW[name[-3:]], KEPT[name]())
    assert (old.problems, old.repairs) == ((), ())
    assert contents(old) == contents(new)


def test_numbers_are_shown_as_in_the_cells():
    (table,) = opened("格式.xls", (FOLDER / "formats.xls").read_bytes()).blocks
    shown = ["95%", "055", "2022/1/1", "2022年1月1日", "12,345.68", "98.5%", "12个", "7"]
    assert table.texts[0] == shown
    assert table.texts[1] == ["指标", *[""] * 7]


@pytest.mark.parametrize("name", ["表.doc", "表.wps", "表", "表.bak"])
def test_the_name_does_not_decide(name):
    document = opened(name, (FOLDER / "signs.doc").read_bytes())
    assert (document.problems, document.media_type) == ((), "application/msword")


def test_a_wrong_name_is_said_and_content_read():
    document = opened("表.docx", (FOLDER / "seed.xls").read_bytes())
    (problem,) = document.problems
    assert problem.code == "INT005"
    assert "旧版电子表格" in problem.message
    assert len(document.blocks) == 16


def test_all_indicators_of_the_sample_from_the_old_workbook():
    old = indicators("表.xls", (FOLDER / "seed.xls").read_bytes())
    assert len(old) == 16
    assert sum(count for _, count in old) == 140


def test_all_forms_of_the_sample_in_both_old_formats(tmp_path):
    for target, make in (("doc", seed_document), ("xls", seed_workbook)):
        folder = tmp_path / target
        folder.mkdir()
        new = make()
        (old,) = converted({f"seed{NEW[target]}": new}, target, folder).values()
        document = opened(f"表.{target}", old)
        assert document.problems == ()
        assert contents(document) == contents(opened(f"表{NEW[target]}", new))
        assert sum(count for _, count in indicators(f"表.{target}", old)) == 140


def test_libreoffice_opens_the_ciphered_workbook_that_tests_make(tmp_path):
    """So the cipher of the tests is Excel's, not merely our own turned round."""
    container = olefile.OleFileIO(FOLDER / "seed.xls")
    stream = container.openstream("Workbook").read()
    for second in (False, True):
        folder = tmp_path / str(second)
        folder.mkdir()
        closed = book_file(ciphered(stream, "VelvetSweatshop", second=second))
        (new,) = converted({"seed.xls": closed}, "xlsx", folder).values()
        assert contents(opened("表.xls", closed)) == contents(opened("表.xlsx", new))


@pytest.mark.parametrize(("form", "target"), [("docx", "doc"), ("xlsx", "xls"), ("numbers", "xls")])
def test_all_layouts_of_the_zoo(form, target, tmp_path):
    known = {layout.name: layout for layout in layouts() if form not in layout.without}
    new = {name + NEW[target]: rendered(layout, form)[1] for name, layout in known.items()}
    old = converted(new, target, tmp_path)
    assert set(old) == set(known)
    unlike = [
        name
        for name, content in old.items()
        if contents(opened(f"表.{target}", content))
        != contents(opened(f"表{NEW[target]}", new[name + NEW[target]]))
    ]
    assert unlike == []
    wrong = {
        name: [
            f
            for f in compared(known[name].forms, read_forms(f"附件.{target}", content))
            if not f.agrees
        ]
        for name, content in old.items()
        if form not in known[name].unread
    }
    assert {name: fields for name, fields in wrong.items() if fields} == {}
