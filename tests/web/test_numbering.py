"""The number of a filing: readable, stable, found by typing it or its end."""

import io
import zipfile

import pytest

from jixiao.web.filings.models import Filing
from jixiao.web.filings.numbering import Named, found_by, named_by, number_of
from tests.web.api import Program


@pytest.mark.parametrize(
    "text", ["", "号", "村委会", "2026年", "-5", "055001-0007", "2026--7", "七号", "1.5", "9" * 19]
)
def test_other_texts_are_no_number(text):
    assert named_by(text) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026-055001-0123", Named(key=123, year=2026, unit="055001")),
        (" ２０２６－055001－0123 ", Named(key=123, year=2026, unit="055001")),
        ("2026—055001—123号", Named(key=123, year=2026, unit="055001")),
        ("2026-640221-0103-9", Named(key=9, year=2026, unit="640221-0103")),
        ("0123", Named(key=123)),
        ("123 号", Named(key=123)),
    ],
)
def test_a_number_as_people_type_it(text, named):
    assert named_by(text) == named


def test_the_last_part_and_the_whole_find_it_and_a_wrong_whole_does_not(a_filing):
    first, second = a_filing(12), a_filing(13)
    everything = Filing.objects.all()
    assert number_of(first) == f"2022-055001-{first.pk:04d}"
    assert list(found_by(everything, number_of(second))) == [second]
    assert first in found_by(everything, f"{first.pk:04d}")
    assert not found_by(everything, f"2023-055001-{first.pk:04d}")
    assert not found_by(everything, f"2022-021001-{first.pk:04d}")
    assert not found_by(everything, "2022-055001-" + "9" * 18)


def test_digits_still_find_what_is_written(a_filing):
    one = a_filing(12)
    assert one in found_by(Filing.objects.all(), "2022")


def test_what_is_out_of_reach_is_not_found_by_its_number(a_filing, signed_in):
    one = a_filing(12)
    number = number_of(one)
    assert (
        one.project_name not in signed_in("nongji").get("/filings", {"q": number}).content.decode()
    )
    assert one.project_name in signed_in("taole").get("/filings", {"q": number}).content.decode()
    assert Program("nongji").get("/search", q=number)["filings"] == []
    assert Program("taole").get("/search", q=number)["filings"][0]["reference"] == number


def test_pages_show_it_and_say_who_can_act_now(a_filing, signed_in):
    one = a_filing(12)
    browser, number = signed_in("taole"), number_of(one)
    page = browser.get(f"/filings/{one.pk}").content.decode()
    assert number in page
    assert f'href="/rights/filings/{one.pk}"' in page
    for address in (f"/rights/filings/{one.pk}", f"/filings/{one.pk}/review"):
        assert number in browser.get(address).content.decode()


def test_the_rights_page_and_the_log_take_the_whole_number(a_filing, signed_in):
    one = a_filing(12)
    moved = signed_in("anquan").get("/rights", {"filing": number_of(one)})
    assert moved["Location"] == f"/rights/filings/{one.pk}"
    log = signed_in("rizhi")
    told = [
        log.get("/log", {"filing": number}).content.decode().count("新建申报")
        for number in (number_of(one), f"2022-x-{one.pk}")
    ]
    assert told[0] == told[1] + 1  # the other is the matter to choose by


def test_programs_and_files_have_it(a_filing, signed_in):
    one = a_filing(12)
    number = number_of(one)
    assert Program("taole").get(f"/filings/{one.pk}")["reference"] == number
    assert Program("taole").get("/filings", q=number)["items"][0]["id"] == one.pk
    text = b"".join(signed_in("taole").get("/exports/list.csv").streaming_content).decode()
    assert text.splitlines()[1].endswith(f",{number}")
    made = b"".join(signed_in("taole").get("/exports/list.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert number.encode() in b"".join(book.read(name) for name in book.namelist())
