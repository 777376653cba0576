"""A document many times as long says the same, form for form."""

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from tests.support.seed_forms import SAMPLE

TIMES = 20


def repairs_of(forms):
    return [[e.found for e in form.evidence if e.about.startswith("repair:")] for form in forms]


def test_repairs_stay_with_their_forms():
    content = SAMPLE.read_bytes()
    once = read_file(SourceFile(name="表.txt", content=content)).forms
    many = read_file(SourceFile(name="表.txt", content=content * TIMES)).forms
    assert sum(map(len, repairs_of(once))) >= 3
    assert repairs_of(once) * TIMES == repairs_of(many)
