"""Every address of the project, and who gets what there; every step, role and state.

A new address or operation without a line in `permissions.txt` fails here: whoever adds one says
who may use it.
"""

import pytest
from django.db import transaction
from django.test import Client

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.rights import may_change
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership
from jixiao.web.api.document import operations
from jixiao.web.filings.models import Filing
from tests.web.holders import HOLDERS, sees_in
from tests.web.permission_lines import addresses, lines
from tests.web.permission_things import own_storage, things  # noqa: F401  fixtures

LINES = lines()
STAGE = journey_of().stage


def browser(name):
    client = Client(raise_request_exception=False)
    if name is not None:
        user = User.objects.get(username=name)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def ask(client, line, named):
    address = line.address.format_map(named)
    sent = line.sent
    for name, value in named.items():
        sent = sent.replace(f"{{{name}}}", str(value))
    kind = "application/x-www-form-urlencoded"
    if sent.startswith("{"):
        kind = "application/json"
    if line.method == "GET":
        response = client.get(address)
    else:
        response = client.generic(line.method, address, sent.encode(), content_type=kind)
    response.close()
    return response.status_code


def test_every_address_has_a_line():
    known = {line.name for line in LINES}
    missing = [f"{name}  {route}" for name, route in addresses() if name not in known]
    assert not missing, "\n".join(["no line in permissions.txt for:", *missing])


def test_every_operation_has_a_line():
    known = {(line.method, line.name) for line in LINES}
    missing = [
        f"{method}  {path}"
        for path, operation in operations()
        for method in operation.methods
        if (method, f"api-{operation.view_func.__name__}") not in known
    ]
    assert not missing, "\n".join(["no line in permissions.txt for:", *missing])


def test_no_line_is_about_nothing():
    there = {name for name, _ in addresses()}
    there |= {f"api-{operation.view_func.__name__}" for _, operation in operations()}
    assert {line.name for line in LINES} <= there


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.name}")
def test_who_gets_what(line, things):  # noqa: F811  a fixture by its name
    got = {}
    for name in line.expected:
        with transaction.atomic():
            got[name] = ask(browser(name), line, things)
            transaction.set_rollback(True)
    assert got == line.expected


@pytest.mark.parametrize("state", [state.code for state in STAGE.states])
def test_every_role_and_step_in_every_state(state, a_filing, county):
    one = a_filing(12)
    Filing.objects.filter(pk=one.pk).update(state=state)
    every = sorted({action.code for action in STAGE.actions})
    for name, role in HOLDERS.items():
        client = browser(name)
        url = f"/api/v1/filings/{one.pk}"
        seen = client.get(url)
        sees = sees_in(state, role)
        assert seen.status_code == (200 if sees else 404), (name, state)
        may = {action.code for action in STAGE.actions_from(state) if role in action.roles}
        if sees:
            assert {action["code"] for action in seen.json()["actions"]} == may, (name, state)
            may_edit = may_change(STAGE, state=state, path="funding", roles=frozenset({role}))
            assert bool(seen.json()["editable"]) is may_edit
        for action in every:
            if action in may:
                continue
            answered = client.post(
                f"{url}/actions", {"action": action, "opinion": "x"},
                content_type="application/json",
            )  # fmt: skip
            assert answered.status_code == (409 if sees else 404), (name, state, action)
            assert Filing.objects.get(pk=one.pk).state == state
        operations_ = [{"path": "narrative.goal", "text": "甲"}]
        with transaction.atomic():
            saved = client.put(
                f"{url}/draft", {"lock_version": 0, "operations": operations_},
                content_type="application/json",
            )  # fmt: skip
            transaction.set_rollback(True)
        may_save = may_change(STAGE, state=state, path="indicators", roles=frozenset({role}))
        allowed = 200 if may_save else 403
        assert saved.status_code == (allowed if sees else 404), (name, state)


def test_a_role_that_ended_reaches_nothing(a_filing, county):
    one = a_filing(12)
    Membership.objects.filter(user__username="taole").update(ends_on="2021-06-01")
    assert browser("taole").get(f"/filings/{one.pk}").status_code == 404
    assert browser("taole").get(f"/api/v1/filings/{one.pk}").status_code == 404
