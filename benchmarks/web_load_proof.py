"""What the database must hold after the last hour: everything acknowledged, once, in a whole chain."""

import json
from collections import Counter
from typing import Any

from tests.story_web.server import Server

from jixiao.form.codec import decode

_DRAFT = "draft"


def proved(server: Server, clerks: list[dict[str, Any]]) -> list[str]:
    """One sentence for each thing that is not as it was acknowledged; none is the proof."""
    texts = dict(server.rows("SELECT filing_id, form FROM filings_revision WHERE number = 1"))
    states = dict(server.rows("SELECT id, state FROM filings_filing"))
    saves, submits = _events(server)
    wrong: list[str] = []
    for clerk in clerks:
        filing = clerk["filing"]
        wrong += [
            f"filing {filing}: {path} should be {text}"
            for path, text in clerk["typed"].items()
            if _name_at(texts[filing], path) != text
        ]
        known = saves[filing]
        wrong += [
            f"filing {filing}: save {batch} is in the log {known[batch]} times"
            for batch in clerk["batches"]
            if known[batch] != 1
        ]
        if clerk["handed_in"] != 1 or submits[filing] != 1 or states[filing] == _DRAFT:
            wrong.append(f"filing {filing}: handed in {submits[filing]} times, {states[filing]}")
    wrong += _sums(server)
    checked = server.jixiao("verify-log")
    if checked.returncode:
        wrong.append(f"the log does not hold: {checked.stdout}{checked.stderr}")
    return wrong


def _sums(server: Server) -> list[str]:
    """The sums of the county, kept by everybody at once, against those of its filings."""
    counted = "state, {}, sum({}), sum(errors), sum(warnings)"
    filings = counted.format("count(*)", "indicator_count")
    places = counted.format("sum(filings)", "indicators")
    real = server.rows(f"SELECT {filings} FROM filings_filing GROUP BY state ORDER BY state")
    kept = server.rows(
        f"SELECT {places} FROM filings_subtotal WHERE length(place_path) = 5 "
        "GROUP BY state HAVING sum(filings) <> 0 ORDER BY state"
    )
    same = [tuple(row) for row in real] == [tuple(row) for row in kept]
    return [] if same else [f"the county's sums are {kept}, those of its filings {real}"]


def _name_at(text: str, path: str) -> str:
    """The name of a row, read from the document as it is stored."""
    row = int(path.partition("[")[2].partition("]")[0])
    return decode(text).indicators[row].name.raw


def _events(server: Server) -> tuple[dict[int, Counter[str]], Counter[int]]:
    """Of each filing: how often each batch was saved, and how often it was handed in."""
    saves: dict[int, Counter[str]] = {}
    submits: Counter[int] = Counter()
    for filing, code, payload in server.rows(
        "SELECT filing_id, code, payload FROM workflow_event WHERE filing_id IS NOT NULL"
    ):
        batches = saves.setdefault(filing, Counter())
        if code == "filing.saved":
            batches[json.loads(payload)["batch"]] += 1
        elif code == "filing.submitted":
            submits[filing] += 1
    return saves, submits
