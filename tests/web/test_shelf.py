"""What was worked out for one process is there for the next, and never in the way."""

import os
import re
import time
from datetime import date

import pytest
from django.utils.safestring import SafeString

from jixiao.form.codec import decode
from jixiao.web import shelf
from jixiao.web.desk.marked import Marked
from jixiao.web.filings.content import on_show
from jixiao.web.filings.models import Revision
from jixiao.web.kept import forget_all

NOBODY = "nobody works it out again"


def refuse():
    raise AssertionError(NOBODY)


@pytest.fixture
def folder(settings, tmp_path):
    settings.SHELF = tmp_path / "shelf"
    return settings.SHELF


def files(folder):
    return [one for one in folder.rglob("*") if one.is_file()]


def test_an_answer_lies_there_for_the_next_one_who_asks(folder):
    lines = shelf.texts("lines", SafeString)
    assert lines.of(("a", 1), lambda: SafeString("<b>甲</b>")) == "<b>甲</b>"
    found = lines.of(("a", 1), refuse)
    assert found == "<b>甲</b>"
    assert type(found) is SafeString  # not escaped a second time


@pytest.mark.parametrize("text", [None, "", "+", "-"])
def test_nothing_is_not_an_empty_text(folder, text):
    lines = shelf.texts("lines", str)
    lines.of("question", lambda: text)
    assert lines.of("question", refuse) == text


def test_other_questions_and_other_kinds_have_answers_of_their_own(folder):
    lines, tables = shelf.texts("lines", str), shelf.texts("tables", str)
    assert lines.of("a", lambda: "1") == "1"
    assert lines.of("b", lambda: "2") == "2"
    assert tables.of("a", lambda: "3") == "3"
    assert len(files(folder)) == 3


def test_a_value_keeps_its_types(folder):
    known = Marked(grave=SafeString("<li>"), light=SafeString(""), count=1, first=1, grave_count=1)
    marks = shelf.values("marked", Marked)
    marks.of("q", lambda: known)
    found = marks.of("q", refuse)
    assert found == known
    assert type(found.grave) is SafeString


@pytest.mark.parametrize("content", [b"", b"nonsense", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_broken_file_is_worked_out_anew(folder, content):
    marks = shelf.values("numbers", list[int])
    marks.of("q", lambda: [1])
    (file,) = files(folder)
    file.write_bytes(content)
    assert marks.of("q", lambda: [2]) == [2]
    assert marks.of("q", refuse) == [2]


def test_where_nothing_can_be_kept_the_answer_is_there_all_the_same(folder):
    folder.write_text("a file where the folder should be")
    assert shelf.texts("lines", str).of("q", lambda: "1") == "1"


def test_without_a_shelf_everything_is_worked_out(settings):
    settings.SHELF = None
    assert shelf.texts("lines", str).of("q", lambda: "1") == "1"
    assert shelf.texts("lines", str).of("q", lambda: "2") == "2"
    assert shelf.clear_out(time.time()) == 0


def test_what_is_old_or_of_other_programs_is_taken_away(folder):
    lines = shelf.texts("lines", str)
    for word in ("old", "new"):
        lines.of(word, lambda: "1")
    old = files(folder)[0]
    os.utime(old, (1, 1))
    other = folder / "0123456789abcdef" / "ab"
    other.mkdir(parents=True)
    (other / "file").write_text("of another version")
    assert shelf.clear_out(time.time()) == 1
    assert len(files(folder)) == 1
    assert not other.exists()


def test_only_the_system_itself_may_read_it(folder):
    shelf.texts("lines", str).of("q", lambda: "1")
    (file,) = files(folder)
    assert file.parent.stat().st_mode & 0o077 == 0


def test_what_the_engine_said_comes_back_as_it_was(folder, a_filing):
    filing = a_filing()
    revision = Revision.objects.get(filing=filing, number=filing.number)
    form = decode(revision.form)
    asked = {
        "profile": filing.profile,
        "as_of": date(2026, 11, 22),
        "digest": revision.content_hash,
    }
    said = on_show(form, **asked)
    assert said.findings
    assert files(folder)
    forget_all()
    assert on_show(form, **asked) == said


def test_pages_of_another_process_say_the_same(folder, a_filing, signed_in):
    filing = a_filing()
    clerk, head = signed_in("taole"), signed_in("zhenzhang")
    for who in (clerk, head):
        first = who.get(f"/filings/{filing.pk}")
        forget_all()
        assert bodies(who.get(f"/filings/{filing.pk}")) == bodies(first)
    assert len(files(folder)) == 5  # the report, two tables, two lists of findings


def bodies(response):
    """A page without its token, which is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
