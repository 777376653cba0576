"""Bring the English catalogues up to date: collect what is shown, keep what is translated.

There are three: `django.po` for what is wrapped in templates and modules and for the words of
rooms, `sentences.po` for the sentences of the rooms below (see `collect_sentences`), `scripts.po`
for what the page's scripts say. Run with `--check` it only says whether anything is missing.
gettext need not be installed: the strings are found by Django's own template reader and by `ast`.
"""

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from jixiao.audit.rule import RULES
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.rights import PARTS
from jixiao.lifecycle.roles import KIND_LABELS, ROLES
from jixiao.standards import data_files
from tools.collect_sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "jixiao" / "web"
STATIC = WEB / "ui" / "static" / "ui"
ENGLISH = WEB / "locale" / "en" / "LC_MESSAGES"
CATALOGUE = ENGLISH / "django.po"
SCRIPT_WORDS = STATIC / "words-en.js"
#: The comment of entries that are kept by hand: sentences that are put together of parts.
BY_HAND = "put together of parts"
_CALLS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "_lazy"})
_CALL = re.compile(r"""(?<![\w.])(?:_|gettext)\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_SAID = re.compile(r"""(?<![\w.])say\(\s*("(?:[^"\\]|\\.)*")""")


def wanted() -> dict[str, str]:
    """Every string that is shown through a translation, with where it stands first."""
    return _first(_of_templates(), _of_modules(), _of_rooms())


def wanted_sentences() -> dict[str, str]:
    """Every sentence of the rooms below that is recognised on a page."""
    known = wanted()
    return {text: place for text, place in _first(sentences()).items() if text not in known}


def wanted_of_scripts() -> dict[str, str]:
    """Everything the scripts say."""
    return _first(_of_scripts())


CATALOGUES: dict[str, Callable[[], dict[str, str]]] = {
    "django": wanted,
    "sentences": wanted_sentences,
    "scripts": wanted_of_scripts,
}


def _first(*sources: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in sources:
        for place, text in source:
            if text.strip():
                found.setdefault(text, place)
    return found


def _of_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(WEB.rglob("templates/**/*.html")):
        for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"))):
            yield path.relative_to(WEB).as_posix(), ast.literal_eval(call[1])


def _of_modules() -> Iterator[tuple[str, str]]:
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path.relative_to(WEB).as_posix(), first.value


def _of_scripts() -> Iterator[tuple[str, str]]:
    for path in sorted(STATIC.rglob("*.js")):
        if path != SCRIPT_WORDS:
            for call in _SAID.finditer(path.read_text(encoding="utf-8")):
                yield path.relative_to(WEB).as_posix(), ast.literal_eval(call[1])


def _of_rooms() -> Iterator[tuple[str, str]]:
    """Words that reach a page through a variable."""
    for role in ROLES.values():
        yield from (("roles", role.label), ("roles", role.duty))
    yield from (("roles", label) for label in KIND_LABELS.values())
    yield from (("rights", label) for label in PARTS.values())
    yield from (("rights", f"修改{label}") for label in PARTS.values())
    for name in data_files.names("journeys"):
        stage = journey_of(name).stage
        yield ("journey", stage.label)
        yield from (("journey", state.label) for state in stage.states)
        yield from (("journey", action.label) for action in stage.actions)
    for module, name in (
        ("workflow/event_words", "EVENT_LABELS"),
        ("workflow/event_words", "PAYLOAD_LABELS"),
    ):
        yield from ((module, text) for text in _values_of(module, name))
    menu = ast.parse((WEB / "desk/menu.py").read_text(encoding="utf-8"))
    for node in ast.walk(menu):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Entry":
            yield "desk/menu", node.args[1].value  # type: ignore[attr-defined]
    for reason in ("序号不连续，有事件缺失", "与上一条不衔接", "内容被改动"):
        yield "workflow/chain", reason


def _values_of(module: str, name: str) -> Iterator[str]:
    tree = ast.parse((WEB / f"{module}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            yield from ast.literal_eval(node.value).values()


def entries(name: str) -> list[polib.POEntry]:
    """What a catalogue holds now."""
    path = ENGLISH / f"{name}.po"
    return list(polib.pofile(str(path))) if path.exists() else []


def missing() -> list[str]:
    """What has no English yet."""
    lacking = []
    for name, collected in CATALOGUES.items():
        known = {entry.msgid: entry.msgstr for entry in entries(name)}
        lacking += [text for text in collected() if not known.get(text)]
    return lacking


def build() -> None:
    """Write all files: strings no longer used go, new ones come without English."""
    for name, collected in CATALOGUES.items():
        _write(name, collected())
    (ENGLISH / "sentences.json").write_text(sentences_text(), encoding="utf-8")
    SCRIPT_WORDS.write_text(script_text(), encoding="utf-8")


def _write(name: str, collected: dict[str, str]) -> None:
    old = entries(name)
    known = {entry.msgid: entry.msgstr for entry in old}
    by_hand = {entry.msgid: BY_HAND for entry in old if entry.comment == BY_HAND}
    made = polib.POFile(wrapwidth=96)
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "en"}
    whole = by_hand | collected
    for text, place in sorted(whole.items(), key=lambda pair: (pair[1], pair[0])):
        flags = ["python-format"] if "%(" in text else []
        made.append(
            polib.POEntry(msgid=text, msgstr=known.get(text, ""), comment=place, flags=flags)
        )
    made.save(str(ENGLISH / f"{name}.po"))
    if name == "django":
        made.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def sentences_text() -> str:
    """What pages recognise: sentences, the words of rooms and what is wrapped, titles of rules."""
    pairs = {rule.title: rule.page.splitlines()[1].strip() for rule in RULES}
    pairs |= {one.msgid: one.msgstr for one in entries("django") if "%(" not in one.msgid}
    pairs |= {one.msgid: one.msgstr for one in entries("sentences")}
    known = {text: english for text, english in sorted(pairs.items()) if english}
    return json.dumps(known, ensure_ascii=False, indent=0) + "\n"


def script_text() -> str:
    """What scripts say in English, as a script: the page's policy allows none within a page."""
    pairs = {one.msgid: one.msgstr for one in entries("scripts") if one.msgstr}
    words = json.dumps(dict(sorted(pairs.items())), ensure_ascii=False, indent=2)
    made_by = "// Made by tools/build_catalogue.py from locale/en/LC_MESSAGES/scripts.po."
    return f"{made_by}\nwindow.jixiaoWords = {words};\n"


def main() -> int:
    if "--check" not in sys.argv:
        build()
    lacking = missing()
    for text in lacking:
        print(f"没有英文：{text}")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
