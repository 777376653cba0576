"""The catalogue: what contradicts between the files of official data is told, all at once."""

from datetime import date

import msgspec
import pytest

from jixiao.foundation.errors import StandardsError
from jixiao.standards import catalog, source, taxonomy
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Figure
from jixiao.standards.source import Article, Source, SourceKind

SOUND = Source(
    id="x", title="x", kind=SourceKind.NOTICE, verified=False, note="x", issuer="x",
    in_force_from=date(2020, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("mistakes", "changed"),
    [
        (["nothing that could be verified"], {"kind": SourceKind.PRACTICE, "verified": True}),
        (["who issued it?"], {"issuer": ""}),
        (["an article is verified"], {"articles": {"1": Article(note="x", verified=True)}}),
        (["ends before it begins"], {"in_force_to": date(2019, 1, 1)}),
        (["ends before it begins"], {"in_force_to": date(2021, 1, 1), "in_force_from": None}),
        (["who issued", "ends before"], {"issuer": "", "in_force_to": date(2019, 1, 1)}),
        ([], {}),
        ([], {"kind": SourceKind.FORM, "verified": True, "issuer": ""}),
    ],
)
def test_a_source_claims_no_more_than_was_read(mistakes: list[str], changed) -> None:
    found = catalog.source_mistakes(msgspec.structs.replace(SOUND, **changed))
    assert len(found) == len(mistakes)
    assert all(piece in fault for piece, fault in zip(mistakes, found, strict=True))


@pytest.mark.parametrize(
    ("mistakes", "changed"),
    [
        (["no source is called nix"], {"sources": ("nix",)}),
        (["no tree is called nix"], {"taxonomy": "nix"}),
        (["weights has no source"], {"origins": {"weights": "x"}, "figures": {}}),
        (
            ["speaks of weights"],
            {"origins": {}, "figures": {"weights": Figure(sources=("jixiao",), verified=False)}},
        ),
        (
            ["claims more"],
            {
                "origins": {"weights": "x"},
                "figures": {"weights": Figure(sources=("cn-mof-2021-101",), verified=True)},
            },
        ),
        ([], {}),
    ],
)
def test_a_profile_rests_on_what_exists(mistakes: list[str], changed) -> None:
    profile = msgspec.structs.replace(load_profile("nx_pingluo_2022"), **changed)
    found = catalog.profile_mistakes(profile, source.load())
    assert len(found) == len(mistakes)
    assert all(piece in fault for piece, fault in zip(mistakes, found, strict=True))


def test_a_tree_rests_on_known_sources() -> None:
    assert catalog.taxonomy_mistakes(taxonomy.load("cn_mof_2015"), {}) == [
        "taxonomy cn_mof_2015: no source is called cn-mof-2015-88"
    ]


def test_all_mistakes_are_raised_together(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.verify()
    monkeypatch.setattr(catalog, "mistakes", lambda: ["a: one", "b: two"])
    with pytest.raises(StandardsError, match="a: one\nb: two"):
        catalog.verify()
