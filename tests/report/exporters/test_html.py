"""The page: well formed, whole, closed to the outside, and everything found is on it."""

import html
import re

import pytest
from lxml import etree

from jixiao.audit.finding import Outcome, Severity
from jixiao.report.form_table import form_table
from tests.report.bundles import (
    HOSTILE,
    a_duty,
    a_finding,
    audited,
    bundle_of,
    empty_bundle,
    only_problems,
    text_of,
    tiny_form,
)

VOID = re.compile(r"<(meta|col(?!g)|input)([^>]*)>")


def page(bundle):
    return text_of("html", bundle)


def tree(text):
    """The page as strict XML: what a lenient parser would mend is a mistake here."""
    closed = VOID.sub(r"<\1\2/>", text.partition("\n")[2])
    closed = re.sub(r" (checked|hidden)(?=[ >/])", r' \1="\1"', closed)
    style = closed.index("<style>"), closed.index("</style>")
    return etree.fromstring(closed[: style[0]] + closed[style[1] + len("</style>") :])


BUNDLES = [
    empty_bundle(),
    only_problems(),
    bundle_of((a_finding(),)),
    bundle_of((a_finding(message=HOSTILE, quote=HOSTILE),), form=tiny_form(project=HOSTILE)),
    audited(tiny_form(), tiny_form(index=1, goal="")),
]


@pytest.mark.parametrize("bundle", BUNDLES)
def test_well_formed_with_unique_ids_and_links_that_lead_somewhere(bundle):
    root = tree(page(bundle))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in root.xpath("//a/@href")}
    if bundle.forms:
        assert targets - set(ids) == set()


@pytest.mark.parametrize("bundle", BUNDLES)
def test_nothing_comes_from_outside_and_nothing_runs(bundle):
    text = page(bundle)
    root = tree(text)
    assert root.xpath("//script | //link | //img | //iframe | //@style | //@src") == []
    assert [name for name in root.xpath("//@*") if name.attrname.startswith("on")] == []
    assert all(link.startswith("#") for link in root.xpath("//@href"))
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in html.unescape(text)


def test_hostile_content_is_text():
    text = page(
        bundle_of((a_finding(message=HOSTILE),), form=tiny_form(title=HOSTILE, goal=HOSTILE))
    )
    assert "<script" not in text
    assert text.count(html.escape(HOSTILE)) >= 3


def test_every_finding_is_told_in_full():
    bundle = audited(tiny_form(), tiny_form(index=1, project="另一项目", total=""))
    root = tree(page(bundle))
    told = root.xpath("//p[@class='message']/text()")
    assert len(bundle.report.findings) > 5
    assert sorted(told) == sorted(finding.message for finding in bundle.report.findings)
    for finding in bundle.report.findings:
        assert root.xpath(f"//h3[@id='rule-{finding.code}']")


def test_every_cell_of_the_form_is_on_the_page():
    form = tiny_form(department="055-某镇", period="1 年", others={"负责人": "（略）"})
    root = tree(page(bundle_of(form=form)))
    cells = ["".join(cell.itertext()) for cell in root.xpath("//table[@class='official']//td")]
    wanted = [
        cell.text
        for row in form_table(form).rows
        for cell in row
        if cell.role.value not in {"label", "heading"}
    ]
    assert cells == wanted
    assert "055-某镇" in cells


def test_number_in_the_cell_and_number_of_the_note_are_the_same():
    findings = (
        a_finding(),
        a_finding(path="narrative.goal", severity=Severity.WARNING),
        a_finding(path="header.start_date", severity=Severity.INFO),
    )
    root = tree(page(bundle_of(findings)))
    [cell] = root.xpath("//td[a[@id='c1-1']]")
    assert cell.text == "≧ >90%"
    assert "error" in cell.get("class")
    assert root.xpath("//a[@id='c1-1']/text()") == ["1"]
    assert root.xpath("//li[@id='n1-2']//a[@href='#c1-2']/text()") == ["2"]
    # The form does not show this field: the mark stands at the title.
    assert root.xpath("//caption//a[@id='c1-3']")


def test_a_cell_takes_the_colour_of_its_gravest_finding():
    findings = (a_finding(severity=Severity.INFO), a_finding(severity=Severity.WARNING))
    [cell] = tree(page(bundle_of(findings))).xpath("//td[a[@id]]")
    assert cell.get("class").split()[-2:] == ["hit", "warning"]


def test_what_was_not_checked_is_told_with_its_reason():
    duties = (
        a_duty("VAL003", Outcome.NOT_ENOUGH_DATA, "没有历史值"),
        a_duty("VAL004", Outcome.NOT_APPLICABLE, "不是这类表"),
    )
    root = tree(page(bundle_of(duties=duties)))
    undone = "".join(root.xpath("//section[@aria-labelledby='undone']")[0].itertext())
    assert "没有历史值" in undone
    assert "不是这类表" in undone


def test_a_form_that_no_rule_could_check_is_not_praised():
    text = page(bundle_of())
    assert "本表未作校核" in text
    assert "没有发现问题。</p>" not in page(bundle_of()).partition("逐表校核")[2]


def test_problems_of_reading_are_told():
    assert "文件损坏，请重新保存。" in page(only_problems())


def test_bases_say_whether_they_were_verified():
    root = tree(page(bundle_of((a_finding(),))))
    note = "".join(root.xpath("//li[@id='n1-1']")[0].itertext())
    assert "财预〔2015〕88号 第13条未核实" in note


def test_only_documents_have_title_marks():
    root = tree(page(bundle_of((a_finding(),))))
    listed = ["".join(item.itertext()) for item in root.xpath("//ul[@class='sources']/li")]
    assert [text[:4] for text in listed] == ["《中央部", "本系统的"]
