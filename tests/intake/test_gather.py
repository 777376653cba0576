"""From paths to files in memory."""

import os
import zipfile

import pytest

from jixiao.intake.archive import Limits
from jixiao.intake.gather import gather


def gathered(*paths, **limits):
    """Names relative to the first path's folder, with a code or the bytes."""
    root = f"{paths[0]}/"
    return [
        (item.name.removeprefix(root), item.problem.code if item.problem else item.content)
        for item in gather([str(path) for path in paths], Limits(**limits))
    ]


def the_problem(*paths, **limits):
    (item,) = gather([str(path) for path in paths], Limits(**limits))
    assert item.problem.file == item.name
    return item.problem


def test_missing_file_names_near_ones(tmp_path):
    (tmp_path / "绩效目标表.docx").touch()
    (tmp_path / "~$绩效目标表.docx").touch()
    problem = the_problem(tmp_path / "绩效目标.docx")
    assert problem.code == "INT013"
    assert problem.message.endswith("找不到这个文件或文件夹。是否指“绩效目标表.docx”？")


def test_missing_file_without_near_ones(tmp_path):
    assert the_problem(tmp_path / "无" / "表.docx").message.endswith(
        "找不到这个文件或文件夹，请检查路径。"
    )


def test_path_that_cannot_be_one():
    assert the_problem("a\x00b").code == "INT013"


def test_empty_path_is_not_the_current_folder():
    assert [item.problem.code for item in gather([""])] == ["INT013"]


def test_name_longer_than_any_file_system_takes(tmp_path):
    assert "文件名太长" in the_problem(tmp_path / f"{'长' * 100}.txt").message


def test_empty_folder(tmp_path):
    assert the_problem(tmp_path).code == "INT001"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path):
    path = tmp_path / "表.txt"
    path.write_bytes(b"a")
    path.chmod(0)
    assert the_problem(path).code == "INT013"


def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "管道")
    assert the_problem(tmp_path / "管道").code == "INT013"


def test_large_file_is_not_read(tmp_path):
    (tmp_path / "表.txt").write_bytes(b"abcd")
    assert the_problem(tmp_path / "表.txt", file_bytes=3).code == "INT007"


def test_link_to_nowhere_and_to_itself(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "无")
    (tmp_path / "b").symlink_to(tmp_path / "b")
    assert gathered(tmp_path) == [("a", "INT013"), ("b", "INT012")]


def test_loop_of_folders_is_told_once_and_read_once(tmp_path):
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "表.txt").write_bytes(b"a")
    (tmp_path / "子" / "上").symlink_to(tmp_path)
    assert gathered(tmp_path) == [("子/上", "INT012"), ("子/表.txt", b"a")]


def test_linked_folder_beside_is_no_loop(tmp_path):
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "表.txt").write_bytes(b"a")
    (tmp_path / "乙").symlink_to(tmp_path / "甲")
    assert gathered(tmp_path) == [("乙/表.txt", b"a"), ("甲/表.txt", b"a")]


def test_folder_in_natural_order_without_hidden_files(tmp_path):
    for name in ("附件10.txt", "附件2.txt", ".隐藏", "~$附件2.docx", "子/1.txt", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a")
    assert [name for name, _ in gathered(tmp_path)] == ["子/1.txt", "附件2.txt", "附件10.txt"]


def test_archive_in_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "附件.zip", "w") as archive:
        archive.writestr("目录/表.txt", b"a")
    assert gathered(tmp_path) == [("附件.zip/目录/表.txt", b"a")]


def test_one_bad_path_does_not_stop_the_others(tmp_path):
    (tmp_path / "表.txt").write_bytes(b"a")
    items = gathered(tmp_path, tmp_path / "无", tmp_path / "表.txt")
    assert items == [("表.txt", b"a"), ("无", "INT013"), ("表.txt", b"a")]


def test_files_are_read_only_when_asked_for(tmp_path):
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_bytes(b"a")
    items = gather([str(tmp_path)])
    next(items)
    (tmp_path / "2.txt").write_bytes(b"later")
    assert next(items).content == b"later"


def test_gbk_name_on_disk_is_shown_readably(tmp_path):
    path = tmp_path / os.fsdecode("绩效表.txt".encode("gbk"))
    try:
        path.write_bytes(b"a")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert gathered(tmp_path) == [("绩效表.txt", b"a")]
