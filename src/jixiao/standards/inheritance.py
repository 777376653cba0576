"""Resolve a profile file and its parents into one `Profile`, remembering who decided what.

An entry of the child replaces the parent's entry as a whole; only `rules`, `lexicon` and
`figures` are laid over each other key by key. Nothing is deleted in silence: to take a demand
back, a child writes the shorter list, and the listing of effective values shows that it did.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from jixiao.form.indicator import Category
from jixiao.foundation.errors import StandardsError
from jixiao.foundation.tree import Node, Tree
from jixiao.foundation.typed import build
from jixiao.standards import data_files
from jixiao.standards import lexicon as words
from jixiao.standards.profile import Clue, Figure, Profile, RuleSetting


class Setting(Struct, frozen=True, kw_only=True):
    """A `rules` entry as a file writes it; parameters stay text until the rule's type asks."""

    enabled: bool | None = None
    severity: str | None = None
    params: Mapping[str, object] = {}


class ProfileFile(Struct, frozen=True, kw_only=True):
    """What one file of `data/profiles/` says; None means: as the parent says."""

    id: str
    title: str
    parent: str | None = None
    verified: bool = False
    sources: tuple[str, ...] = ()
    clue: Clue = Clue()
    in_force_from: date | None = None
    in_force_to: date | None = None
    taxonomy: str | None = None
    required: frozenset[Category] | None = None
    required_any: tuple[frozenset[Category], ...] | None = None
    required_numeric: frozenset[Category] | None = None
    required_fields: tuple[str, ...] | None = None
    optional_columns: tuple[str, ...] | None = None
    level1: Mapping[str, str] | None = None
    weights: Mapping[str, str] | None = None
    weight_total: str | None = None
    rules: Mapping[str, Setting] = {}
    lexicon: words.Words = words.Words()
    figures: Mapping[str, Figure] = {}


#: Entries that belong to one file and are never inherited.
_OWN = ("id", "title", "verified", "sources", "clue", "in_force_from", "in_force_to")
#: Entries that a child's file replaces as a whole where it states them.
_REPLACED = (
    "taxonomy",
    "required",
    "required_any",
    "required_numeric",
    "required_fields",
    "optional_columns",
    "level1",
    "weights",
    "weight_total",
)


@cache
def load_profile(profile_id: str) -> Profile:
    """The resolved profile; the same object each time."""
    return resolve(
        profile_id,
        lambda name: data_files.document(data_files.require(name, "profiles", "口径")),
        words.load(),
    )


def resolve(
    profile_id: str,
    read: Callable[[str], Tree],
    lexicon: words.Lexicon,
    below: tuple[str, ...] = (),
) -> Profile:
    """The same over any set of files, as tests and local rule sets need it."""
    if profile_id in below:
        raise StandardsError(f"profiles/{profile_id}.yml is its own ancestor")
    source = read(profile_id)
    file = build(ProfileFile, source.root, source.name)
    if file.id != profile_id:
        raise StandardsError(f"{source.name}: the id {file.id} is not the file's name")
    if file.parent is None:
        parent = Profile(id="", title="", chain=(), taxonomy="", lexicon=lexicon)
    else:
        parent = resolve(file.parent, read, lexicon, (*below, profile_id))
    return _laid_over(parent, file, source)


def _laid_over(parent: Profile, file: ProfileFile, source: Tree) -> Profile:
    stated = source.root if isinstance(source.root, dict) else {}
    own = {name: getattr(file, name) for name in _OWN}
    replaced = {
        name: getattr(parent if getattr(file, name) is None else file, name) for name in _REPLACED
    }
    return Profile(
        **own,
        **replaced,
        chain=(*parent.chain, file.id),
        lexicon=words.extend(parent.lexicon, file.lexicon),
        rules=_rules(parent, file, source),
        figures={**parent.figures, **file.figures},
        origins={**parent.origins, **_origins(stated, file, source)},
    )


def _origins(stated: Mapping[str, Node], file: ProfileFile, source: Tree) -> dict[str, str]:
    return {name: _origin(source, name, file.id) for name in _REPLACED if name in stated}


def _origin(source: Tree, path: str, profile_id: str) -> str:
    return f"{source.name}:{source.lines.get(path, 1)} ({profile_id})"


def _rules(parent: Profile, file: ProfileFile, source: Tree) -> dict[str, RuleSetting]:
    merged = dict(parent.rules)
    for code, setting in file.rules.items():
        origins = _setting_origins(code, setting, file, source)
        merged[code] = overlay(merged.get(code, RuleSetting()), setting, origins)
    return merged


def _setting_origins(
    code: str, setting: Setting, file: ProfileFile, source: Tree
) -> dict[str, str]:
    named = [name for name in ("enabled", "severity") if getattr(setting, name) is not None]
    named += [f"params.{name}" for name in setting.params]
    return {name: _origin(source, f"rules.{code}.{name}", file.id) for name in named}


def overlay(below: RuleSetting, above: Setting, origins: Mapping[str, str]) -> RuleSetting:
    """One rule's setting with another laid over it, entry by entry."""
    together = {**below.origins, **origins}
    return RuleSetting(
        enabled=below.enabled if above.enabled is None else above.enabled,
        severity=below.severity if above.severity is None else above.severity,
        params={**below.params, **above.params},
        origins=together,
        origin="；".join(dict.fromkeys(together.values())),
    )
