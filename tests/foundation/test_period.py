"""Years with their roles, spans of days, lengths of projects."""

from datetime import date

import pytest

from jixiao.foundation.period import YearRole, read_period_years, read_span, years_in

YEARS = (
    ("12022年", []),
    ("2.2022", []),
    ("宁政办〔2021〕101号", [(2021, YearRole.DOCUMENT_NUMBER)]),
    ("财预[2015]88号", [(2015, YearRole.DOCUMENT_NUMBER)]),
    ("2015年第3号", [(2015, YearRole.DOCUMENT_NUMBER)]),
    ("2000人", [(2000, YearRole.BARE)]),
    ("（2022 年度）", [(2022, YearRole.PLAIN)]),
    ("２０２２年", [(2022, YearRole.PLAIN)]),
    ("2 0 2 2年度", [(2022, YearRole.PLAIN)]),
    ("2022-12-31", [(2022, YearRole.PLAIN)]),
    ("2021-2023年", [(2021, YearRole.RANGE_START), (2023, YearRole.RANGE_END)]),
    ("2020年1月至2022年3月", [(2020, YearRole.RANGE_START), (2022, YearRole.RANGE_END)]),
)
SPANS = (
    ("2022年2月30日", None, None, None),
    ("2023年2月29日前", None, None, None),
    ("13月底前", 2022, None, None),
    ("6月底前", None, None, None),
    ("6月底前", 2022, None, date(2022, 6, 30)),
    ("3月-11月", 2022, date(2022, 3, 1), date(2022, 11, 30)),
    ("2024年2月底前", None, None, date(2024, 2, 29)),
    ("2022年12月31日前", None, None, date(2022, 12, 31)),
    ("2022年1-12月", None, date(2022, 1, 1), date(2022, 12, 31)),
    ("2022年9月-2023年6月", None, date(2022, 9, 1), date(2023, 6, 30)),
    ("2022年12月1日-5日", None, date(2022, 12, 1), date(2022, 12, 5)),
    ("20220101-20221231", None, date(2022, 1, 1), date(2022, 12, 31)),
    ("二〇二二年十二月三十一日前", None, None, date(2022, 12, 31)),
    ("2022-2023学年", None, date(2022, 9, 1), date(2023, 8, 31)),
    ("2022年1月起", None, date(2022, 1, 1), None),
    ("次年3月", 2022, date(2023, 3, 1), date(2023, 3, 31)),
)
LENGTHS = (
    ("", None),
    ("长期", None),
    ("7个月", None),
    ("99 年", 99),
    ("1 年", 1),
    ("一年期", 1),
    ("三年", 3),
    ("36个月", 3),
    ("1年（2022年）", 1),
    ("2022年", 1),
    ("2021-2023年", 3),
    ("2021年1月-2023年12月", 3),
)


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_finds_years_and_what_they_do(text, expected):
    found = years_in(text)
    assert [(mention.year, mention.role) for mention in found] == expected


def test_a_year_knows_its_place():
    (mention,) = years_in("在２０２２年内")
    assert (mention.start, mention.end) == (1, 5)


@pytest.mark.parametrize(("text", "year", "earliest", "latest"), SPANS)
def test_reads_spans(text, year, earliest, latest):
    span = read_span(text, year)
    assert (span.earliest, span.latest) == (earliest, latest)


@pytest.mark.parametrize("text", ["2022年2月30日", "2023年2月29日前", "13月底前", "2022年6月前"])
def test_doubts_what_cannot_be_a_date(text):
    assert read_span(text).doubtful


def test_finds_no_span_in_words():
    assert read_span("按时完成") is None


@pytest.mark.parametrize(("text", "years"), LENGTHS)
def test_reads_the_length_of_a_project(text, years):
    assert read_period_years(text) == years
