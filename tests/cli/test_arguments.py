"""What argparse complains of, in Chinese: every sentence it has for a command line of ours."""

import pytest

from jixiao.cli.main import main

COMPLAINTS = {
    "no file": (("read",), "缺少参数：FILE"),
    "unknown format": (
        ("read", "a", "--format", "xml"),
        "不能是“xml”，可以写的有 json、jsonl、table",
    ),
    "near command": (("reed", "a"), "不能是“reed”，是否指 read？"),
    "no value": (("read", "a", "--format"), "参数 --format 后面要写一个值"),
    "unknown option": (("read", "a", "--colour"), "不认识的参数：--colour"),
    "short option": (
        ("audit", "a", "--s", "VAL"),
        "参数 --s 写得太短，可能是：--select, --suppressions",
    ),
    "value of a switch": (("audit", "a", "--preview=1"), "参数 --preview 后面不能写值：'1'"),
}


@pytest.mark.parametrize("case", COMPLAINTS.values(), ids=COMPLAINTS.keys())
def test_complaint_is_chinese(case, capsys):
    arguments, words = case
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    out, err = capsys.readouterr()
    assert (2, "", 1) == (left.value.code, out, err.count("\n"))
    assert words in err
    assert "--help" in err


def test_help_is_chinese(capsys):
    with pytest.raises(SystemExit) as left:
        main(["audit", "--help"])
    out = capsys.readouterr().out
    assert 0 == left.value.code
    assert out.startswith("用法：jixiao audit")
    assert not {"usage", "options", "positional", "show this"} & set(out.split())
