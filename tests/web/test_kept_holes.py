"""What is put into a kept part anew each time: tokens of forms, and values that are always fresh."""

import pytest
from django.template import Context, Template

from jixiao.web.accounts.models import User
from jixiao.web.kept import forget_all


def part(text):
    return Template("{% load kept %}" + text)


def test_a_fresh_value_is_that_of_now_and_escaped():
    told = part("{% kept a %}{{ a }}: {% fresh b %}.{% endkept %}")
    for b, shown in (("x", "x"), ("<i>", "&lt;i&gt;"), (None, "None"), (1000, "1000"), ("", "")):
        assert told.render(Context({"a": "y", "b": b})) == f"y: {shown}."
    filtered = part("{% kept a %}{% fresh b|upper %}{% endkept %}")
    assert [filtered.render(Context({"b": one})) for one in "xy"] == ["X", "Y"]


def test_the_token_of_a_form_is_never_kept():
    form = part("{% kept a %}<form>{% csrf_token %}{{ a }}</form>{% csrf_token %}{% endkept %}")
    for token in ("one", "two"):
        said = form.render(Context({"a": 1, "csrf_token": token}))
        assert said.count(f'value="{token}"') == 2
        assert "1</form>" in said
    assert form.render(Context({"a": 1})) == "<form>1</form>"
    assert 'value="three"' in form.render(Context({"a": 1, "csrf_token": "three"}))


def test_a_part_of_a_part_has_its_holes_too():
    inner = "{% kept %}{% fresh b %}{% csrf_token %}{% endkept %}"
    whole = part(f"{{% kept a %}}{inner}{{{{ a }}}}{{% endkept %}}")
    for b in ("x", "y"):
        said = whole.render(Context({"a": 1, "b": b, "csrf_token": b * 3}))
        assert said.startswith(b)
        assert said.endswith("1")
        assert f'value="{b * 3}"' in said


def test_outside_of_a_part_a_fresh_value_is_simply_said():
    assert part("{% fresh b %}").render(Context({"b": "<b>"})) == "&lt;b&gt;"


def test_the_same_part_is_rendered_once():
    calls = []
    told = part("{% kept a %}{{ say }}{% fresh b %}{% endkept %}")
    for b in ("x", "y"):
        told.render(Context({"a": 1, "b": b, "say": lambda: calls.append(1) or "s"}))
    assert len(calls) == 1
    forget_all()
    told.render(Context({"a": 1, "b": "z", "say": lambda: calls.append(1) or "s"}))
    assert len(calls) == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_says_its_own_address_and_person(signed_in, language):
    for name, other in (("taole", "zhuguan"), ("zhuguan", "taole")):
        browser = signed_in(name)
        browser.cookies["django_language"] = language
        for address in ("/filings?year=2022&state=draft", "/filings?year=2021"):
            page = browser.get(address).content.decode()
            escaped = address.replace("&", "&amp;")
            assert f'name="next" value="{escaped}"' in page
            header = page.partition("</header>")[0]
            assert User.objects.get(username=name).full_name in header
            assert User.objects.get(username=other).full_name not in header
