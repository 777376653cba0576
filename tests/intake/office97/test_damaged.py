"""Old files cut off, flipped and overwritten: always an answer, and never in silence when nothing
could be read.
"""

import random
from pathlib import Path

import pytest

from jixiao.intake import conversion
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.problem import CODES

FOLDER = Path(__file__).parents[2] / "golden" / "old_office"
FILES = {name: (FOLDER / name).read_bytes() for name in ("wide.doc", "signs.doc", "formats.xls")}
VARIANTS = 200


def cut(content, chance):
    return content[: chance.randrange(1, len(content))]


def flipped(content, chance):
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 40, 400))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def overwritten(content, chance):
    begin, length = chance.randrange(len(content)), chance.choice((4, 64, 512, 4096))
    filler = bytes([chance.choice((0, 1, 0x7F, 0xFF))])
    return (content[:begin] + filler * length + content[begin + length :])[: len(content)]


def head_changed(content, chance):
    """The tables that say where everything stands, and where loops are made."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 9))):
        changed[chance.randrange(8, 1536)] = chance.choice((0, 1, 255, chance.randrange(256)))
    return bytes(changed)


@pytest.mark.parametrize("damage", [cut, flipped, overwritten, head_changed])
@pytest.mark.parametrize("name", sorted(FILES))
def test_any_damage_gets_an_answer(name, damage, monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: None)
    chance = random.Random(f"{name} {damage.__name__}")
    for _ in range(VARIANTS):
        content = damage(FILES[name], chance)
        document = open_document(SourceFile(name=name, content=content))
        assert {problem.code for problem in document.problems} <= set(CODES)
        assert not document.unreadable or document.problems
        assert all(problem.message.endswith("。") for problem in document.problems)


def test_a_cut_off_file_is_never_read_in_silence():
    """What is cut off holds text or the directory; only blanks at the very end may be missing."""
    chance = random.Random(7)
    for name, content in FILES.items():
        for _ in range(50):
            short = content[: chance.randrange(600, len(content) - 1600)]
            document = open_document(SourceFile(name=name, content=short))
            assert {problem.code for problem in document.problems} == {"INT003"}
