"""Bring the English catalogue up to date: collect what is wrapped, keep what is translated.

Run with `--check` it only says whether anything is missing. gettext need not be installed: the
strings of templates and modules are found by Django's own template reader and by `ast`, and the
words of the rooms below (roles, states, actions, events) by asking them.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.rights import PARTS
from jixiao.lifecycle.roles import KIND_LABELS, ROLES
from jixiao.standards import data_files

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "jixiao" / "web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
_CALLS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
_CALL = re.compile(r"""(?<![\w.])(?:_|gettext)\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def wanted() -> dict[str, str]:
    """Every string that is shown through a translation, with where it stands first."""
    found: dict[str, str] = {}
    for place, text in (*_of_templates(), *_of_modules(), *_of_rooms()):
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


def _of_rooms() -> Iterator[tuple[str, str]]:
    """Words that reach a page through a variable."""
    stages = [journey_of(name).stage for name in data_files.names("journeys")]
    for role in ROLES.values():
        yield from (("roles", role.label), ("roles", role.duty))
    yield from (("roles", label) for label in KIND_LABELS.values())
    yield from (("rights", label) for label in PARTS.values())
    yield from (("rights", f"修改{label}") for label in PARTS.values())
    for stage in stages:
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


def missing() -> list[str]:
    """What has no English yet."""
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    return [text for text in wanted() if not known.get(text)]


def build(more: dict[str, str]) -> None:
    """Write both files: strings no longer used go, new ones come with what `more` says."""
    known = {}
    if CATALOGUE.exists():
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    known |= more
    made = polib.POFile(wrapwidth=96)
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "en"}
    for text, place in sorted(wanted().items(), key=lambda pair: (pair[1], pair[0])):
        flags = ["python-format"] if "%(" in text else []
        made.append(
            polib.POEntry(msgid=text, msgstr=known.get(text, ""), comment=place, flags=flags)
        )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(CATALOGUE))
    made.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def main() -> int:
    if "--check" not in sys.argv:
        build({})
    lacking = missing()
    for text in lacking:
        print(f"没有英文：{text}")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
