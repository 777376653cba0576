"""Sums of places while several people write and fold at once: they stay those of a recount."""

import subprocess
import sys

from tests.story_web.server import Server

#: Every writer has changes of its own; all of them fold nearly every time, and begin together.
_AT_ONCE = """
import threading
from decimal import Decimal
import django
django.setup()
from django.db import connection, transaction
from django.db.models import Sum
from jixiao.web.agencies.models import Agency
from jixiao.web.filings import subtotals
from jixiao.web.filings.counting import recount_sums
from jixiao.web.filings.models import Subtotal
from jixiao.web.filings.subtotals import GROUPS, SUMS, add_changes, fold

WRITERS, ROUNDS = 4, 15
KIND = ("place_path", "budget_year", *GROUPS)
ONE = dict.fromkeys(SUMS, 1) | {"total": Decimal("12.34")}
subtotals._FOLDED_EVERY = 2
gate, faults = threading.Barrier(WRITERS), []

def sums():
    rows = Subtotal.objects.order_by().values(*KIND)
    rows = rows.annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    found = {tuple(row[name] for name in KIND): tuple(row[f"sum_{name}"] for name in SUMS)
             for row in rows}
    return {kind: amounts for kind, amounts in found.items() if any(amounts)}

def write(path):
    try:
        gate.wait()
        for number in range(ROUNDS):
            group = ("draft", False, "", ("a", "b")[number % 2])
            amounts = tuple(ONE.values())
            with transaction.atomic():
                add_changes(path, 2031, {group: amounts})
            if number % 5 == 4:  # what was added is taken away again
                with transaction.atomic():
                    add_changes(path, 2031, {group: tuple(-one for one in amounts)})
            with transaction.atomic():
                fold()
    except Exception as error:
        faults.append(error)
    finally:
        connection.close()

recount_sums()
before = sums()
path = max(Agency.objects.values_list("path", flat=True), key=len)
threads = [threading.Thread(target=write, args=(path,)) for _ in range(WRITERS)]
for one in threads:
    one.start()
for one in threads:
    one.join()
assert not faults, faults
places = [path[:end] for end in range(subtotals.STEP, len(path) + 1, subtotals.STEP)]
left = {"a": 6, "b": 6}  # of 8 and 7 rounds, without the 2 and 1 taken away again
wanted = {
    (place, 2031, "draft", False, "", name): tuple(one * left[name] * WRITERS
                                                  for one in ONE.values())
    for place in places for name in left
}
assert sums() == before | wanted, "some change is lost or told twice"
with transaction.atomic():
    fold()
assert sums() == before | wanted, "folding changes a sum"
assert not Subtotal.objects.filter(is_change=True).exists()
recount_sums()
assert sums() == before, "a recount does not forget what no filing stands for"
"""


def test_who_folds_at_once_loses_nothing_and_tells_nothing_twice(own_server: Server) -> None:
    own_server.stop()
    done = subprocess.run(
        [sys.executable, "-c", _AT_ONCE],
        env=own_server.environment
        | {"DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.embedded"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
