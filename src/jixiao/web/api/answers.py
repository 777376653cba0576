"""JSON in and out: Chinese as it is, decimals as strings, records as the contract writes them."""

from typing import Any

import msgspec
import orjson
from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.speaking import spoken

_JSON = "application/json; charset=utf-8"
_NUL = b"\\u0000"


def answer(data: object, status: int = 200) -> HttpResponse:
    """An answer made of plain values, rows of the database and records of ours."""
    return HttpResponse(rendered(spoken(data)), status=status, content_type=_JSON)


def rendered(data: object) -> bytes:
    """The bytes of an answer."""
    return orjson.dumps(data, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    return str(value)


class JsonRenderer(BaseRenderer):
    """For what ninja itself renders."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002  ninja's
        return rendered(data)


class JsonParser(Parser):
    """Bodies as JSON objects; what a database cannot keep is refused here."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = request.body
        if _NUL in body:
            raise ApiProblem(400, "bad_json", "内容里有不能保存的字符（U+0000）")
        try:
            read = orjson.loads(body)
        except orjson.JSONDecodeError as fault:
            raise ApiProblem(400, "bad_json", f"内容不是完整的 JSON：{fault}") from None
        if not isinstance(read, dict):
            raise ApiProblem(400, "bad_json", "内容应当是一个 JSON 对象")
        return read
