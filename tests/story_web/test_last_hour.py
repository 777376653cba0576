"""The load of the last hour, small: that its tool works, and that nothing acknowledged is lost.

How long people wait is no matter of a test: `python -m benchmarks.web_load` says it.
"""

import pytest
from benchmarks.web_load import measured, show

pytestmark = pytest.mark.xdist_group("lost")
CLERKS = 5


def test_a_few_clerks_type_at_once_and_hand_in(
    own_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    met, wrong = measured(own_database, {}, CLERKS, 3, [0.5])
    windows = met["windows"]
    assert wrong == []
    assert [window["faults"] for window in windows.values()] == [[], [], []]
    assert all(clerk["typed"] and clerk["batches"] for clerk in met["clerks"])
    assert len(windows["handing in"]["seconds"]["submit"]) == CLERKS
    show("a small hour", met)
    assert "p99" in capsys.readouterr().out


def test_what_is_lost_is_found(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof itself: a text, a save and a step that were never acknowledged are missed."""
    from benchmarks import web_load

    said: list[list[str]] = []
    proved = web_load.proved

    def doubted(server, clerks):
        first = clerks[0]
        first["typed"]["indicators[0].name"] = "从来没有保存的内容"
        first["batches"].append("0-never")
        first["handed_in"] = 0
        said.append(proved(server, clerks))
        return said[0]

    monkeypatch.setattr(web_load, "proved", doubted)
    measured(own_database, {}, 1, 1, [0.3])
    (wrong,) = said
    assert len(wrong) == 3
    assert all(line.startswith("filing 1:") for line in wrong)
