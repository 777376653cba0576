"""The levels of this county: the journey the operator names (`JIXIAO_JOURNEY`)."""

from django.conf import settings
from django.db.models import Count

from jixiao.foundation.errors import ConfigurationError
from jixiao.lifecycle.journey import Journey, journey_of
from jixiao.web.filings.models import Filing


def county_journey() -> Journey:
    """States, actions and levels as they hold here. Raises UnknownCode, StandardsError."""
    return journey_of(settings.JOURNEY)


def refuse_strangers() -> None:
    """Nobody could act on a filing at a level that is gone. Raises ConfigurationError."""
    journey = county_journey()
    known = [state.code for state in journey.stage.states]
    strangers = Filing.objects.exclude(state__in=known).values_list("state")
    faults = tuple(
        f"流程“{journey.title}”没有 {state} 这一级，但还有 {count} 张表停在这一级："
        "请先用原来的流程办完，再换流程（JIXIAO_JOURNEY）"
        for state, count in strangers.annotate(count=Count("pk")).order_by("state")
    )
    if faults:
        raise ConfigurationError(faults)
