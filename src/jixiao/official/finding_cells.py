"""The cell of a drawn table a finding is about, however its path names the field."""

from jixiao.form.forms import Form
from jixiao.foundation.pattern import pattern
from jixiao.official.places import field_path

_LINE = pattern(r"^funding\.lines\[(\d+)\](?:\.([a-z]+))?$")
_OTHER = pattern(r"^header\.others\[(\d+)\]$")


def cells_for(path: str, form: Form) -> tuple[str, ...]:
    """The paths under which that cell may be drawn, the likeliest first; none for a whole form."""
    if not path:
        return ()
    row = path.partition(".")[0]
    part = path.removesuffix(".target")
    wanted = (path, *_also(path, form), f"{part}.value", f"{path}.name", f"{row}.name")
    return tuple(dict.fromkeys((*wanted, f"{path}.total", f"{path}.goal")))


def _also(path: str, form: Form) -> list[str]:
    """Other names of the same field: a line of money by its key, a further field by its label."""
    line, other = _LINE.match(path), _OTHER.match(path)
    if line is not None and form.funding is not None:
        number, column = int(line.group(1)), line.group(2) or "amount"
        if number < len(form.funding.lines):
            return [field_path(f"funding.{form.funding.lines[number].key}.{column}")]
    if other is not None and int(other.group(1)) < len(form.header.others):
        return [f"header.others.{form.header.others[int(other.group(1))].label}"]
    if path.startswith("funding.") and form.funding is not None:
        key, _, column = path.removeprefix("funding.").rpartition(".")
        found = [at for at, one in enumerate(form.funding.lines) if one.key == key]
        return [f"funding.lines[{at}].{column}" for at in found]
    return []
