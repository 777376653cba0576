"""REST for all of it: what a person can do at the desk a program can do, with the same services."""

import ast
import importlib
import inspect
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.urls import get_resolver

from jixiao.web.api.document import operations
from tests.web.permission_lines import addresses

TABLE = Path(__file__).with_name("twins.txt")
WEB = Path(__file__).parents[2] / "src" / "jixiao" / "web"
#: Operations for programs only: they have no page of their own.
BEYOND = {
    "audit_record_posted": "an audit without a filing",
    "list_webhooks": "addresses of programs",
    "add_webhook": "addresses of programs",
    "patch_webhook": "addresses of programs",
    "list_deliveries": "addresses of programs",
    "replay_delivery": "addresses of programs",
}
#: Services of the desk that no operation calls by this name, and why.
OTHERWISE = {
    "pass_on": "act_on_each, which it calls",
    "close_window": "change_window, which it calls",
    "change_password": "in person",
    "enrol_factor": "in person",
    "renew_codes": "in person",
    "signed_in": "a session",
    "signed_out": "a session",
    "locked_out": "a session",
    "write_event": "no service: what it is written with is one",
}


class Twin(NamedTuple):
    name: str
    method: str
    operations: tuple[str, ...]
    reason: str


def twins():
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            said, _, reason = line.partition("--")
            name, method, *named = said.split()
            found.append(Twin(name, method, tuple(named), reason.strip()))
    return found


def names():
    return {operation.view_func.__name__ for _, operation in operations()}


def test_every_address_of_the_desk_has_its_operations_or_a_reason():
    known = {one.name for one in twins()}
    pages = {"api-openapi", "api-docs", "api-not-found", "healthz", "readyz"}
    theirs = {f"api-{name}" for name in names()}
    asked = {name for name, _ in addresses()} - pages - theirs
    assert asked - known == set(), "no line in twins.txt"
    assert known - asked == set(), "twins.txt is about an address that is gone"


def test_every_line_says_something_true():
    for one in twins():
        assert bool(one.operations) is not bool(one.reason), one
        assert set(one.operations) <= names(), (one, set(one.operations) - names())


def test_every_operation_is_somebody_s_or_explained():
    used = {name for one in twins() for name in one.operations}
    assert names() - used - set(BEYOND) == set()
    assert used & set(BEYOND) == set()


def test_what_writes_is_a_twin_of_what_writes():
    """A page that is posted has an operation that is not merely read."""
    methods = {}
    for _, operation in operations():
        methods.setdefault(operation.view_func.__name__, set()).update(operation.methods)
    for one in twins():
        if one.method == "POST" and one.operations:
            assert any(methods[name] != {"GET"} for name in one.operations), one


def services(folder):
    """The functions of `workflow` that change something, by the modules that import them."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
                "jixiao.web.workflow"
            ):
                continue
            for alias in node.names:
                thing = thing_of(node.module, alias.name)
                if inspect.ismodule(thing):
                    found |= used_of(thing, alias.asname or alias.name, path)
                elif changes(thing):
                    found.setdefault(alias.name, path.name)
    return found


def thing_of(module, name):
    if find_spec(f"{module}.{name}") if module == "jixiao.web.workflow" else None:
        return importlib.import_module(f"{module}.{name}")
    return getattr(importlib.import_module(module), name)


def used_of(module, alias, path):
    """The services called through a module: `signing.change_password(…)`."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_of = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == alias
        if is_of and changes(getattr(module, node.attr, None)):
            found[node.attr] = path.name
    return found


def changes(thing):
    return inspect.isfunction(thing) and {"now", "at"} & set(inspect.signature(thing).parameters)


def test_programs_and_pages_call_the_same_services():
    desk, api = services(WEB / "desk"), services(WEB / "api")
    missing = {name: path for name, path in desk.items() if name not in api}
    assert set(missing) - set(OTHERWISE) == set(), missing
    assert {"act", "save_draft", "begin", "accept", "delegate", "start_export"} <= set(api)
    assert set(OTHERWISE) - set(desk) <= {"locked_out"}  # said by the lockout itself


def test_the_resolver_is_the_whole_system():
    assert {str(one.pattern) for one in get_resolver().url_patterns} == {
        "healthz", "readyz", "api/", "",
    }  # fmt: skip
