"""What operations refuse in the same words: nothing there, reasons against it, a name taken."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, transaction

from jixiao.web.api.problems import NOT_FOUND, ApiProblem

T = TypeVar("T")


def there(found: T | None, words: str = NOT_FOUND, **details: object) -> T:
    """What was found within reach. Raises ApiProblem 404 where nothing was."""
    if found is None:
        raise nothing(words, **details)
    return found


def nothing(words: str = NOT_FOUND, **details: object) -> ApiProblem:
    """That it is not there, or not within reach."""
    return ApiProblem(404, "not_found", words, details)


def refusal(
    reasons: Sequence[str], *, status: int = 409, code: str = "refused", **details: object
) -> ApiProblem:
    """All the reasons at once, in one sentence and one by one."""
    return ApiProblem(status, code, "；".join(reasons), {"reasons": list(reasons), **details})


@contextmanager
def unless_taken(words: str, **details: object) -> Iterator[None]:
    """Write what there may be only one of. Raises ApiProblem 409 where there is one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ApiProblem(409, "exists", words, details) from None
