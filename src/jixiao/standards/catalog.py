"""All official data together: does every file load, and does everything named exist?

Each loader refuses what is wrong in its own file. Here the files are held against each other,
and every mistake is reported at once, so that whoever adds a province sees the whole list.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.standards import data_files, layout, lexicon, source, taxonomy
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Profile
from jixiao.standards.source import Source, SourceKind
from jixiao.standards.taxonomy import Taxonomy

#: Entries of a profile that name no figure: which tree, and how its headings read.
_NO_FIGURE = {"taxonomy", "level1"}
_BINDING = {SourceKind.LAW, SourceKind.REGULATION, SourceKind.NOTICE}


def verify() -> None:
    """Raise a StandardsError that lists every mistake of the official data; None is well."""
    found = mistakes()
    if found:
        raise StandardsError("\n".join(found))


def mistakes() -> list[str]:
    """Every mistake: files that do not load first, then what contradicts between files."""
    found: list[str] = []
    for path in data_files.every_file():
        _try(partial(data_files.document, path), found)
    loaders: list[Callable[[], object]] = [source.load, lexicon.load, layout.layouts]
    loaders += [partial(taxonomy.load, name) for name in data_files.names("taxonomies")]
    loaders += [partial(load_profile, name) for name in data_files.names("profiles")]
    for loader in loaders:
        _try(loader, found)
    return found or _contradictions()


def _try(loader: Callable[[], object], found: list[str]) -> None:
    try:
        loader()
    except (StandardsError, UnknownCode) as fault:
        found += [line for line in str(fault).splitlines() if line not in found]


def _contradictions() -> list[str]:
    sources = source.load()
    found: list[str] = []
    for one in sources.values():
        found += source_mistakes(one)
    for name in data_files.names("taxonomies"):
        found += taxonomy_mistakes(taxonomy.load(name), sources)
    for name in data_files.names("profiles"):
        found += profile_mistakes(load_profile(name), sources)
    for described in layout.layouts():
        found += [
            f"layout {described.id}: {fault}" for fault in _unknown(described.sources, sources)
        ]
        if described.taxonomy not in data_files.names("taxonomies"):
            found.append(f"layout {described.id}: no tree is called {described.taxonomy}")
    return found


def source_mistakes(one: Source) -> list[str]:
    """A source must not claim more than was read."""
    found = []
    if one.kind is SourceKind.PRACTICE and one.verified:
        found.append("a practice is nothing that could be verified word for word")
    if one.kind in _BINDING and not one.issuer:
        found.append("who issued it?")
    if not one.verified and any(article.verified for article in one.articles.values()):
        found.append("an article is verified, the document is not")
    if one.in_force_to is not None and (
        one.in_force_from is None or one.in_force_to < one.in_force_from
    ):
        found.append("it ends before it begins")
    return [f"source {one.id}: {fault}" for fault in found]


def taxonomy_mistakes(tree: Taxonomy, sources: Mapping[str, Source]) -> list[str]:
    """A tree rests on known sources, and its ideas stand below its own level-1 headings."""
    found = list(_unknown(tree.sources, sources))
    found += [
        f"{category} stands below no level-1 heading"
        for category in tree.level2
        if category.partition(".")[0] not in tree.level1
    ]
    return [f"taxonomy {tree.id}: {fault}" for fault in found]


def profile_mistakes(profile: Profile, sources: Mapping[str, Source]) -> list[str]:
    """A profile uses an existing tree, and each of its figures has a source that bears it."""
    found = list(_unknown(profile.sources, sources))
    if profile.taxonomy not in data_files.names("taxonomies"):
        found.append(f"no tree is called {profile.taxonomy}")
    stated = set(profile.origins) - _NO_FIGURE
    found += [
        f"{name} has no source in `figures`" for name in sorted(stated - set(profile.figures))
    ]
    for name, figure in profile.figures.items():
        if name not in stated:
            found.append(f"`figures` speaks of {name}, which is not stated")
        found += _unknown(figure.sources, sources)
        if figure.verified and not any(_verified(one, sources) for one in figure.sources):
            found.append(f"{name} claims more than its sources")
    return [f"profile {profile.id}: {fault}" for fault in found]


def _unknown(references: tuple[str, ...], sources: Mapping[str, Source]) -> Iterator[str]:
    for reference in references:
        if reference.partition("#")[0] not in sources:
            yield f"no source is called {reference}"


def _verified(reference: str, sources: Mapping[str, Source]) -> bool:
    source_id, _, article = reference.partition("#")
    return source_id in sources and sources[source_id].cite(article or None).verified
