"""The windows in which units hand in: those of the passes upward."""

from collections.abc import Iterable

from django.db.models import QuerySet

from jixiao.lifecycle.rounds import DOWNWARD
from jixiao.web.workflow.models import Window


def handing_in(paths: Iterable[str], stage: str) -> QuerySet[Window]:
    """Windows set for agencies at these paths; give the paths above them, too."""
    found = Window.objects.filter(agency__path__in=list(paths), stage=stage)
    return found.exclude(round__in=DOWNWARD)
