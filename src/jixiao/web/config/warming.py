"""What a process makes once, before requests come in threads: modules, rules, types of documents.

The first clerks of the day do not wait for it, and it is safe: what msgspec knows of a type is
made when the type is first met, and two threads that meet it at once can end the process.
Nothing here asks the database, which may be away while a process starts.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path

import msgspec
from django.conf import settings
from django.template.loader import get_template
from msgspec import Struct

import jixiao
from jixiao.form.codec import decode, encode
from jixiao.official.compose import compose
from jixiao.pipeline import audit, read
from jixiao.standards.layout import layout_of
from jixiao.web.desk.paper import paper

_TEMPLATES = ("desk/sign_in.html", "desk/inbox.html", "desk/filings.html", "desk/filing.html")
_SAMPLE = Path(jixiao.__file__ or "").parent / "sample" / "taole-2022.txt"


def warm() -> None:
    """Import all pages, know all types, and read, draw and audit one form."""
    import_module(settings.ROOT_URLCONF)
    for name in _TEMPLATES:
        get_template(name)
    form = read(_SAMPLE).forms[0]
    audit((form,), as_of=date(2022, 1, 1))
    if form.layout is not None:
        paper(compose(form, layout_of(form.layout)).sheet, editable=True)
    for kind in _kinds(Struct):
        with suppress(TypeError):  # not every value is a document
            msgspec.json.Decoder(kind)
    decode(encode(form))


def _kinds(above: type[Struct]) -> Iterator[type[Struct]]:
    for kind in above.__subclasses__():
        yield kind
        yield from _kinds(kind)
