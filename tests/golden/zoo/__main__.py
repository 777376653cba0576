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
    print("layout".ljust(38), *(form.rjust(8) for form in formats))
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
        print(layout.name.ljust(38), *(text.rjust(8) for text in shown))
        if talkative:
            _show(wrong)
    shares = [f"{100 * right / max(1, every):.1f}" for right, every in totals.values()]
    print("all".ljust(38), *(share.rjust(8) for share in shares))


def _show(wrong: list[tuple[str, Compared]]) -> None:
    by_field: dict[Compared, list[str]] = {}
    for form, field in wrong:
        by_field.setdefault(field, []).append(form)
    for field, formats in list(by_field.items())[:24]:
        print(
            f"    {field.where}: expected {field.expected!r}, found {field.found!r}"
            f" ({' '.join(formats)})"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
