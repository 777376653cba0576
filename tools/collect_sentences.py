"""The Chinese sentences of the sources that reach a page without being wrapped, with their blanks.

`f"尚有 {facts.errors} 项错误未处理"` is collected as `尚有 {errors} 项错误未处理`: the catalogue
gives its English, and `jixiao.web.ui.sentences` recognises what was made of it. Chinese that no
reader of a page meets (patterns, words that rules look for, names of columns in the database) is
left out by where it stands, not by a list of words.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "src" / "jixiao"
HAN = re.compile(r"[\u3400-\u9fff]")

#: Modules whose every Chinese literal is shown, and those where only sentences in functions are.
_WHOLE = (
    "lifecycle/grading.py",
    "lifecycle/holidays.py",
    "lifecycle/machine.py",
    "lifecycle/rounds.py",
    "web/accounts/single_sign_on.py",
    "web/accounts/tokens.py",
    "web/agencies/services.py",
    "web/api/answers.py",
    "web/api/cursors.py",
    "web/api/idempotency.py",
    "web/api/identity.py",
    "web/api/pages.py",
    "web/api/problems.py",
    "web/api/recorded_forms.py",
    "web/api/urls.py",
    "web/config/account_duties.py",
    "web/desk/*.py",
    "web/desk/views/*.py",
    "web/filings/boards.py",
    "web/filings/entries.py",
    "web/filings/jobs.py",
    "web/filings/list_file.py",
    "web/filings/similar.py",
    "web/filings/summing.py",
    "web/workflow/*.py",
    "audit/support/category_names.py",
    "audit/support/cost_words.py",
    "audit/support/figures.py",
    "audit/support/fund_lines.py",
    "audit/support/notation.py",
    "audit/support/sister_forms.py",
    "audit/support/unit_price_check.py",
    "audit/support/written_places.py",
    "audit/ledger.py",
)
_IN_FUNCTIONS = (
    "lifecycle/control.py",
    "audit/rules/**/*.py",
    "web/api/operations/*.py",
    "web/api/tags.py",
    "intake/**/*.py",
    "official/c*.py",
    "official/draw.py",
    "official/proof.py",
    "official/typeset/remarks.py",
    "official/workbook/annex_book.py",
    "foundation/errors.py",
)
_NOT = (
    "apps.py",
    "models.py",
    "workflow/controlled.py",
    "desk/examples.py",
    "desk/uploading.py",
    "intake/recognise/cutting.py",
    "workflow/event_words.py",
    "workflow/verifier.py",
    "desk/menu.py",
)
#: Calls whose arguments nobody reads on a page: wrapped words, patterns, reasons of the ledger.
_UNREAD_CALLS = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "_lazy", "pattern", "compile", "Query", "Path"}
    | {"not_applicable", "not_enough_data", "unreadable", "frozenset", "Router", "log", "split"}
    | {"partition", "rpartition", "startswith", "endswith", "removeprefix", "removesuffix", "Body"}
    | {"replace", "StandardsError", "strip", "File", "Form", "post", "put", "patch"}
    | {"delete", "api_operation", "find", "search", "sub", "match", "fullmatch", "count", "Header"}
)
#: Words of the API's description, which is a document of its own.
_UNREAD_KEYWORDS = frozenset(
    {"summary", "description", "tags", "dimension", "verbose_name", "verbose_name_plural"}
)
_WORDS = re.compile(r"[\u3400-\u9fff]{2,}")
#: Patterns, marks of pages, tables.
_NO_SENTENCE = re.compile(r"\(\?|\\d|<|\r\n|\{\d")


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence with the module it stands in."""
    for globs, whole in ((_WHOLE, True), (_IN_FUNCTIONS, False)):
        for path in sorted({path for one in globs for path in SOURCES.glob(one)}):
            name = path.relative_to(SOURCES).as_posix()
            if not name.endswith(_NOT):
                for text in _of(path, whole=whole):
                    yield name, text


def _of(path: Path, *, whole: bool) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set(_unread(tree))
    if not whole:
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
        }
    for node in ast.walk(tree):
        if id(node) in left_out or (not whole and id(node) not in inside):
            continue
        if isinstance(node, ast.JoinedStr):
            text = _template(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = _numbered(node.value)
        else:
            continue
        if _is_shown(text) and (whole or _is_sentence(text)):
            yield text


def _is_shown(text: str) -> bool:
    literal = re.sub(r"\{[^}]*\}", "", text)
    said = _WORDS.search(literal) or (HAN.search(literal) and text != literal)
    return bool(said) and not _NO_SENTENCE.search(text)


def _is_sentence(text: str) -> bool:
    """In rules and readers the words they look for stand beside what they say."""
    literal = re.sub(r"\{[^}]*\}", "", text)
    return text != literal or len(literal) > 7 or literal.endswith("。")


def _unread(tree: ast.Module) -> Iterator[int]:
    """Nodes nobody reads on a page: docstrings, parts of f-strings, patterns, keys, comparisons."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                yield id(first.value)
        elif isinstance(node, ast.JoinedStr):
            yield from (id(one) for one in node.values if isinstance(one, ast.Constant))
            for one in node.values:
                if isinstance(one, ast.FormattedValue) and one.format_spec is not None:
                    yield from (id(part) for part in ast.walk(one.format_spec))
        elif isinstance(node, ast.Call) and _name(node.func) in _UNREAD_CALLS:
            yield from (id(one) for argument in node.args for one in ast.walk(argument))
            yield from (id(one) for keyword in node.keywords for one in ast.walk(keyword))
        elif isinstance(node, ast.Call) and _name(node.func).endswith(("Field", "ForeignKey")):
            yield from (id(one) for one in node.args)
        elif isinstance(node, ast.keyword | ast.Assign) and _assigned(node) in _UNREAD_KEYWORDS:
            yield id(node.value)
        elif isinstance(node, ast.Dict):
            yield from (id(key) for key in node.keys if key is not None)
        elif isinstance(node, ast.Compare):
            yield from (id(one) for one in ast.walk(node))


def _assigned(node: ast.keyword | ast.Assign) -> str:
    return node.arg or "" if isinstance(node, ast.keyword) else _name(node.targets[0])


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _template(node: ast.JoinedStr) -> str:
    used: dict[str, int] = {}
    text = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        else:
            assert isinstance(part, ast.FormattedValue)
            text += "{" + _unlike(_blank(part.value), used) + "}"
    return text


def _unlike(name: str, used: dict[str, int]) -> str:
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}{used[name]}"


def _blank(value: ast.expr) -> str:
    """What a blank is called: after the name, attribute or function that fills it."""
    if isinstance(value, ast.Call):
        if isinstance(value.func, ast.Attribute) and value.func.attr in {"strip", "join"}:
            inner = value.func.value if value.func.attr == "strip" else value.args[0]
            return _blank(inner)
        return _name(value.func).strip("_") or "value"
    if isinstance(value, ast.Subscript):
        return _blank(value.value)
    return _name(value).strip("_").lower() or "value"


def _numbered(text: str) -> str:
    """`第 {} 页`, filled by `format`, as `第 {value} 页`."""
    used: dict[str, int] = {}
    return re.sub(r"\{\}", lambda _: "{" + _unlike("value", used) + "}", text)
