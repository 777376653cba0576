"""Saying something of a filing without a step; it stands among the opinions."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from jixiao.lifecycle.machine import Refused
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.contents import said
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.refusals import refusal
from jixiao.web.api.schemas.filings import OpinionRow
from jixiao.web.api.schemas.shared import Asked, Pk, Text
from jixiao.web.workflow.commenting import LONGEST, comment

router = Router(tags=["办理"])


class CommentAsked(Asked):
    """What somebody says."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]


@router.post(
    "/filings/{pk}/comments", auth=needs("write"), response={201: OpinionRow}, summary="留言"
)
def add_comment(request: HttpRequest, pk: Pk, asked: CommentAsked) -> HttpResponse:
    """不办理，只说明或询问；能查阅这张表的人都看得到，并通知轮到办理的人和参与过的人。

    同一个人连着说同样的话只记一次。
    """
    one = filing(request, pk)
    made = comment(actor=actor(request), filing_id=one.pk, text=asked.text, now=timezone.now())
    if isinstance(made, Refused):
        raise refusal(made.reasons, status=422)
    return answer(said(made), 201)
