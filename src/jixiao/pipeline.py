"""The whole journey on one page: bytes → forms → findings.

`read`, `audit`, `convert` and `patch` are what other programs call:

    from jixiao import read, audit, convert, patch

    result = read("附件2.docx")
    report = audit(result.forms)
    table = convert(result.forms, "docx").content
    target = result.forms[0].indicators[0].target
    patched = patch("附件2.docx", {target.at: "≥90%"}, track_changes=True)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path

from msgspec import Struct

from jixiao.audit.engine import audit as run_audit
from jixiao.audit.report import AuditReport
from jixiao.audit.waiver import Waiver
from jixiao.form.forms import Form
from jixiao.foundation.errors import ConfigurationError
from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceFile
from jixiao.intake.gather import gather
from jixiao.intake.problem import Problem
from jixiao.intake.read import read_file
from jixiao.intake.reader import PagesDone
from jixiao.intake.result import IntakeResult, Status
from jixiao.official.convert import Converted
from jixiao.official.convert import convert as write_official
from jixiao.report.filling import Filling, fill
from jixiao.report.patch import Revision
from jixiao.report.recorded import is_record, read_recorded
from jixiao.standards.profile import Profile


class Reading(Struct, frozen=True):
    """The results of any number of documents, and their forms and problems together."""

    results: tuple[IntakeResult, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        return tuple(form for result in self.results for form in result.forms)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for result in self.results for problem in result.problems)


def read_each(
    paths: Iterable[str | PathLike[str]], pages_done: PagesDone | None = None
) -> Iterator[IntakeResult]:
    """One result after the other for files, folders and archives; nothing stops the rest.

    A path given twice is read once: its forms would be taken for copies of themselves.
    `pages_done` is told after each page of a document whose pages take their time.
    """
    for item in gather(dict.fromkeys(str(path) for path in paths)):
        if item.problem is not None:
            yield IntakeResult(
                file=item.name,
                media_type="application/octet-stream",
                status=Status.FAILED,
                problems=(item.problem,),
            )
        else:
            yield _read(item.name, item.content, pages_done)


def _read(name: str, content: bytes, pages_done: PagesDone | None) -> IntakeResult:
    """A document, or records that were read before."""
    if is_record(content):
        return read_recorded(name, content)
    return read_file(SourceFile(name=name, content=content), pages_done)


def read(*paths: str | PathLike[str]) -> Reading:
    """Read documents (files, folders, .zip archives) into records.

    Never raises for what a file contains: troubles stand in `problems`, each with file, place
    and way out.
    """
    return Reading(tuple(read_each(paths)))


def audit(
    forms: Sequence[Form],
    *,
    as_of: date | None = None,
    profile: Profile | str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend: Sequence[str] = (),
    waivers: Sequence[Waiver] = (),
    preview: bool = False,
) -> AuditReport:
    """Audit forms together.

    `as_of` is the day whose rules apply; None takes the last day of the latest budget year among
    the forms, so that the same forms give the same findings on any day. Waivers end on a day, so
    with them it has to be given; a ConfigurationError says so.
    """
    if waivers and as_of is None:
        raise ConfigurationError(("豁免有截止日期，请用 as_of 给出校核的日期",))
    day = as_of or _latest_year_end(forms)
    return run_audit(
        forms,
        as_of=day,
        profile=profile,
        select=select,
        ignore=ignore,
        extend=extend,
        waivers=waivers,
        preview=preview,
    )


def patch(
    path: str | PathLike[str],
    texts: Mapping[SourceRef, str],
    *,
    track_changes: bool = False,
    as_of: date | None = None,
) -> Filling:
    """Write texts into cells of one document: the new bytes, what was done and what was not.

    Places are those that `read` gave; their quotes are what must stand there now. Everything else
    in the file stays byte for byte, and only what a second reading confirms counts as done.
    Tracked changes exist in .docx only; `as_of` is the day written beside them.
    """
    source = SourceFile(name=Path(path).name, content=Path(path).read_bytes())
    return fill(source, texts, Revision(day=as_of) if track_changes else None)


def convert(
    forms: Sequence[Form],
    to: str,
    *,
    layout: str | None = None,
    as_annex: bool = False,
    title: str | None = None,
) -> Converted:
    """Write forms as official tables into one document: docx, xlsx, pdf or html.

    Without `layout` each form keeps its own, or gets the one that fits it best. `as_annex` adds
    cover, contents and the table of totals. The content is None where a form cannot be written
    as it should be; `refusals` then say why. Raises UnknownCode and MissingExtra.
    """
    return write_official(forms, to, layout=layout, as_annex=as_annex, title=title)


def _latest_year_end(forms: Sequence[Form]) -> date:
    years = [form.budget_year for form in forms if form.budget_year is not None]
    return date(max(years), 12, 31) if years else date.max
