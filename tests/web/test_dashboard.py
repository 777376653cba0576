"""The board: figures within reach, tables under charts, nothing inline, bounded queries."""

import hashlib
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.test_journey import accept_everything, step

VENDOR = Path("src/jixiao/web/ui/static/vendor")
BOARD_QUERIES = 12


def test_figures_are_those_within_reach(a_filing, person, signed_in):
    filing = a_filing(5)
    accept_everything(filing, person)
    other = a_filing()
    accept_everything(other, person)
    step(person, other, "taole", "submit")
    step(person, other, "zhenzhang", "return", opinion="请改")
    page = signed_in("jixiao").get("/board").content.decode()
    assert "平罗县陶乐镇人民政府" in page
    assert "<b>1</b>张表" in page  # the other draft was never handed in
    assert "<b>1</b>次退回" in page
    assert "<b>2</b>张表" in signed_in("taole").get("/board").content.decode()
    for stranger in ("nongji", "xitong"):
        page = signed_in(stranger).get("/board").content.decode()
        assert "<b>0</b>张表" in page
        assert "陶乐镇人民政府本级" not in page.split("</header>")[1]


def test_charts_have_tables_and_nothing_is_inline(a_filing, signed_in):
    a_filing(5)
    page = signed_in("taole").get("/board").content.decode()
    assert page.count("data-chart=") == 4
    assert page.count('<table class="list') == 4
    assert "style=" not in page
    assert "COS001" in page or "COS003" in page


def test_a_year_that_is_none_shows_the_newest(a_filing, signed_in):
    a_filing()
    for year in ("x", "1", "99999999999999999999"):
        assert "2022 年度申报进度" in signed_in("taole").get(f"/board?year={year}").content.decode()


def test_the_number_of_queries_is_bounded(a_filing, signed_in):
    browser = signed_in("taole")
    browser.get("/board")
    counts = []
    for number in (3, 4, 5, 6):
        a_filing(number)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/board")
        counts.append(len(asked))
    assert max(counts) <= BOARD_QUERIES, counts


def test_vendored_files_are_what_they_were():
    for sums in VENDOR.glob("*/SHA256SUMS"):
        lines = sums.read_text(encoding="utf-8").split("\n")
        names = set()
        for line in filter(None, lines):
            digest, name = line.split()
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest
            names.add(name)
        assert "LICENSE" in names
