"""The board's figures: how the season stands, and what the audit says most."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec import Struct, to_builtins
from ninja import Query, Router

from jixiao.audit.rule import RULES
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.schemas.shared import Year
from jixiao.web.api.schemas.work import Board
from jixiao.web.filings.boards import EVENTS, branches, by_rule, by_unit, days
from jixiao.web.filings.summing import seen_years

router = Router(tags=["进度看板"])


@router.get("/board", auth=needs("read"), response=Board, summary="进度看板")
def get_board(
    request: HttpRequest,
    year: Annotated[Year | None, Query(description="预算年度；不写为最近的")] = None,
) -> HttpResponse:
    """各主管部门的进度、近三十天的提交退回批复、问题最多的规则和单位；只含本人范围内的。"""
    who, today = actor(request), timezone.localdate()
    years, _ = seen_years(who)
    chosen = year or (years or [today.year])[0]
    span, happened = days(who, chosen, today)
    return answer(
        {
            "year": chosen,
            "years": years,
            "departments": [_plain(one, filings=one.filings) for one in branches(who, chosen)],
            "days": [
                {
                    "day": day,
                    **{code.rpartition(".")[2]: happened[code][at] for code in EVENTS},
                }
                for at, day in enumerate(span)
            ],
            "rules": [
                _plain(one)
                for one in by_rule(who, chosen, {rule.code: rule.title for rule in RULES})
            ],
            "units": [_plain(one) for one in by_unit(who, chosen)],
        }
    )


def _plain(one: Struct, **more: Any) -> dict[str, Any]:
    return {**to_builtins(one), **more}
