"""Chinese is the source; English is complete, chosen by the switch, and stays chosen."""

import re
import string

import polib
import pytest
from tools.build_catalogue import CATALOGUE, missing, wanted

from jixiao.web.accounts.models import User

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_everything_wrapped_has_english():
    assert missing() == [], "run: python -m tools.build_catalogue, then translate what it names"


def test_the_compiled_catalogue_is_that_of_the_text():
    text = {one.msgid: one.msgstr for one in polib.pofile(str(CATALOGUE)) if one.msgstr}
    compiled = {one.msgid: one.msgstr for one in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    assert compiled == text


def names(text):
    return sorted(re.findall(r"%\((\w+)\)s", text)), sorted(
        name for _, name, _, _ in string.Formatter().parse(text.replace("%", "")) if name
    )


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(one, id=one.msgid[:20])
        for one in polib.pofile(str(CATALOGUE))
        if "%(" in one.msgid or "{" in one.msgid
    ],
)
def test_blanks_are_kept(entry):
    assert names(entry.msgid) == names(entry.msgstr)


def test_the_switch(client, county):
    assert "登录名" in client.get("/sign-in", headers={"accept-language": "en"}).content.decode()
    answer = client.post("/language", {"language": "en", "next": "/sign-in"})
    assert int(answer.cookies["django_language"]["max-age"]) > 300 * 86_400
    page = client.get("/sign-in").content.decode()
    assert '<html lang="en">' in page
    assert "Sign-in name" in page
    client.post("/language", {"language": "zh-hans", "next": "/sign-in"})
    assert "登录名" in client.get("/sign-in").content.decode()


@pytest.mark.parametrize(
    "path", ["/rights", "/roles", "/account", "/account/second-factor", "/password"]
)
def test_english_pages_hold_no_chinese_of_ours(signed_in, path):
    browser = signed_in("anquan")
    browser.post("/language", {"language": "en", "next": "/"})
    page = browser.get(path).content.decode()
    data = set(User.objects.values_list("full_name", flat=True)) | {"中文"}
    ours = [
        text for text in wanted() if HAN.search(text) and text not in data and f">{text}<" in page
    ]
    assert ours == []
