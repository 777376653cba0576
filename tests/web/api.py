"""A program that calls the API for somebody of the sample county."""

from typing import Any

from django.test import Client
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.accounts.tokens import SCOPES, issue

V1 = "/api/v1"


class Program:
    """Calls with a token; every answer is checked to be JSON of one shape when it is an error."""

    def __init__(self, username: str, *scopes: str) -> None:
        user = User.objects.get(username=username)
        made = issue(user=user, name="测试", scopes=scopes or SCOPES, days=1, now=timezone.now())
        self.text, self.token = made.text, made.token
        self.client = Client(headers={"Authorization": f"Bearer {made.text}"})

    def get(self, path: str, status: int = 200, **asked: Any) -> Any:
        return self._checked(self.client.get(f"{V1}{path}", asked), status)

    def post(self, path: str, body: Any = None, status: int = 200, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        response = self.client.post(
            f"{V1}{path}", body or {}, content_type="application/json", headers=headers
        )
        return self._checked(response, status)

    def put(self, path: str, body: Any, status: int = 200) -> Any:
        response = self.client.put(f"{V1}{path}", body, content_type="application/json")
        return self._checked(response, status)

    def patch(self, path: str, body: Any, status: int = 200) -> Any:
        response = self.client.patch(f"{V1}{path}", body, content_type="application/json")
        return self._checked(response, status)

    def delete(self, path: str, status: int = 204) -> Any:
        return self._checked(self.client.delete(f"{V1}{path}"), status)

    def _checked(self, response: Any, status: int) -> Any:
        assert response.status_code == status, (response.status_code, response.content[:1000])
        if status == 204:
            return None
        answer = response.json()
        if status >= 400:
            assert set(answer) == {"code", "message", "details"}
        return answer
