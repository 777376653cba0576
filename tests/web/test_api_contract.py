"""The contract: the checked-in document is what runs, and what runs does as it says."""

import json
import os
from pathlib import Path

import jsonschema
import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig

from jixiao.web.api.description import described
from jixiao.web.api.document import openapi, openapi_text
from jixiao.web.api.management.commands.jixiao_openapi import DOCUMENT, PAGE
from jixiao.web.api.written_page import page
from jixiao.web.config.wsgi import application
from tests.web.api import Program

ROOT = Path(__file__).parents[2]
_MEND = "python manage.py jixiao_openapi"


def test_the_checked_in_document_is_the_one_that_runs():
    assert (ROOT / DOCUMENT).read_bytes() == openapi_text(), _MEND


def test_the_developer_page_is_fresh():
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), _MEND


def test_the_document_is_served(client, db):
    response = client.get("/api/openapi.json")
    assert response.content == openapi_text()
    assert response.json()["openapi"] == "3.1.0"


def test_another_program_takes_it_for_openapi():
    """Schemathesis holds the document against the schema of OpenAPI 3.1 itself."""
    schemathesis.openapi.from_dict(openapi(), config=_CONFIG).validate()


def test_every_reference_leads_somewhere():
    document = openapi()
    known = {
        f"#/components/{kind}/{name}"
        for kind, named in document["components"].items()
        for name in named
    }
    text = orjson.dumps(document).decode()
    asked = {part.split('"')[0] for part in text.split('"$ref":"')[1:]}
    assert asked <= known
    assert "x-record" not in text


def test_every_operation_says_what_it_is():
    names = []
    for path, methods in openapi()["paths"].items():
        for method, operation in methods.items():
            names.append(operation["operationId"])
            assert operation["summary"], (method, path)
            assert "description" in operation, (method, path)
            assert operation["x-scope"] in ("read", "write", "act", "admin")
            assert {"401", "404", "422"} <= set(operation["responses"])
    assert len(names) == len(set(names))


def test_the_page_needs_no_script(client, db):
    response = client.get("/api/docs")
    content = response.content.decode()
    assert response.status_code == 200
    assert "<script" not in content
    assert "style=" not in content
    assert "/api/v1/filings/{pk}/actions" in content
    assert content.count('class="api-example api-answered"') > 60
    for schema in ("FormRecord", "FilingDetail"):
        assert schema in content


def test_every_example_is_as_the_document_describes():
    """Requests and answers of the page; records are shown by their beginning only."""
    document = openapi()
    records: dict = {key: {} for key in ("FormRecord", "ReadRecord", "AuditRecord")}
    kept = {"components": {"schemas": {**document["components"]["schemas"], **records}}}
    shown = 0
    for group in described().groups:
        for one in group.operations:
            operation = document["paths"][one.path][one.method.lower()]
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body is not None:
                sent = one.example.partition("-d '")[2].removesuffix("'")
                jsonschema.validate(json.loads(sent), {**body["schema"], **kept})
            assert one.example.startswith("curl "), one
            assert "{" not in one.example.partition(" -H ")[0], one.example
            for status, answer in operation["responses"].items():
                content = answer.get("content", {}).get("application/json")
                if status < "300" and content is not None:
                    jsonschema.validate(json.loads(one.answered), {**content["schema"], **kept})
                    shown += 1
    assert shown > 60


load_all_checks()
# Bounded: so many drawn requests for each operation, a third of them wrong; under a minute in all.
_EXAMPLES = int(os.environ.get("API_EXAMPLES", "15"))
_CONFIG = SchemathesisConfig.from_dict({"base-url": "http://testserver"})
_SCHEMA = schemathesis.openapi.from_dict(openapi(), config=_CONFIG)
_CHECKS = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
]
_REFUSED = CHECKS.get_one("negative_data_rejection")
_OPERATIONS = [(one.ok().method, one.ok().path) for one in _SCHEMA.get_all_operations()]


@pytest.mark.parametrize(("method", "path"), _OPERATIONS)
def test_drawn_requests_are_answered_as_described(method, path, a_filing):
    a_filing(12)
    program = Program("taole" if "admin" not in _scope(path, method) else "xitong")
    operation = _SCHEMA[path][method.upper()]

    @_drawing(_EXAMPLES)
    @given(operation.as_strategy())
    def drawn(case):
        case.path_parameters = {
            name: 1 if name == "pk" and isinstance(value, int) and value % 2 else value
            for name, value in (case.path_parameters or {}).items()
        }
        _asked(case, path, program, _CHECKS)

    drawn()


@pytest.mark.parametrize(("method", "path"), _OPERATIONS)
def test_what_the_document_does_not_allow_is_refused(method, path, a_filing):
    a_filing(12)
    program = Program("taole" if "admin" not in _scope(path, method) else "xitong")
    operation = _SCHEMA[path][method.upper()]

    @_drawing(_EXAMPLES // 2)
    @given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def drawn(case):
        wrong = {where for where, one in case.meta.components.items() if one.mode.is_negative}
        # A header that says nothing sensible is passed over, as HTTP has it.
        checks = [*_CHECKS, _REFUSED] if wrong - {"header", "cookie"} else _CHECKS
        _asked(case, path, program, checks)

    drawn()


def _drawing(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


def _asked(case, path, program, checks):
    if "/tokens/" in path:  # not the token this very request is made with
        case.path_parameters = {"pk": program.token.pk + 1}
        checks = _CHECKS
    headers = {"Authorization": f"Bearer {program.text}"}
    response = case.call(app=application, headers=headers)
    assert response.status_code != 401
    case.validate_response(response, checks=checks)


def _scope(path, method):
    return openapi()["paths"][path][method.lower()]["x-scope"]
