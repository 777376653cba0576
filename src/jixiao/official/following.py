"""Where a cell of an older version stands in a newer one, and what stands there now.

A reason was given at a row that may since have moved or been taken out; it goes along with the
row it is about, as two versions are matched.
"""

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.foundation.pattern import pattern
from jixiao.official.blocks import Item
from jixiao.official.comparing import blocks_of, fields_of, name_of, paired
from jixiao.official.places import ROW

_PLACE = pattern(r"^([a-z_.]+\[\d+\])(.*)$")


class Followed(Struct, frozen=True):
    """A cell then and now; `path` is "" where its row was taken out."""

    path: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether anything else stands there now."""
        return not self.path or self.before.strip() != self.after.strip()


class Followers(Struct, frozen=True):
    """Two versions of a form, ready to be asked for single cells."""

    before: dict[str, str]
    after: dict[str, str]
    rows: dict[str, str]

    def follow(self, path: str) -> Followed:
        """The cell that stood at this path of the older version."""
        found = _PLACE.match(path)
        row = "" if found is None else found.group(1)
        now = path
        if row in self.rows and found is not None:
            now = f"{self.rows[row]}{found.group(2)}" if self.rows[row] else ""
        return Followed(now, self.before.get(path, ""), self.after.get(now, ""))


def following(older: Form, newer: Form) -> Followers:
    """Both versions with their rows matched."""
    rows: dict[str, str] = {}
    for before, after in zip(blocks_of(older), blocks_of(newer), strict=True):
        rows |= _rows(list(paired(before, after)))
    return Followers(_texts(older), _texts(newer), rows)


def _rows(pairs: list[tuple[Item | None, Item | None]]) -> dict[str, str]:
    """The place of every older row now; one that only moved is found by its name."""
    fresh = {name_of(new): new for old, new in pairs if old is None and new is not None}
    rows: dict[str, str] = {}
    for old, new in pairs:
        if old is not None:
            now = fresh.pop(name_of(old), None) if new is None else new
            rows[old[ROW].path] = "" if now is None else now[ROW].path
    return rows


def _texts(form: Form) -> dict[str, str]:
    """Every text by its path; a row answers for all its fields as well."""
    found = {one.path: one.text for one in fields_of(form).values() if one.path}
    for block in blocks_of(form):
        for item in block:
            found |= {one.path: one.text for one in item.values() if one.path}
            found[item[ROW].path] = " | ".join(one.text for one in item.values())
    return found
