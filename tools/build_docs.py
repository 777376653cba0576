"""Write the generated pages and schemas; `--check` fails where one is stale, missing or orphaned.

    python -m tools.build_docs [--check]

Nothing on these pages is typed by hand: rule pages come from docstrings and executed cases,
layouts, profiles and the glossary from the official data, the command reference from the parser,
the schemas from the records.
"""

import argparse
import sys
from pathlib import Path

from tools.pages import command_line, glossary, rules, schemas, standards

ROOT = Path(__file__).resolve().parent.parent
#: Folders in which every file is generated; whatever else lies there is an orphan.
WHOLE = ("docs/rules", "docs/layouts", "docs/profiles", "src/jixiao/report/schemas")


def generated() -> dict[str, str]:
    """Every generated file with its text."""
    parts = (rules, standards, command_line, glossary, schemas)
    return {path: text for part in parts for path, text in part.pages()}


def stale(pages: dict[str, str], root: Path = ROOT) -> list[str]:
    """What differs between the files that lie there and those that should."""
    found = [
        path
        for path, text in pages.items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]
    return found + [f"{path} (orphan)" for path in orphans(pages, root)]


def orphans(pages: dict[str, str], root: Path = ROOT) -> list[str]:
    """Files in the generated folders that nothing generates any more."""
    lying = [path for folder in WHOLE for path in (root / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(root).as_posix() for path in lying]
    return sorted(name for name in names if name not in pages)


def write(pages: dict[str, str], root: Path = ROOT) -> None:
    """Bring the files up to date, orphans removed."""
    for path in orphans(pages, root):
        (root / path).unlink()
    for path, text in pages.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write or check."""
    reader = argparse.ArgumentParser(description="Generate pages and schemas.")
    reader.add_argument("--check", action="store_true", help="fail when a page is stale")
    pages = generated()
    if not reader.parse_args(arguments).check:
        write(pages)
        return 0
    found = stale(pages)
    for path in found:
        print(f"stale: {path}", file=sys.stderr)
    if found:
        print("run `make docs` and look at the difference", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
