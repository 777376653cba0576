"""Scopes: every operation asks for exactly one, and no other scope opens it."""

import pytest
from django.core.cache import cache

from jixiao.web.accounts.tokens import SCOPES
from jixiao.web.api.document import operations
from tests.web.api import Program

JSON = "application/json"
#: What changes something although it is asked with the scope of reading, and why.
READING = {
    "audit_record_posted": "keeps nothing",
    "foresee_many": "keeps nothing",
    "suggest_grade": "keeps nothing",
    "export_filings": "makes a file of what may be read",
    "verify_log": "reads the whole log",
}
OPERATIONS = [
    (path, method, operation)
    for path, operation in operations()
    for method in sorted(operation.methods)
]


def address(path):
    for part in ("{pk}", "{number}", "{sheet}", "{suppression}", "{delivery}"):
        path = path.replace(part, "1")
    for part, text in (("{code}", "a"), ("{username}", "a"), ("{day}", "2029-01-01")):
        path = path.replace(part, text)
    return f"/api/{path.replace('tokens/1', 'tokens/999999')}"


@pytest.mark.parametrize("scope", SCOPES)
def test_every_operation_with_every_single_scope(county, scope):
    cache.clear()
    program = Program("taole", scope)
    for path, method, operation in OPERATIONS:
        wanted = operation.auth_callbacks[0].scope
        response = program.client.generic(method, address(path), b"", content_type="")
        refused = response.status_code == 403 and response.json()["code"] == "scope"
        assert refused is (wanted != scope), (method, path, response.status_code)
        response.close()


def test_what_changes_something_asks_for_more_than_reading():
    for path, method, operation in OPERATIONS:
        name, scope = operation.view_func.__name__, operation.auth_callbacks[0].scope
        if method == "GET":
            assert scope == "read" or path.startswith(("v1/people", "v1/webhooks")), path
        elif name not in READING:
            assert scope in ("write", "act", "admin"), (method, path)
        else:
            assert scope == "read"


def test_both_ways_in_ask_for_the_same_scope():
    for path, _, operation in OPERATIONS:
        scopes = {callback.scope for callback in operation.auth_callbacks}
        assert len(scopes) == 1, path


def test_a_session_needs_the_token_of_its_page_to_write(signed_in, county):
    from django.test import Client

    from jixiao.web.accounts.models import User

    client = Client(enforce_csrf_checks=True)
    client.force_login(
        User.objects.get(username="taole"), "django.contrib.auth.backends.ModelBackend"
    )
    for path, method, _ in OPERATIONS:
        if method == "GET":
            continue
        response = client.generic(method, address(path), b"", content_type="")
        assert (response.status_code, response.json()["code"]) == (403, "csrf"), (method, path)


def test_a_token_of_an_account_switched_off_opens_nothing(county):
    program = Program("taole")
    program.token.user.is_active = False
    program.token.user.save(update_fields=["is_active"])
    program.get("/me", status=401)


def test_a_token_waits_for_a_new_password(county):
    program = Program("taole")
    program.token.user.must_change_password = True
    program.token.user.save(update_fields=["must_change_password"])
    assert program.get("/me", status=403)["code"] == "change_password"
