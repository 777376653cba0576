"""The levels of this county: the journey the operator names (`JIXIAO_JOURNEY`)."""

from django.conf import settings

from jixiao.lifecycle.journey import Journey, journey_of
from jixiao.web.filings.models import Filing


def county_journey() -> Journey:
    """States, actions and levels as they hold here. Raises UnknownCode, StandardsError."""
    return journey_of(settings.JOURNEY)


def stranded() -> dict[str, int]:
    """States of filings that this journey does not know, with how many stand there."""
    known = {state.code for state in county_journey().stage.states}
    found: dict[str, int] = {}
    for state in Filing.objects.exclude(state__in=known).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
