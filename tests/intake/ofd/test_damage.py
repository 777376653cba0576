"""Damaged files: cut, flipped and exchanged bytes, in the package and in its XML; never a fault."""

import random
import re

import pytest

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.problem import CODES as KNOWN
from tests.support.ofd_files import CODES, FILLED, ONE_PATH, Style, ofd_of
from tests.support.office_files import package
from tests.support.raw_ofd import ofd_parts, page_xml, text, two_by_two
from tests.support.seed_forms import seed_grids

WHOLE = ofd_of(seed_grids()[:1], Style(texts=CODES, rulings=ONE_PATH, in_template=True))
PAGE = page_xml(
    two_by_two()
    + text(20, 90, "说明", extra='CTM="1 0 0 1 0 0" ReadDirection="90" HScale="1"')
    + '<ofd:CompositeObject ID="7" Boundary="0 0 9 9" ResourceID="5"/>',
    '<ofd:Template TemplateID="6"/>'
    "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>",
)
PARTS = ofd_parts(
    [PAGE], {6: page_xml(two_by_two(20, 150))}, {5: two_by_two(20, 200)}, (210, 297), {}
)
VALUES = (
    "", "0", "-1", "1e308", "-1e308", "nan", "inf", "1e9999", "0 0", "0 0 0 0", "a b c d", "g g g",
    "g 9999999999999999999 1", "9" * 5000, "M", "C C C", "L 1 1", "B 1 1", "true", "false", "¤", "\\D800",
)  # fmt: skip


def survives(content: bytes) -> None:
    document = open_document(SourceFile(name="表.ofd", content=content))
    assert {problem.code for problem in document.problems} <= set(KNOWN)
    assert document.blocks or document.problems or not document.unreadable


@pytest.mark.parametrize("seed", range(60))
def test_cut_and_flipped_packages(seed):
    chance = random.Random(seed)
    raw = bytearray(WHOLE)
    for _ in range(chance.randint(1, 30)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    if seed % 2:
        del raw[chance.randrange(len(raw)) :]
    survives(bytes(raw))


@pytest.mark.parametrize("seed", range(120))
def test_strange_values(seed):
    """Attributes and numbers of every part take values nobody expects."""
    chance = random.Random(seed)
    parts = {name: strange(str(part), chance) for name, part in PARTS.items()}
    survives(package(parts))


def strange(part: str, chance: random.Random) -> str:
    def other(found: re.Match[str]) -> str:
        return f'="{chance.choice(VALUES)}"' if chance.random() < 0.15 else found[0]

    def drawn(found: re.Match[str]) -> str:
        return f">{chance.choice(VALUES)}<" if chance.random() < 0.15 else found[0]

    head, mark, rest = part.partition("2016")
    return head + mark + re.sub(r">[^<>]+<", drawn, re.sub(r'="[^"]*"', other, rest))


@pytest.mark.parametrize("seed", range(60))
def test_lost_and_exchanged_elements(seed):
    chance = random.Random(seed)
    parts = {}
    for name, part in PARTS.items():
        tags = re.split(r"(<[^>]+>)", str(part))
        for _ in range(chance.randint(0, 4)):
            one, other = chance.randrange(len(tags)), chance.randrange(len(tags))
            tags[one], tags[other] = tags[other], chance.choice((tags[one], ""))
        parts[name] = "".join(tags)
    survives(package(parts))


def test_a_whole_document_flipped_bit_by_bit_in_its_page():
    chance = random.Random(7)
    page = str(PARTS["Doc_0/Pages/Page_0/Content.xml"])
    for _ in range(150):
        at = chance.randrange(len(page))
        spoiled = page[:at] + chr(ord(page[at]) ^ (1 << chance.randrange(7))) + page[at + 1 :]
        survives(
            package(PARTS | {"Doc_0/Pages/Page_0/Content.xml": spoiled.encode("utf-8", "replace")})
        )


def test_filled_forms_cut_at_every_fiftieth_byte():
    whole = ofd_of(seed_grids()[:1], Style(rulings=FILLED))
    for end in range(0, len(whole), 50):
        survives(whole[:end])
