"""Text without a table, cut into one where the labels show how.

Two shapes occur: dumps with one cell on a line, and lines that hold a whole row (copied out of a
PDF, or with everything run together). Level names, headings and field labels are found in the
text; what stands between them are the values. What could be cut in more than one way is marked
doubtful.
"""

from collections.abc import Callable
from itertools import takewhile, zip_longest

from jixiao.intake.document import Block, Line, RowPlace, SourceDocument, Table
from jixiao.intake.recognise.cutting import Piece, cut_line, cut_name_and_value
from jixiao.intake.recognise.fields import speaks_for_itself
from jixiao.intake.recognise.groups import OPTIONAL, pairs, typed_groups
from jixiao.intake.recognise.token import Token
from jixiao.standards.labels import Label, label_of, title_of

_WIDTH_OF_TOP = 2
_FEWEST_HEADINGS = 3
_LONGEST_HEADING = 30
_LONGEST_LEVEL = 24
_VALUES = frozenset({"target", "operator", "weight", "long_term_target"})
_DASHES = ("—", "-", "——", "/", "－")


def cut_lines(document: SourceDocument) -> SourceDocument | None:
    """The document with its lines cut into tables; None where no indicator table shows."""
    lines = [line for block in document.blocks for line in _lines_of(block)]
    one_cell = sum(label_of(line.text).column is not None for line in lines) >= _FEWEST_HEADINGS
    tokens = [token for line in lines for token in _tokens(line, one_cell=one_cell)]
    blocks = _Cutter(tokens, one_cell=one_cell).blocks()
    if not any(isinstance(block, Table) and block.width > _WIDTH_OF_TOP for block in blocks):
        return None
    return SourceDocument(
        file=document.file,
        media_type=document.media_type,
        blocks=tuple(blocks),
        problems=document.problems,
        repairs=document.repairs,
    )


def _lines_of(block: Block) -> list[Line]:
    """A loose line, or the rows of a table nobody could make sense of, as lines again."""
    if isinstance(block, Line):
        return [
            Line(text=part, place=block.place, box=block.box)
            for part in block.text.split("\n")
            if part.strip()
        ]
    lines = []
    for row, texts in enumerate(block.texts):
        filled = [text.replace("\n", "") for text in texts if text.strip()]
        if filled:
            lines.append(Line(text="\t".join(filled), place=block.places[row]))
    return lines


def _tokens(line: Line, *, one_cell: bool) -> list[Token]:
    text = line.text.strip()
    place = line.place
    if one_cell or title_of(text) is not None:
        parts = _label_and_answer(text) if one_cell else (text,)
        return [Token(part, label_of(part), place.line, place.page, whole=True) for part in parts]
    pieces: list[Piece] = cut_line(text)
    return [
        Token(piece.text, piece.label, place.line, place.page, whole=len(pieces) == 1)
        for piece in pieces
    ]


def _label_and_answer(text: str) -> tuple[str, ...]:
    """`项目名称：…` on one line is a label and its answer, and so is each of two side by side."""
    words = text.split()
    pieces = [_split_at_colon(word) for word in words]
    if len(words) > 1 and all(len(piece) > 1 for piece in pieces):
        return tuple(part for piece in pieces for part in piece)
    return _split_at_colon(text)


def _split_at_colon(text: str) -> tuple[str, ...]:
    label, colon, answer = text.replace(":", "：", 1).partition("：")
    if colon and answer.strip() and _asks(label_of(label)) and not label_of(text).is_any:
        return (label.strip(), answer.strip())
    return (text,)


class _Cutter:
    """Goes through the tokens once and lays them out as rows."""

    def __init__(self, tokens: list[Token], *, one_cell: bool) -> None:
        self._tokens = tokens
        self._one_cell = one_cell
        self._blocks: list[Block] = []
        self._rows: list[list[Token | None]] = []
        self._doubtful: set[tuple[int, int]] = set()
        self._roles: list[str] = []
        self._levels: list[Token | None] = [None, None]
        self._pending: list[Token] = []

    def blocks(self) -> list[Block]:
        index = 0
        while index < len(self._tokens):
            index = self._step(index)
        self._flush_table()
        return self._blocks

    def _step(self, index: int) -> int:
        token = self._tokens[index]
        heading = self._heading(index)
        if heading:
            self._flush_table()
            self._roles = [t.label.column or "remark" for t in heading]
            self._rows.append(list(heading))
            self._levels = [None, None]
            return index + len(heading)
        if title_of(token.text) is not None and token.whole:
            self._flush_table()
            self._blocks.append(_line_of(token))
            return index + 1
        if self._roles:
            if _ends_indicators(token):
                self._flush_table()
                return index
            self._body(index)
            return index + 1
        return self._top(index)

    def _heading(self, index: int) -> list[Token]:
        """The run of column headings that begins here, if it is an indicator heading.

        In a dump with one cell on a line a heading nobody has listed may stand among known ones.
        """
        run: list[Token] = []
        unknown: list[Token] = []
        for token in self._tokens[index : index + _LONGEST_HEADING]:
            if token.label.column is not None and token.label.column != "number":
                run += [*unknown, token]
                unknown = []
            elif self._may_be_heading(token, run, unknown):
                unknown.append(token)
            else:
                break
        roles = {token.label.column for token in run}
        enough = len(run) >= _FEWEST_HEADINGS and "name" in roles
        return run if enough and roles & _VALUES else []

    def _may_be_heading(self, token: Token, run: list[Token], unknown: list[Token]) -> bool:
        label = token.label
        is_level = label.level1 is not None or label.level2 is not None
        plain = self._one_cell and not is_level and not label.is_any
        return plain and len(run) >= _FEWEST_HEADINGS and len(unknown) < _FEWEST_HEADINGS

    def _top(self, index: int) -> int:
        """A label and what follows it up to the next label."""
        token = self._tokens[index]
        columns = self._run(index, lambda label: label.money_column is not None)
        if len(columns) >= _FEWEST_HEADINGS:
            return self._money_table(index, columns)
        if not _asks(token.label):
            self._blocks.append(_line_of(token))
            return index + 1
        asking = [token]
        if token.label.goal is not None:
            asking = self._run(index, lambda label: label.goal is not None)
        following = index + len(asking)
        answers: list[Token] = []
        while following < len(self._tokens) and self._answers(asking[-1], following):
            answers.append(self._tokens[following])
            following += 1
            if token.label.goal is None:
                break
        self._lay_answers(asking, answers)
        return following

    def _run(self, index: int, belongs: Callable[[Label], bool]) -> list[Token]:
        """The tokens from here on whose labels belong together."""
        return list(takewhile(lambda token: belongs(token.label), self._tokens[index : index + 14]))

    def _answers(self, asking: Token, index: int) -> bool:
        candidate = self._tokens[index]
        own = candidate.label.column or speaks_for_itself(asking.label, candidate.label)
        return not (own or candidate.label.is_section or _is_title(candidate))

    def _lay_answers(self, asking: list[Token], answers: list[Token]) -> None:
        """Labels in a row are answered in a row; further answers belong to the last label."""
        labels = asking[-len(answers) :] if 0 < len(answers) < len(asking) else asking
        pairs: list[list[Token | None]] = [
            [label, answer] for label, answer in zip_longest(labels, answers[: len(labels)])
        ]
        pairs += [[labels[-1], answer] for answer in answers[len(labels) :]]
        for pair in pairs:
            self._rows = [pair]
            self._flush_table()

    def _money_table(self, index: int, columns: list[Token]) -> int:
        """年初预算数, 全年执行数 … and the lines of money under them."""
        self._rows = [[None, *columns]]
        following = index + len(columns)
        while following < len(self._tokens) and self._tokens[following].label.money is not None:
            label, start = self._tokens[following], following + 1
            stop = start
            while stop < len(self._tokens) and _is_figure(self._tokens[stop].text):
                stop += 1
            values = self._tokens[start : min(stop, start + len(columns))]
            complete = len(values) == len(columns)
            row: list[Token | None] = [label, *(values if complete else ())]
            self._rows.append([*row, *[None] * (len(columns) + 1 - len(row))])
            following = stop
        self._flush_table()
        return following

    def _body(self, index: int) -> None:
        token = self._tokens[index]
        following = self._tokens[index + 1] if index + 1 < len(self._tokens) else None
        label = token.label
        is_level = label.level1 is not None or label.level2 is not None
        if is_level and len(token.text) <= _LONGEST_LEVEL and not self._is_name(token):
            if not self._is_second_half(token):
                self._flush_pending()
                self._take_level(token, following)
            return
        if label.is_section:
            return
        self._pending.append(token)
        if not self._one_cell and (following is None or following.line != token.line):
            self._flush_pending()

    def _take_level(self, token: Token, following: Token | None) -> None:
        """成本 and 满意度 are names of both levels: what follows, and what is above, decides."""
        label, above = token.label, self._levels[0]
        if label.level1 is None or (label.level2 is not None and "level1" not in self._roles):
            self._levels[1] = token
        elif label.level2 is None:
            self._levels = [token, None]
        elif above is not None and above.label.level1 == label.level1:
            self._levels[1] = token
        else:
            opens = following is not None and following.label.level2 is not None
            is_output = above is not None and above.label.level1 == "output"
            below = label.level1 == "cost" and is_output and not opens
            self._levels = [above, token] if below else [token, None]

    def _is_second_half(self, token: Token) -> bool:
        """A wide table prints the level-2 name once more before its second half."""
        second = self._levels[1]
        wide = self._roles.count("name") > 1
        return wide and second is not None and second.text == token.text and bool(self._pending)

    def _is_name(self, token: Token) -> bool:
        """群众满意度 under a satisfaction heading is an indicator, though also a level name."""
        second = self._levels[1]
        printed = "指标" in token.text
        return (
            second is not None
            and not printed
            and second.label.level2 == token.label.level2
            and token.label.level1 != (self._levels[0].label.level1 if self._levels[0] else None)
        )

    def _flush_pending(self) -> None:
        pending, self._pending = self._pending, []
        if not pending:
            return
        roles = [role for role in self._roles if role not in ("level1", "level2", "number", "")]
        if len(roles) == 2 * _WIDTH_OF_TOP and roles[:2] == roles[2:]:
            self._lay_halves(pending)
            return
        if not self._one_cell and len(pending) < len(roles):
            pending = self._cut_further(pending, roles)
        if self._one_cell:
            pending = self._unlisted_level(pending, sum(r not in OPTIONAL for r in roles))
        is_pair = len(roles) <= _WIDTH_OF_TOP
        groups = pairs(pending, len(roles)) if is_pair else typed_groups(pending, roles)
        for group, doubtful in groups:
            self._lay_row(dict(zip(roles, group, strict=False)), doubtful=doubtful)

    def _unlisted_level(self, pending: list[Token], size: int) -> list[Token]:
        """One text too many behind a level-1 name is a level-2 name nobody has listed."""
        wanted = "level2" in self._roles and self._levels[0] is not None
        if wanted and self._levels[1] is None and len(pending) % max(2, size) == 1:
            self._levels[1] = pending[0]
            return pending[1:]
        return pending

    def _lay_halves(self, pending: list[Token]) -> None:
        """A wide table: name and value over several years, then name and value of the year."""
        doubtful = len(pending) % 4 != 0
        for start in range(0, len(pending), 4):
            row: list[Token | None] = []
            values = iter(pending[start : start + 4])
            for role in self._roles:
                level = {"level1": self._levels[0], "level2": self._levels[1]}
                row.append(level[role] if role in level else next(values, None))
            if doubtful:
                self._doubtful.update((len(self._rows), column) for column in range(len(row)))
            self._rows.append(row)

    def _cut_further(self, pending: list[Token], roles: list[str]) -> list[Token]:
        """`规划建筑面积 ≥13459.00(平方米)` as one piece: name and value."""
        if len(roles) != 2 or len(pending) != 1:
            return pending
        token = pending[0]
        name, value = cut_name_and_value(token.text)
        return [
            Token(text, label_of(text), token.line, token.page, whole=False)
            for text in (name, value)
            if text
        ]

    def _lay_row(self, group: dict[str, Token | None], *, doubtful: bool) -> None:
        row: list[Token | None] = []
        for role in self._roles:
            if role == "level1":
                row.append(self._levels[0])
            elif role == "level2":
                row.append(self._levels[1])
            else:
                row.append(group.get(role))
        if doubtful:
            number = len(self._rows)
            self._doubtful.update((number, column) for column in range(len(row)))
        self._rows.append(row)

    def _flush_table(self) -> None:
        self._flush_pending()
        if not self._one_cell:
            self._name_first_levels()
        if self._rows:
            self._blocks.append(_table_of(self._rows, self._doubtful))
        self._rows, self._doubtful, self._roles = [], set(), []

    def _name_first_levels(self) -> None:
        """A merged level-1 name was printed at the middle of its rows: name the rows above it."""
        if "level1" not in self._roles or "level2" not in self._roles:
            return
        first, second = self._roles.index("level1"), self._roles.index("level2")
        names = [token for row in self._rows[1:] if (token := row[first]) is not None]
        printed = {token.label.level1: token for token in names if token.label.level1 is not None}
        for number, row in enumerate(self._rows[1:], start=1):
            level2 = row[second]
            if level2 is None or level2.label.level2 is None:
                self._doubtful.update((number, column) for column in range(len(row)))
                continue
            branch = level2.label.level2.partition(".")[0]
            row[first] = printed.get(branch, row[first])


def _asks(label: Label) -> bool:
    return bool(label.header or label.goal or label.money or label.is_other)


def _is_figure(text: str) -> bool:
    """An amount, a rate, or a dash where no figure is due."""
    return text.strip() in _DASHES or text.strip()[:1].isdigit()


def _ends_indicators(token: Token) -> bool:
    label = token.label
    if label.level1 or label.level2:
        return False
    return (label.header is not None and (token.whole or label.header == "project_name")) or (
        label.goal is not None and token.whole
    )


def _is_title(token: Token) -> bool:
    return token.whole and title_of(token.text) is not None


def _line_of(token: Token) -> Line:
    return Line(text=token.text, place=RowPlace(page=token.page, line=token.line))


def _table_of(rows: list[list[Token | None]], doubtful: set[tuple[int, int]]) -> Table:
    width = max(len(row) for row in rows)
    texts, places, lines = [], [], {}
    for number, row in enumerate(rows):
        cells = [*row, *[None] * (width - len(row))]
        texts.append(["" if token is None else token.text for token in cells])
        first = next((token for token in reversed(cells) if token is not None), None)
        places.append(RowPlace() if first is None else RowPlace(page=first.page, line=first.line))
        for column, token in enumerate(cells):
            if token is not None and token.line is not None:
                lines[number, column] = token.line
    return Table(
        texts=texts, places=places, lines=lines, doubtful=set(doubtful), merges_known=False
    )
