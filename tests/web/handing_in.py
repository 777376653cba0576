"""Files handed in for tests: a storage of their own, and a person who hands them in."""

import io
import zipfile
from pathlib import Path

import pytest

from jixiao.web.workflow.intake import Upload, receive
from tests.web.conftest import NOW, SAMPLE

TEXT = Path(SAMPLE).read_bytes()


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Uploads of a test lie in a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "uploads")},
        },
    }
    return tmp_path / "uploads"


@pytest.fixture
def handed_in(person, county):
    def hand(*files, by="taole", at="055001", year=2022):
        return receive(
            actor=person(by), agency=county[at], budget_year=year, now=NOW,
            uploads=[Upload(name, [content]) for name, content in files],
        )  # fmt: skip

    return hand


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()
