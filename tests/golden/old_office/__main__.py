"""Make the kept old files again with LibreOffice: `python -m tests.golden.old_office`."""

import tempfile
from pathlib import Path

from tests.golden.old_office.twins import KEPT
from tests.support.old_office import converted

FOLDER = Path(__file__).parent


def main() -> None:
    for target, suffix in (("doc", ".docx"), ("xls", ".xlsx")):
        files = {
            f"{Path(name).stem}{suffix}": make()
            for name, make in KEPT.items()
            if name.endswith(target)
        }
        with tempfile.TemporaryDirectory() as folder:
            for stem, content in converted(files, target, Path(folder)).items():
                (FOLDER / f"{stem}.{target}").write_bytes(content)


if __name__ == "__main__":
    main()
