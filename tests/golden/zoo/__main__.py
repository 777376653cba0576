"""Fields read correctly, by layout and format: `python -m tests.golden.zoo [-v] [LAYOUT …]`."""

import sys

from tests.support.zoo import layouts
from tests.support.zoo_compare import Compared, compared, read_forms
from tests.support.zoo_formats import FORMATS, rendered


def main(arguments: list[str]) -> None:
    talkative = "-v" in arguments
    chosen = [a for a in arguments if not a.startswith("-") and a not in FORMATS]
    formats = [a for a in arguments if a in FORMATS] or list(FORMATS)
    totals = {form: [0, 0] for form in formats}
    _say("layout", formats)
    for layout in layouts():
        if chosen and not any(word in layout.name for word in chosen):
            continue
        shown, wrong = [], []
        for form in formats:
            if form in layout.without:
                shown.append("-")
                continue
            fields = compared(layout.forms, read_forms(*rendered(layout, form)))
            right = sum(field.agrees for field in fields)
            totals[form][0] += right
            totals[form][1] += len(fields)
            shown.append("ok" if right == len(fields) else f"{100 * right / len(fields):.1f}")
            wrong.extend((form, field) for field in fields if not field.agrees)
        _say(layout.name, shown)
        if talkative:
            _show(wrong)
    shares = [f"{100 * right / max(1, every):.1f}" for right, every in totals.values()]
    _say("all", shares)


def _say(name: str, cells: list[str]) -> None:
    sys.stdout.write(f"{name:38}{''.join(cell.rjust(9) for cell in cells)}\n")


def _show(wrong: list[tuple[str, Compared]]) -> None:
    by_field: dict[Compared, list[str]] = {}
    for form, field in wrong:
        by_field.setdefault(field, []).append(form)
    for field, formats in list(by_field.items())[:24]:
        found = f"expected {field.expected!r}, found {field.found!r}"
        sys.stdout.write(f"    {field.where}: {found} ({' '.join(formats)})\n")


if __name__ == "__main__":
    main(sys.argv[1:])
